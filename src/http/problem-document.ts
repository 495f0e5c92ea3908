/** The problem documents of RFC 9457, made from the registry of codes. */
import type { ProblemCode } from "../core/problem-codes.ts";
import { PROBLEMS } from "../core/problem-codes.ts";
import { Problem } from "../core/problem.ts";
import type { Words } from "../core/words.ts";
import type { AnswerLanguage } from "./language.ts";
import { localised, wordsIn } from "./language.ts";

export const PROBLEM_MEDIA_TYPE = "application/problem+json; charset=utf-8";

/** What readiness adds to its problem. */
interface Readiness {
  /** The age of the view of the chain; null where the chain was never reached. */
  readonly ageSeconds: number | null;
  readonly lastProblem: ProblemCode | null;
  /** What else is missing, in a few words each. */
  readonly unready: readonly string[];
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
  language: AnswerLanguage,
): ProblemDocument {
  const { code, detail } = problem;
  const { words, remedy, status } = PROBLEMS[code];
  return {
    type: `/errors#${code}`,
    title: wordsIn(language, words),
    status,
    ...(isTold(problem) && { detail }),
    instance: requestId,
    code,
    ...localised(language, { words, remedy }),
    ...(problem instanceof NotReady && problem.readiness),
  };
}

/** What went wrong on this side is for its operator: a detail may name files and addresses. */
export function isTold({ code }: Problem): boolean {
  return code === "NOT_READY" || PROBLEMS[code].status < 500;
}

function describeReadiness({ unready, lastProblem, ageSeconds }: Readiness): string {
  const missing = unready.length === 0 ? [describeAge(ageSeconds)] : unready;
  const last = lastProblem === null ? [] : [`last problem ${lastProblem}`];
  return [...missing, ...last].join("; ");
}

function describeAge(ageSeconds: number | null): string {
  if (ageSeconds === null) return "the chain has not been reached yet";
  return `last confirmed ${String(ageSeconds)} s ago`;
}
