/** A server that is measured, and the load that is put on it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Program } from "./measured-process.ts";

/** What bench/http-load.ts is told. */
export interface Load {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A body on each line; they take turns. */
  readonly bodiesFile: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second; null for as many as are answered. */
  readonly rate: number | null;
}

/** Latencies in milliseconds, from when a request was due. */
export interface LoadResult {
  readonly answered: number;
  /** Those of them that were no 200. */
  readonly failed: number;
  readonly firstFailure: string | null;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** What came of it, with what it took of the server. */
export interface LoadedRun extends LoadResult {
  /** Of all its processes and threads. */
  readonly cpuSeconds: number;
}

/** What a server keeps of the machine. */
export interface Holdings {
  readonly residentBytes: number;
  /** Open files and sockets. */
  readonly descriptors: number;
}

const LOAD = join(import.meta.dirname, "http-load.ts");
const NO_WARNINGS = "--disable-warning=ExperimentalWarning";
/** A load that isn't over by then hangs. */
const GRACE_MS = 60_000;
const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 10_000;
/** How Linux counts a process's time: ticks a second. */
const TICKS = 100;

export class HttpTarget {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** @param program prints one line of JSON with its address as `server` once it answers */
  static async start({ args, env, nodeOptions = [] }: Program): Promise<HttpTarget> {
    // What it logs is written, as it would be, and read by nobody.
    const child = spawn(process.execPath, [NO_WARNINGS, ...nodeOptions, ...args], {
      ...{ stdio: ["ignore", "pipe", "ignore"], env: { ...env } },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), START_LIMIT_MS);
    try {
      const lines = createInterface({ input: child.stdout });
      for await (const line of lines) {
        const { server } = JSON.parse(line) as { readonly server: string };
        return new HttpTarget(child, server);
      }
    } finally {
      clearTimeout(timer);
      child.stdout.resume();
    }
    throw new Error(`${args.join(" ")} did not start`);
  }

  /** @throws Error where anything was answered with another status than 200, or nothing at all */
  async bear(load: Omit<Load, "url">): Promise<LoadedRun> {
    const before = this.cpuSeconds();
    const order = JSON.stringify({ ...load, url: this.url } satisfies Load);
    const caller = spawn(process.execPath, [NO_WARNINGS, LOAD, order], {
      ...{ stdio: ["ignore", "pipe", "inherit"], timeout: load.seconds * 1000 + GRACE_MS },
    });
    const result = JSON.parse((await text(caller.stdout)) || "null") as LoadResult | null;
    if (result === null) throw new Error("the load broke off");
    if (result.failed > 0) {
      throw new Error(`${String(result.failed)} refused: ${String(result.firstFailure)}`);
    }
    return { ...result, cpuSeconds: this.cpuSeconds() - before };
  }

  async answerTo(path: string, headers: Load["headers"], body: string): Promise<string> {
    const response = await fetch(`${this.url}${path}`, { method: "POST", headers, body });
    const answer = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${answer}`);
    return answer;
  }

  /** Of all its processes, since they began. */
  cpuSeconds(): number {
    return treeOf(this.#child.pid ?? 0).reduce((sum, pid) => sum + ticksOf(pid) / TICKS, 0);
  }

  /** Of all its processes, now. */
  holds(): Holdings {
    const pids = treeOf(this.#child.pid ?? 0);
    return {
      residentBytes: pids.reduce((sum, pid) => sum + residentOf(pid), 0),
      descriptors: pids.reduce(
        (sum, pid) => sum + readdirSync(`/proc/${String(pid)}/fd`).length,
        0,
      ),
    };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "close");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), END_LIMIT_MS);
    this.#child.kill("SIGTERM");
    await ended;
    clearTimeout(timer);
  }
}

function treeOf(pid: number): number[] {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8");
  return [pid, ...children.trim().split(" ").filter(Boolean).map(Number).flatMap(treeOf)];
}

/** User and system time; the name before them is in brackets and may hold anything. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
