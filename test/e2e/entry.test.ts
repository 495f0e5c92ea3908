/** The one entry script, in a folder where everything it would install is there already. */
import { spawnSync } from "node:child_process";
import { chmod, copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { PROJECT } from "../support/command.ts";
import { temporaryFolder } from "../support/command-world.ts";

/** Where they are newer than what was built of them, `./lz` builds the pages. */
const PAGES_SOURCES = [
  "src/web",
  "src/core",
  "src/app",
  "catalogue",
  "vite",
  "clients/javascript/src",
];

const HELP = `
const [, , name] = process.argv;
console.log(name === undefined ? "the overview" : \`no command '\${name}'\`);
process.exitCode = name === undefined ? 0 : 64;
`;

let folder = "";

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, "scripts"));
  await mkdir(join(folder, "node_modules"));
  await copyFile(join(PROJECT, "lz"), join(folder, "lz"));
  await chmod(join(folder, "lz"), 0o755);
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "package-lock.json"), "{}");
  await writeFile(join(folder, "node_modules", ".lz-package-lock.json"), "{}");
  await mkdir(join(folder, "contracts"));
  await mkdir(join(folder, "artifacts"));
  await writeFile(join(folder, "hardhat.config.ts"), "");
  await writeFile(join(folder, "artifacts", ".lz-compiled"), "");
  for (const sources of PAGES_SOURCES) await mkdir(join(folder, sources), { recursive: true });
  await writeFile(join(folder, "vite.config.ts"), "");
  await mkdir(join(folder, "dist", "pages"), { recursive: true });
  await writeFile(join(folder, "dist", "pages", "index.html"), "");
  await writeFile(join(folder, "scripts", "help.ts"), HELP);
  await writeFile(join(folder, "scripts", "version.ts"), 'console.log("the version");');
  await writeFile(
    join(folder, "scripts", "echo.ts"),
    "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 2;",
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function lz(...args: string[]): { exitCode: number | null; stdout: string; stderr: string } {
  const env = { PATH: `${dirname(process.execPath)}:${String(process.env["PATH"])}` };
  const { status, stdout, stderr } = spawnSync(join(folder, "lz"), args, { env, encoding: "utf8" });
  return { exitCode: status, stdout, stderr };
}

describe("./lz", () => {
  it("hands over a command with its arguments and passes its exit code on", () => {
    const { exitCode, stdout } = lz("echo", "--name", "a b", "");
    expect(JSON.parse(stdout)).toEqual(["--name", "a b", ""]);
    expect(exitCode).toBe(2);
  });

  it("shows the overview when asked", () => {
    for (const how of ["help", "--help", "-h"]) {
      expect(lz(how)).toEqual({ exitCode: 0, stdout: "the overview\n", stderr: "" });
    }
  });

  it("shows the overview as an error of usage without any command", () => {
    expect(lz()).toEqual({ exitCode: 64, stdout: "", stderr: "the overview\n" });
  });

  it("says which version it is in any of the usual ways", () => {
    for (const how of ["version", "--version", "-V"]) {
      expect(lz(how)).toEqual({ exitCode: 0, stdout: "the version\n", stderr: "" });
    }
  });

  it("leaves it to the overview to say that there is no such command", () => {
    for (const name of ["isue", "../echo", "Echo", "--verbose"]) {
      const said = { exitCode: 64, stdout: `no command '${name}'\n`, stderr: "" };
      expect(lz(name, "--type", "x")).toEqual(said);
    }
  });

  it("makes nobody wait for contracts and pages who only asks for help, or which version it is", async () => {
    const built = join(folder, "dist", "pages", "index.html");
    await rm(built);
    for (const how of ["help", "version", "isue"]) expect(lz(how).stderr).toBe("");
    expect(lz("echo").stderr).toContain("building the pages");
    await writeFile(built, "");
  });
});
