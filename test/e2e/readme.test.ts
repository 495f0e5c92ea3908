/** Every command of the README, pasted in its order, as a newcomer would. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { freePorts } from "../support/free-ports.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "liangzheng-readme-"));
const services: ChildProcess[] = [];

afterAll(() => {
  for (const service of services) service.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The indented commands; a line that ends in a backslash goes on. The two that tell of themselves are left out. */
function commandsOf(markdown: string): string[] {
  const lines = markdown.split("\n").filter((line) => line.startsWith("    "));
  const text = lines.map((line) => line.slice(4)).join("\n");
  const commands = text.replaceAll("\\\n", " ").split("\n");
  return commands.filter(
    (line) => /^(?:\.\/lz|curl) /.test(line) && !/^\.\/lz (?:demo|test)\b/.test(line),
  );
}

function shell(command: string): ChildProcess {
  const { LZ_HOME: _home, LZ_RPC: _rpc, LZ_DIRECTORY: _directory, ...env } = process.env;
  return spawn("sh", ["-c", `exec 2>&1; ${command}`], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

async function run(command: string): Promise<{ code: number | null; output: string }> {
  const child = shell(command);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

/** A service is there once it has said its address. */
async function start(command: string): Promise<void> {
  const child = shell(`exec ${command}`);
  services.push(child);
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("http://")) resolve();
    });
    child.once("close", () => reject(new Error(`${command} ended: ${output}`)));
  });
}

describe("the README", () => {
  it("shows commands that work when pasted, one after another", async () => {
    const [chain = 0, verifier = 0] = await freePorts(2);
    const ports = { 8545: chain, 8080: verifier };
    const commands = commandsOf(readFileSync(join(ROOT, "README.md"), "utf8"));
    expect(commands.length).toBeGreaterThan(20);
    for (const shown of commands) {
      const command = shown
        .replaceAll("./lz", join(ROOT, "lz"))
        .replaceAll("8545", String(ports[8545]))
        .replaceAll("8080", String(ports[8080]));
      if (/^\.\/lz (?:chain|serve)\b/.test(shown)) await start(command);
      else expect({ shown, ...(await run(command)) }).toMatchObject({ shown, code: 0 });
    }
  });
});
