import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";

const MODULE = join(import.meta.dirname, "../../../src/cli/terminal/until-interrupted.ts");

/** What a process says and ends with that is interrupted while it waits. */
async function interrupted(script: string): Promise<{ code: unknown; said: string }> {
  const program = `import { sayIfInterrupted } from ${JSON.stringify(MODULE)};${script}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
  const [said, exited] = [text(child.stderr), once(child, "exit")];
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const [code] = await exited;
  return { code, said: await said };
}

const WAIT = 'console.log("ready"); setTimeout(() => undefined, 20_000);';

describe("a command that is interrupted", () => {
  it("says how to go on, and ends as shells expect of it", async () => {
    const ended = await interrupted(`sayIfInterrupted("It goes on."); ${WAIT}`);
    expect(ended.code).toBe(130);
    expect(ended.said).toContain("It goes on.");
  });

  it("says nothing more once there is nothing to go on with", async () => {
    const ended = await interrupted(`sayIfInterrupted("It goes on.")(); ${WAIT}`);
    expect(ended.code).toBeNull();
    expect(ended.said).not.toContain("It goes on.");
  });
});
