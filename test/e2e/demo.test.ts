/** The demonstration: it tells the whole story, leaves what it names, and cleans up after itself. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { beginCommand, startCommand, until } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { askCommand, temporaryFolder } from "../support/command-world.ts";

interface Handles {
  readonly rpc: string;
  readonly directory: string;
  readonly server: string;
  readonly agency: string;
  readonly type: string;
  readonly job: string;
  readonly root: string;
  readonly certificate: string;
  readonly qr: string;
  readonly home: string;
}

let folder: string;
let story: Running;
let handles: Handles;

beforeAll(async () => {
  folder = await temporaryFolder();
  const args = ["demo", "--dir", join(folder, "story"), "--keep", "--json"];
  story = await startCommand(join(folder, "home"), args);
  handles = story.json as Handles;
});

afterAll(async () => {
  await story.stop();
  await rm(folder, { recursive: true, force: true });
});

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe("the demonstration, kept running", () => {
  it("names in one line of JSON all that it made, and it is there", () => {
    expect(handles.directory).toMatch(/^0x[0-9a-f]{40}$/);
    expect(handles.agency).toMatch(/^[0-9A-Z]{18}$/);
    expect(handles.type).toMatch(/^[0-9A-Z]{21}$/);
    expect(handles.job).toMatch(/^J-\d{8}-/);
    expect(handles.root).toMatch(/^0x[0-9a-f]{64}$/);
    for (const path of [handles.certificate, handles.qr, handles.home]) {
      expect(path.startsWith(folder)).toBe(true);
      expect(existsSync(path)).toBe(true);
    }
  });

  it("leaves the chain and the verifier to explore, and a change of status shows at both", async () => {
    const { rpc, directory, server, certificate, qr, home, job } = handles;
    const ask = (args: readonly string[], exitCode = 0): Promise<any> =>
      askCommand(home, args, exitCode);
    expect((await ask(["verify", certificate, "--region", "460000"])).verdict).toBe("accepted");
    expect((await ask(["verify", qr, "--server", server])).verdict).toBe("accepted");
    const change = ["status", "set", "--certificate", certificate, "--to"];
    const { block } = await ask([...change, "suspended"]);
    await until("the verifier knows", async () => {
      const ready = (await (await fetch(`${server}/readyz`)).json()) as { block?: number };
      return (ready.block ?? 0) >= Number(block);
    });
    expect((await ask(["verify", certificate], 1)).usable).toBe(false);
    expect((await ask(["verify", qr, "--server", server], 1)).usable).toBe(false);
    const where = ["--rpc", rpc, "--directory", directory];
    expect((await ask(["audit", ...where])).ok).toBe(true);
    expect(await ask(["jobs", "show", job])).toMatchObject({ state: "done" });
  });

  it("ends at Ctrl-C within seconds with exit code 0 and leaves nothing running", async () => {
    const { rpc, server } = handles;
    expect([await isUp(rpc), await isUp(server)]).toEqual([true, true]);
    const before = Date.now();
    const { exitCode, stdout } = await story.stop("SIGINT");
    expect(exitCode).toBe(0);
    expect(Date.now() - before).toBeLessThan(12_000);
    expect([await isUp(rpc), await isUp(server)]).toEqual([false, false]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("the demonstration", () => {
  it("leaves nothing running when it is ended in the middle of the story", async () => {
    const dir = join(folder, "broken-off");
    const running = beginCommand(join(folder, "home"), ["demo", "--dir", dir]);
    const configuration = join(dir, "home", "config.json");
    await until("the contracts are deployed", () => Promise.resolve(existsSync(configuration)));
    const { rpc } = JSON.parse(await readFile(configuration, "utf8")) as { rpc: string };
    expect(await isUp(rpc)).toBe(true);
    const { exitCode } = await running.stop("SIGTERM");
    expect(exitCode).toBe(130);
    expect(await isUp(rpc)).toBe(false);
  });

  it("refuses a folder that holds something else, and leaves it as it is", async () => {
    const dir = join(folder, "full");
    await mkdir(dir);
    await writeFile(join(dir, "mine.txt"), "mine");
    const { problem } = await askCommand(join(folder, "home"), ["demo", "--dir", dir], 65);
    expect(problem.code).toBe("FOLDER_NOT_EMPTY");
    expect(problem.detail).toBe(dir);
    expect(await readFile(join(dir, "mine.txt"), "utf8")).toBe("mine");
  });
});
