/** What goes between a pool and its threads, and the threads' side of it. */
import { parentPort } from "node:worker_threads";

export interface WorkerTask<Task> {
  readonly number: number;
  readonly task: Task;
}

export type WorkerAnswer<Answer> =
  | { readonly number: number; readonly answer: Answer }
  | { readonly number: number; readonly error: Error };

/** An answer, and the buffers of it that are handed over instead of copied. */
export interface Done<Answer> {
  readonly answer: Answer;
  readonly transfer: readonly ArrayBuffer[];
}

/** Does every task that this thread is given. */
export function serveTasks<Answer>(work: (task: unknown) => Done<Answer>): void {
  parentPort?.on("message", ({ number, task }: WorkerTask<unknown>) => {
    try {
      const { answer, transfer } = work(task);
      parentPort?.postMessage({ number, answer } satisfies WorkerAnswer<Answer>, transfer);
    } catch (error) {
      parentPort?.postMessage({ number, error: error as Error } satisfies WorkerAnswer<Answer>);
    }
  });
}
