/** Connections that say nothing, or very slowly. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";

const AT_A_TIME = 200;

/** Callers in a process of their own, since each process may have only so many files open. */
export interface IdleCallers {
  leave(): Promise<void>;
}

const PROGRAM = `
  const { openIdle } = await import(${JSON.stringify(import.meta.filename)});
  await openIdle(Number(process.argv[1]), Number(process.argv[2]));
  process.stdin.on("end", () => process.exit(0)).resume();
  console.log("open");
`;

/** Resolves once so many connections are open and silent. */
export async function callIdly(port: number, count: number): Promise<IdleCallers> {
  const args = ["--input-type=module", "--eval", PROGRAM, String(port), String(count)];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [said] = await Promise.race([once(child.stdout, "data"), ended]);
  if (!(said instanceof Buffer)) throw new Error(`the idle callers ended with ${String(said)}`);
  return {
    leave: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * @public called by the program above, in a process of its own
 * @returns so many that are open and silent
 */
export async function openIdle(port: number, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Math.min(AT_A_TIME, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: some }, () => open(port)))));
  }
  return sockets;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      resolve(socket);
    });
    socket.once("error", reject);
    // A server may end it at any time.
    socket.on("error", () => undefined);
  });
}

/**
 * Sends the head of a request, then a byte every so often (slow-loris).
 * @returns after how many milliseconds the server ended it, and what it said
 */
export async function sendSlowly(
  port: number,
  head: string,
  pauseMs: number,
): Promise<{ readonly milliseconds: number; readonly said: string }> {
  const socket = await open(port);
  const begun = performance.now();
  let said = "";
  socket.on("data", (bytes) => (said += bytes.toString()));
  socket.write(head);
  const dripping = setInterval(() => socket.write("a"), pauseMs);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(dripping);
  return { milliseconds: performance.now() - begun, said };
}
