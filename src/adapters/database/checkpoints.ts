/**
 * Takes SQLite's write-ahead log over into the database (a checkpoint) from time to time, on a thread of its own: that
 * waits for the disk, and SQLite would do it on the event loop. What is written meanwhile stays in the log, so that
 * SQLite still has to finish now and then (wal_autocheckpoint); there is little left to do then.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

export type CheckpointOrder = "take over" | "end";

const WORKER = new URL(`./checkpoint-worker${extname(import.meta.filename)}`, import.meta.url);
/** Transactions in between: some 10 MB of the log, and a second or two of a busy service. */
const BETWEEN = 500;

export class Checkpoints {
  readonly #file: string;
  #transactions = 0;
  /** None before there is something to do. */
  #thread: Worker | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** To be told of each transaction that was committed. */
  count(): void {
    if (++this.#transactions % BETWEEN !== 0) return;
    this.#thread ??= this.#start();
    this.#thread.postMessage("take over" satisfies CheckpointOrder);
  }

  /** Before the database is closed. */
  async end(): Promise<void> {
    const thread = this.#thread;
    if (thread === null) return;
    this.#thread = null;
    const ended = new Promise((resolve) => thread.once("exit", resolve));
    thread.ref();
    thread.postMessage("end" satisfies CheckpointOrder);
    await ended;
  }

  #start(): Worker {
    const thread = new Worker(WORKER, { workerData: { file: this.#file } });
    thread.unref();
    // A disk that fails is told by the next transaction.
    thread.on("error", () => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }
}
