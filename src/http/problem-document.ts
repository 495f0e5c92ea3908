/** The problem documents of RFC 9457, made from the registry of codes. */
import type { Language } from "../core/identifiers/region.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import { PROBLEMS } from "../core/problem-codes.ts";
import { Problem } from "../core/problem.ts";
import type { Words } from "../core/words.ts";

export const PROBLEM_MEDIA_TYPE = "application/problem+json; charset=utf-8";

/** What readiness adds to its problem. */
interface Readiness {
  /** The age of the view of the chain; null where the chain was never reached. */
  readonly ageSeconds: number | null;
  readonly lastProblem: ProblemCode | null;
}

interface ProblemDocument extends Partial<Readiness> {
  /** Relative to this service: `/errors#CODE`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** The request's id, to quote when asking for help. */
  readonly instance: string;
  readonly code: ProblemCode;
  readonly words: Words;
  readonly remedy: Words;
}

/** NOT_READY with the view's age and what the follower met last. */
export class NotReady extends Problem {
  readonly readiness: Readiness;

  constructor(readiness: Readiness) {
    super("NOT_READY", describeReadiness(readiness));
    this.readiness = readiness;
  }
}

export function problemDocument(
  problem: Problem,
  requestId: string,
  language: Language,
): ProblemDocument {
  const { code, detail } = problem;
  const { words, remedy, status } = PROBLEMS[code];
  return {
    type: `/errors#${code}`,
    title: words[language],
    status,
    ...(isTold(problem) && { detail }),
    instance: requestId,
    code,
    words,
    remedy,
    ...(problem instanceof NotReady && problem.readiness),
  };
}

/** What went wrong on this side is for its operator: a detail may name files and addresses. */
export function isTold({ code }: Problem): boolean {
  return code === "NOT_READY" || PROBLEMS[code].status < 500;
}

function describeReadiness({ ageSeconds, lastProblem }: Readiness): string {
  const age =
    ageSeconds === null
      ? "the chain has not been reached yet"
      : `last confirmed ${String(ageSeconds)} s ago`;
  return lastProblem === null ? age : `${age}; last problem ${lastProblem}`;
}
