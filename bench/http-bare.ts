/**
 * The limit of an HTTP service on Koa: a handler that reads the same body, parses it, and answers the same text. With
 * --judging it reads and judges the certificate as well, by the ledger that LZ_HOME names, and does nothing else of
 * what the service does: the limit of whatever judges on this ground.
 *
 *     node bench/http-bare.ts ANSWER-FILE PROCESSES [--judging]
 */
import cluster from "node:cluster";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import Koa from "koa";
import type { VerificationBody } from "../src/http/verification-body.ts";

const { values, positionals } = parseArgs({
  options: { judging: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [answerFile = "", processes = "1"] = positionals;
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
  const use = values.judging ? await judging() : () => undefined;
  const app = new Koa();
  app.use(async (context) => {
    const chunks: Buffer[] = [];
    for await (const chunk of context.req) chunks.push(chunk as Buffer);
    use(JSON.parse(Buffer.concat(chunks).toString("utf8")) as VerificationBody);
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

/**
 * Loads the project only here: what is bare is to stay so.
 * @returns what judges a body. @throws Error for whatever is not accepted: other answers cost something else
 */
async function judging(): Promise<(body: VerificationBody) => void> {
  const { loadSettings } = await import("../src/config.ts");
  const { verify } = await import("../src/core/verify/verify.ts");
  const { openChain, readLedger } = await import("../src/main/chain/chain.ts");
  const { primitives, systemClock } = await import("../src/main/system.ts");
  const view = await readLedger(await openChain(loadSettings()));
  return ({ certificate, region }) => {
    const question = { ...(region !== undefined && { region }), maxLedgerAge: Infinity };
    const request = { ...question, now: systemClock.now() };
    const { verdict } = verify({ certificate }, view, request, primitives);
    if (verdict !== "accepted") throw new Error(verdict);
  };
}

function announce(port: number): void {
  process.stdout.write(`${JSON.stringify({ server: `http://127.0.0.1:${String(port)}` })}\n`);
}
