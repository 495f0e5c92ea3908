/** A call that is refused now and may be made again later. */
import { Problem } from "../../core/problem.ts";

type RefusalCode = "TOO_MANY_REQUESTS" | "QUOTA_EXCEEDED" | "LOCKED_OUT";

export class Refusal extends Problem {
  /** Whole seconds until it may be tried again. */
  readonly retryAfterSeconds: number;

  constructor(code: RefusalCode, retryAfterSeconds: number, detail: string) {
    super(code, detail);
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}
