/** Connections that say nothing, or very slowly. */
import { connect } from "node:net";
import type { Socket } from "node:net";

const AT_A_TIME = 200;

/** @returns so many that are open and silent */
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
