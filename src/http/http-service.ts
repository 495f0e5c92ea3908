/** What the HTTP application is handed by whoever wires it: use cases, a clock and a place for the log. */
import type { Judged, Question } from "../app/verify-presentation.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import type { Problem } from "../core/problem.ts";
import type { Given, LedgerView } from "../core/verify/case.ts";

/** 256 KiB: a certificate file of 256 claims fits. */
export const DEFAULT_BODY_BYTES = 262_144;

export interface HttpService {
  /** Judges on memory alone. A Problem becomes a problem document, anything else thrown INTERNAL. */
  verify(given: Given, question: Question): Promise<Judged>;
  /** The ledger as followed so far; null until the chain was reached once. */
  view(): LedgerView | null;
  /** Whether the view is there and younger than the limit: what a load balancer asks. */
  isReady(): boolean;
  status(): ServiceStatus;
  /** Seconds since 1970, the same clock that verdicts are given by. */
  now(): number;
  /** Called once per request, after it was answered. It must not throw. */
  log?(entry: AccessEntry): void;
  /** Called for what the caller is not told. It must not throw. */
  report?(fault: Fault): void;
  readonly limits?: HttpLimits;
  /** The version of the program, as /openapi.json and /healthz say it. */
  readonly version: string;
}

interface HttpLimits {
  /** The longest body of a request; DEFAULT_BODY_BYTES where nothing is said. */
  readonly bodyBytes?: number;
}

interface ServiceStatus {
  /** What the follower met last, and has not overcome since. */
  readonly lastProblem: ProblemCode | null;
}

/** One line of the access log: never a body, a claim, a query or an address of a person. */
export interface AccessEntry {
  readonly requestId: string;
  readonly method: string;
  /** As /openapi.json names it, such as `/v1/agencies/{code}`; null where no route fits. */
  readonly route: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** The code of the problem document, where one was answered. */
  readonly problem?: ProblemCode;
}

/** A failure on this side. `problem.cause` may hold anything, so it is for a protected log alone. */
export interface Fault {
  /** Null where the failure was not in answering a request. */
  readonly requestId: string | null;
  readonly problem: Problem;
}
