/** Processes that issue (issuing-process.ts), started before they are needed, since their start is what costs. */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Moment } from "./points.ts";
import type { Scenario } from "./scenarios.ts";

/** One `lz issue`. */
export interface IssuingOrder {
  /** LZ_HOME. */
  readonly home: string;
  readonly agency: string;
  readonly type: string;
  readonly input: string;
  readonly suite: 1 | 2;
  readonly batchSize: number;
  readonly isPadded: boolean;
  readonly supersede: boolean;
  /** How many batches one transaction takes at most; null as many as the chain lets it. */
  readonly batchesAtOnce: number | null;
  /** Who makes blocks, where not every transaction does. */
  readonly mining: Scenario["mining"];
  /** Where the node itself is asked for them, whatever is between it and the process. */
  readonly node: string;
  /** Where LZ_STORE says that the agency's store is; null for the file in LZ_HOME. */
  readonly store: string | null;
  /** How long the node may take, in milliseconds, and nothing move on, in seconds. */
  readonly timeoutMs: number;
  readonly patience: number;
  readonly happening: Happening | null;
}

/** What befalls the process, or the table it reads, at a moment. */
export interface Happening {
  readonly moment: Moment;
  readonly what:
    "kill" | "stop" | "truncate the table" | "append to the table" | "remove the table";
}

export function killAt(moment: Moment): Happening {
  return { moment, what: "kill" };
}

/** What became of it. */
export type Ending =
  | { readonly kind: "killed" }
  | {
      readonly kind: "done";
      readonly job: string;
      readonly points: Readonly<Record<string, number>>;
    }
  | { readonly kind: "problem"; readonly code: string; readonly detail: string }
  /** What is no Problem and no kill: a fault of the product. */
  | { readonly kind: "broken"; readonly words: string };

const PROGRAM = join(import.meta.dirname, "issuing-process.ts");
const COMPILE_CACHE = join(tmpdir(), "lz-test-compile-cache");
const TIME_LIMIT_MS = 150_000;
const LOOK_MS = 10;

export class IssuingPool {
  readonly #idle: IssuingProcess[] = [];

  /** @param whenStopped done while it is stopped, where that befalls it */
  async issue(
    order: IssuingOrder,
    whenStopped: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Ending> {
    const process = this.#idle.shift() ?? new IssuingProcess();
    const isKilled = order.happening?.what === "kill";
    if (isKilled && this.#idle.length === 0) this.#idle.push(new IssuingProcess());
    const ending = await process.issue(order, whenStopped);
    if (process.isAlive) this.#idle.push(process);
    return ending;
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((process) => process.end()));
  }
}

class IssuingProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #closed: Promise<unknown[]>;
  #said = "";

  constructor() {
    const args = ["--disable-warning=ExperimentalWarning", PROGRAM];
    const env = { PATH: process.env["PATH"], NODE_COMPILE_CACHE: COMPILE_CACHE };
    this.#child = spawn(process.execPath, args, { env, stdio: "pipe" });
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#said += String(chunk)));
    this.#child.stdin.on("error", () => undefined);
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    this.#closed = once(this.#child, "close");
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async issue(order: IssuingOrder, whenStopped: () => Promise<void>): Promise<Ending> {
    const timer = setTimeout(() => this.#child.kill("SIGABRT"), TIME_LIMIT_MS);
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    if (order.happening?.what === "stop") {
      await this.#stopped();
      await whenStopped();
      this.#child.kill("SIGCONT");
    }
    const answer = await this.#answers.next();
    clearTimeout(timer);
    if (answer.done !== true) return JSON.parse(answer.value) as Ending;
    const [, signal] = await this.#closed;
    if (signal === "SIGKILL") return { kind: "killed" };
    return { kind: "broken", words: `ended by ${String(signal)}: ${this.#said}` };
  }

  /** @see proc_pid_stat(5): the state comes after the name */
  async #stopped(): Promise<void> {
    while (this.isAlive) {
      const stat = await readFile(`/proc/${String(this.#child.pid)}/stat`, "utf8");
      if (stat.slice(stat.lastIndexOf(")")).startsWith(") T")) return;
      await pause(LOOK_MS);
    }
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#closed;
  }
}
