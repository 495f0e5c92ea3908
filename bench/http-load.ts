/**
 * Asks a server as often as it answers, or at a constant rate, and prints how often and how soon it did. In a
 * process of its own, over plain sockets, so that it takes as little as it can of the machine that it measures.
 *
 *     node bench/http-load.ts ORDER-IN-JSON
 */
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Load, LoadResult } from "./http-target.ts";

const HEADERS_END = Buffer.from("\r\n\r\n");
const LENGTH = "content-length: ";
const MILLISECOND_NS = 1e6;

const load = JSON.parse(process.argv[2] ?? "{}") as Load;
const bodies = readFileSync(load.bodiesFile, "utf8").trimEnd().split("\n");
const requests = bodies.map((body) => requestOf(load, body));
const latencies: number[] = [];
let asked = 0;
let failed = 0;
let firstFailure: string | null = null;

function requestOf({ path, headers }: Load, body: string): Buffer {
  const lines = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(body)) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`POST ${path} HTTP/1.1\r\nhost: localhost\r\n${head}\r\n${body}`);
}

/** One connection with one request under way at a time. */
class Caller {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #length = 0;
  #due = 0;
  #done: ((milliseconds: number) => void) | null = null;

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => {
      this.#take(chunk);
    });
    socket.on("error", fail).on("close", () => {
      if (this.#done !== null) fail(new Error("the server closed the connection"));
    });
  }

  /** @param due when it should have been sent: whoever waits for a free connection waits too */
  ask(due: number, done: (milliseconds: number) => void): void {
    this.#due = due;
    this.#done = done;
    this.#socket.write(requests[asked++ % requests.length] as Buffer);
  }

  end(): void {
    this.#done = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#length += chunk.length;
    const whole = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    const head = whole.indexOf(HEADERS_END);
    if (head < 0 || this.#length < head + HEADERS_END.length + lengthOf(whole, head)) return;
    if (whole.toString("latin1", 9, 12) !== "200") refuse(whole.toString("utf8"));
    this.#received = [];
    this.#length = 0;
    const done = this.#done;
    this.#done = null;
    done?.(performance.now() - this.#due);
  }
}

function lengthOf(whole: Buffer, head: number): number {
  const text = whole.toString("latin1", 0, head).toLowerCase();
  const at = text.indexOf(LENGTH);
  if (at < 0) throw new Error(`no length of the answer: ${text}`);
  return Number.parseInt(text.slice(at + LENGTH.length), 10);
}

function refuse(answer: string): void {
  failed++;
  firstFailure ??= answer.slice(0, 2000);
}

function fail(error: Error): never {
  throw error;
}

async function open(): Promise<Caller[]> {
  const { hostname, port } = new URL(load.url);
  const sockets = Array.from({ length: load.connections }, () => connect(Number(port), hostname));
  await Promise.all(
    sockets.map((socket) => new Promise<void>((resolve) => socket.once("connect", resolve))),
  );
  return sockets.map((socket) => new Caller(socket));
}

/** Each asks again as soon as it was answered. */
function closedLoop(callers: readonly Caller[], end: number): Promise<void> {
  return new Promise((resolve) => {
    let busy = callers.length;
    for (const caller of callers) {
      const next = (milliseconds: number): void => {
        latencies.push(milliseconds);
        if (performance.now() < end) caller.ask(performance.now(), next);
        else if (--busy === 0) resolve();
      };
      caller.ask(performance.now(), next);
    }
  });
}

/** So many a second, whether or not those before were answered. */
function openLoop(callers: readonly Caller[], rate: number, seconds: number): Promise<void> {
  const free = [...callers];
  const waiting: number[] = [];
  const start = performance.now();
  const count = Math.floor(rate * seconds);
  let due = 0;
  return new Promise((resolve) => {
    const ask = (caller: Caller, at: number): void => {
      caller.ask(at, (milliseconds) => {
        latencies.push(milliseconds);
        const next = waiting.shift();
        if (next !== undefined) ask(caller, next);
        else free.push(caller);
        if (latencies.length === count) resolve();
      });
    };
    const timer = setInterval(() => {
      for (; due < count; due++) {
        const at = start + (due * 1000) / rate;
        if (at > performance.now()) return;
        const caller = free.pop();
        if (caller === undefined) waiting.push(at);
        else ask(caller, at);
      }
      clearInterval(timer);
    }, 1);
  });
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const callers = await open();
const start = process.hrtime.bigint();
if (load.rate === null) await closedLoop(callers, performance.now() + load.seconds * 1000);
else await openLoop(callers, load.rate, load.seconds);
const seconds = Number(process.hrtime.bigint() - start) / MILLISECOND_NS / 1000;
for (const caller of callers) caller.end();
const sorted = latencies.toSorted((a, b) => a - b);
const [p50, p99, most] = [quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1)];
const result: LoadResult = {
  answered: sorted.length,
  failed,
  firstFailure,
  seconds,
  p50,
  p99,
  most,
};
process.stdout.write(JSON.stringify(result));
