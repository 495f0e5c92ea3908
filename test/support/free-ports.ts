/**
 * Ports that stay free until they are listened on. They lie below those from which systems draw one for whoever
 * names none (Linux from 32,768, others from 49,152), and each process of the tests has some of its own.
 */
import { once } from "node:events";
import { createServer } from "node:net";

const LOWEST = 20_000;
const OF_EACH_PROCESS = 8;
const PROCESSES = 1_500;

let next = 0;

export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = LOWEST + OF_EACH_PROCESS * (process.pid % PROCESSES) + (next++ % OF_EACH_PROCESS);
    if (!ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  try {
    await listening;
  } catch {
    return false;
  }
  await new Promise((closed) => server.close(closed));
  return true;
}
