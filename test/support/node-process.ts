/** A local node in a process of its own, since Hardhat knows a refusal only outside the tests' sandbox. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { COMPILE_CACHE } from "./command.ts";

export interface NodeProcess {
  readonly url: string;
  /** Leaves the process there, but deaf, as a machine that hangs; and wakes it again. */
  suspend(): void;
  resume(): void;
  close(): Promise<void>;
}

const LOCAL_NODE = join(import.meta.dirname, "..", "..", "src/adapters/chain/local-node.ts");
/**
 * It ends with its input, so that it never outlives the tests. What it has compiled it keeps for the next at once, since
 * it is killed in the end.
 */
const PROGRAM = `
  const { flushCompileCache } = await import("node:module");
  const { startLocalNode } = await import(${JSON.stringify(LOCAL_NODE)});
  const node = await startLocalNode(Number(process.argv[1]));
  process.stdin.on("end", () => process.exit(0)).resume();
  console.log(node.url);
  flushCompileCache();
`;

/** @param port 0 for any that is free */
export async function startNodeProcess(port = 0): Promise<NodeProcess> {
  const args = ["--input-type=module", "--eval", PROGRAM, String(port)];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return {
    url,
    suspend: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
