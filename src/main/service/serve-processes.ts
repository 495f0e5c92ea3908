/** Several processes on one port, each with a ledger of its own; one leads them and serves nobody itself. */
import cluster from "node:cluster";
import type { Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import { aggregatedFigures } from "../../adapters/metrics/aggregated.ts";
import { JsonLog } from "../../adapters/telemetry/json-log.ts";
import { END, RELOAD, untilAskedToEnd } from "./asked-to-end.ts";
import { openMetricsListener } from "./metrics-listener.ts";
import type { ServeOrder, Serving } from "./serve-process.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import { pause } from "../system.ts";

const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
/** One that lived as long had no fault from the start. */
const SETTLED_MS = 60_000;

const ASKING_MS = 250;
/** How much longer than its settings say a process may take to end. */
const LATE_MS = 5_000;

/**
 * Of the young generation's halves. What is under way of some batches of a hundred is several megabytes, which V8
 * with its usual 16 has to copy again and again.
 */
const YOUNG_HALF_MEGABYTES = 64;

/** What a process tells its leader once it answers. */
interface Announcement {
  readonly serving: Serving;
}

/**
 * Resolves when it was asked to end, and all have.
 * @param onServing called once all answer
 * @returns the exit code: that of a process that could not even start
 */
export async function leadProcesses(
  order: ServeOrder,
  onServing: (serving: Serving) => void,
): Promise<number> {
  const { settings } = order.read();
  const young = `--max-semi-space-size=${String(YOUNG_HALF_MEGABYTES)}`;
  cluster.setupPrimary({ execArgv: [young, ...process.execArgv] });
  const leader = new ProcessLeader(settings);
  const asked = untilAskedToEnd();
  const text = (): Promise<string> => aggregatedFigures(leader.connected());
  const figures = await openMetricsListener(settings.metrics, text);
  const started = await leader.start(settings.listen.processes);
  if (typeof started === "number") return started;
  process.on("SIGHUP", () => {
    leader.reload();
  });
  onServing(started);
  await asked;
  await leader.end();
  await figures?.close();
  return 0;
}

class ProcessLeader {
  readonly #log: JsonLog;
  readonly #endingMs: number;
  readonly #workers = new Map<number, Worker>();
  #isEnding = false;

  constructor({ logs, listen }: ServiceSettings) {
    this.#log = new JsonLog(logs);
    this.#endingMs = (listen.drainSeconds + listen.closeSeconds) * 1_000 + LATE_MS;
  }

  /**
   * The first alone: what keeps it from starting is then said once.
   * @returns what they serve, or the exit code of one that could not start
   */
  async start(count: number): Promise<Serving | number> {
    const first = await this.#begin(1);
    if (typeof first === "number") return first;
    const numbers = Array.from({ length: count - 1 }, (_, at) => at + 2);
    const others = await Promise.all(numbers.map((number) => this.#begin(number)));
    const failed = others.find((result) => typeof result === "number");
    if (failed === undefined) return first;
    await this.end();
    return failed;
  }

  /** Those that can be spoken to. */
  connected(): Worker[] {
    return [...this.#workers.values()].filter((worker) => worker.isConnected());
  }

  reload(): void {
    for (const worker of this.connected()) worker.send(RELOAD);
  }

  /**
   * Asks all to end, and waits until they have; but not for ever. One that just starts doesn't hear yet: so it
   * is said again and again.
   */
  async end(): Promise<void> {
    this.#isEnding = true;
    const living = [...this.#workers.values()];
    const gone = living.map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
    const asking = setInterval(() => {
      this.#askToEnd();
    }, ASKING_MS);
    this.#askToEnd();
    await Promise.race([Promise.all(gone), sleep(this.#endingMs, undefined, { ref: false })]);
    clearInterval(asking);
    for (const worker of this.#workers.values()) worker.process.kill("SIGKILL");
    this.#log.flush();
  }

  #askToEnd(): void {
    for (const worker of this.connected()) worker.send(END);
  }

  /** Its first start; from then on it is started again whenever it ends. */
  async #begin(number: number): Promise<Serving | number> {
    const { worker, ended } = this.#fork(number);
    const result = await Promise.race([announced(worker), ended]);
    if (typeof result !== "number") void this.#keepAlive(number, ended);
    return result;
  }

  async #keepAlive(number: number, first: Promise<number>): Promise<void> {
    let ended = first;
    let delay = SHORTEST_PAUSE_MS;
    for (;;) {
      const began = performance.now();
      const code = await ended;
      if (this.#isEnding) return;
      this.#log.write("error", "process-ended", { process: number, code });
      const isSettled = performance.now() - began > SETTLED_MS;
      delay = isSettled ? SHORTEST_PAUSE_MS : Math.min(delay * 2, LONGEST_PAUSE_MS);
      await pause(delay);
      ended = this.#forkAgain(number);
    }
  }

  #forkAgain(number: number): Promise<number> {
    return this.#isEnding ? Promise.resolve(0) : this.#fork(number).ended;
  }

  #fork(number: number): { readonly worker: Worker; readonly ended: Promise<number> } {
    const worker = cluster.fork({ LZ_PROCESS: String(number) });
    this.#workers.set(number, worker);
    const ended = new Promise<number>((resolve) => {
      worker.once("exit", (code: number | null) => {
        this.#workers.delete(number);
        resolve(code ?? 1);
      });
    });
    return { worker, ended };
  }
}

function announced(worker: Worker): Promise<Serving> {
  return new Promise((resolve) => {
    worker.on("message", (message: unknown) => {
      if (isAnnouncement(message)) resolve(message.serving);
    });
  });
}

function isAnnouncement(message: unknown): message is Announcement {
  return typeof message === "object" && message !== null && "serving" in message;
}

/** For a process that is led. */
export function tellLeader(serving: Serving): void {
  process.send?.({ serving } satisfies Announcement);
}
