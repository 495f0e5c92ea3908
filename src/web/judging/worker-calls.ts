/** Calls from a page to a worker and their answers: one message each way, told apart by a number. */
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem, toProblem } from "../../core/problem.ts";

// Each call has arguments and an answer of its own, which its name tells.
type Handler = (...values: never[]) => unknown;
export type Handlers<H> = { readonly [Name in keyof H]: Handler };

interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly values: readonly unknown[];
}

type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: ProblemCode; readonly detail: string };

/** In the worker: the calls it answers. */
export function answerCalls<H extends Handlers<H>>(handlers: H): void {
  addEventListener("message", ({ data }: MessageEvent<CallMessage>) => {
    void answer(handlers, data).then((reply) => {
      postMessage(reply);
    });
  });
}

async function answer<H extends Handlers<H>>(
  handlers: H,
  { id, name, values }: CallMessage,
): Promise<Reply> {
  try {
    const handler = handlers[name as keyof H] as unknown as (...all: unknown[]) => unknown;
    return { id, value: await handler(...values) };
  } catch (error) {
    const { code, detail, cause } = toProblem(error);
    return { id, code, detail: cause instanceof Error ? `${detail}: ${cause.message}` : detail };
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (problem: Problem) => void;
}

/** In the page: calls to one worker. */
export class WorkerCalls<H extends Handlers<H>> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      this.#take(data);
    });
    worker.addEventListener("error", ({ message }) => {
      this.#fail(new Problem("INTERNAL", message));
    });
  }

  /** @param transferred what is handed over, not copied. @throws Problem the worker's */
  call<Name extends keyof H & string>(
    name: Name,
    values: Parameters<H[Name]>,
    transferred: Transferable[] = [],
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    const id = ++this.#last;
    const reply = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#worker.postMessage({ id, name, values } satisfies CallMessage, transferred);
    return reply as Promise<Awaited<ReturnType<H[Name]>>>;
  }

  /** Nobody waits any more for what was asked. */
  close(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("value" in reply) waiting?.resolve(reply.value);
    else waiting?.reject(new Problem(reply.code, reply.detail));
  }

  #fail(problem: Problem): void {
    for (const { reject } of this.#waiting.values()) reject(problem);
    this.#waiting.clear();
  }
}
