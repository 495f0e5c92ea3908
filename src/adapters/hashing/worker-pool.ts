/**
 * Worker threads that do one task after another. An error in a task reaches whoever gave it; a thread that
 * dies ends all that is under way, and nobody waits for ever.
 */
import { Worker } from "node:worker_threads";
import { Problem } from "../../core/problem.ts";
import type { WorkerAnswer, WorkerTask } from "./worker-task.ts";

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Thread<Answer> {
  readonly worker: Worker;
  /** By the number of the task. */
  readonly waiting: Map<number, Waiting<Answer>>;
}

export class WorkerPool<Task, Answer> {
  readonly #threads: readonly Thread<Answer>[];
  #tasks = 0;
  #failure: Problem | null = null;

  /** @param script calls `serveTasks`; `data` is given to each thread as its workerData */
  constructor(script: URL, size: number, data: unknown) {
    this.#threads = Array.from({ length: size }, () => this.#start(script, data));
  }

  /**
   * Gives the task to the thread that has least to do.
   * @param transfer buffers that are handed over instead of copied
   * @throws what the task ended in; Problem INTERNAL once a thread has died or the pool is closed
   */
  async run(task: Task, transfer: readonly ArrayBuffer[]): Promise<Answer> {
    if (this.#failure !== null) throw this.#failure;
    const thread = this.#idlest();
    const number = this.#tasks++;
    return new Promise((resolve, reject) => {
      const message: WorkerTask<Task> = { number, task };
      thread.worker.postMessage(message, transfer);
      thread.waiting.set(number, { resolve, reject });
    });
  }

  /** Ends the threads; what is still under way ends in an error. */
  async close(): Promise<void> {
    this.#fail(new Problem("INTERNAL", "worker threads were closed"));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #idlest(): Thread<Answer> {
    return this.#threads.reduce((best, thread) => {
      return thread.waiting.size < best.waiting.size ? thread : best;
    });
  }

  #start(script: URL, data: unknown): Thread<Answer> {
    const worker = new Worker(script, { workerData: data });
    const thread: Thread<Answer> = { worker, waiting: new Map() };
    worker.on("message", (answer: WorkerAnswer<Answer>) => {
      settle(thread, answer);
    });
    const died = (cause: unknown): void => {
      this.#fail(new Problem("INTERNAL", "a worker thread died", cause));
    };
    worker.on("error", died);
    worker.on("messageerror", died);
    worker.on("exit", (code) => {
      died(`exit code ${String(code)}`);
    });
    return thread;
  }

  /** The first failure is the one that is told. */
  #fail(failure: Problem): void {
    this.#failure ??= failure;
    for (const { waiting } of this.#threads) {
      for (const { reject } of waiting.values()) reject(this.#failure);
      waiting.clear();
    }
  }
}

function settle<Answer>({ waiting }: Thread<Answer>, answer: WorkerAnswer<Answer>): void {
  const waiter = waiting.get(answer.number);
  waiting.delete(answer.number);
  if ("error" in answer) waiter?.reject(answer.error);
  else waiter?.resolve(answer.answer);
}
