/** What a use case ends in when it can't do its work: a code from the registry, where, and why. */
import type { ProblemCode, ProblemWords } from "./problem-codes.ts";
import { PROBLEMS } from "./problem-codes.ts";

export class Problem extends Error {
  readonly code: ProblemCode;
  /** The place or value at fault, such as a file, row, column or address. Never a secret. */
  readonly detail: string;

  constructor(code: ProblemCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.name = "Problem";
    this.code = code;
    this.detail = detail;
  }

  get words(): ProblemWords {
    return PROBLEMS[this.code];
  }
}

/** A problem as it is; anything else becomes INTERNAL, with its message for the log alone. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new Problem("INTERNAL", name, error);
}
