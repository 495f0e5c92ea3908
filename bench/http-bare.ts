/**
 * The limit of an HTTP service on Koa: a handler that reads the same body, parses it, and answers the same text.
 *
 *     node bench/http-bare.ts ANSWER-FILE PROCESSES
 */
import cluster from "node:cluster";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";

const [answerFile = "", processes = "1"] = process.argv.slice(2);
const answer = readFileSync(answerFile, "utf8");

if (Number(processes) > 1 && cluster.isPrimary) await lead(Number(processes));
else await serve();

async function lead(count: number): Promise<void> {
  const workers = Array.from({ length: count }, () => cluster.fork());
  const listening = workers.map((worker) => once(worker, "listening"));
  const [[address] = []] = (await Promise.all(listening)) as [{ readonly port: number }][];
  announce(address?.port ?? 0);
}

async function serve(): Promise<void> {
  const app = new Koa();
  app.use(async (context) => {
    const chunks: Buffer[] = [];
    for await (const chunk of context.req) chunks.push(chunk as Buffer);
    JSON.parse(Buffer.concat(chunks).toString("utf8"));
    context.set("Content-Type", "application/json; charset=utf-8");
    context.body = answer;
  });
  const handle = app.callback();
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  if (cluster.isPrimary) announce((server.address() as AddressInfo).port);
}

function announce(port: number): void {
  process.stdout.write(`${JSON.stringify({ server: `http://127.0.0.1:${String(port)}` })}\n`);
}
