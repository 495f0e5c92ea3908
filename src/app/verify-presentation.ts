/** Verifies what a counter is given, on the state of the chain as followed so far. */
import type { CounterRequest, Given, LedgerView, Shown } from "../core/verify/case.ts";
import type { CheckOutcome } from "../core/verify/check.ts";
import { readGiven, replayKeyOf } from "../core/verify/checks/format.ts";
import { MAX_PRESENTATION_SECONDS } from "../core/verify/checks/freshness.ts";
import { judge } from "../core/verify/verify.ts";
import type { Verdict } from "../core/verify/verdict.ts";
import type { Primitives } from "../core/hashing.ts";
import type { Clock } from "../ports/clock.ts";
import type { ReplayCache } from "../ports/replay-cache.ts";

/** What the counter may say; the time, the limit of age and the replay are the verifier's to know. */
export type Question = Omit<CounterRequest, "now" | "maxLedgerAge" | "isReplayed" | "shownAt">;

export interface JudgingTools {
  readonly primitives: Primitives;
  readonly clock: Clock;
  /** The greatest age of the view of the chain, in seconds. */
  readonly maxLedgerAge: number;
}

export interface VerifierOptions extends JudgingTools {
  readonly replays: ReplayCache;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly view: LedgerView | null;
  readonly request: CounterRequest;
}

/** What is shown, decoded, or the failed check that says why it can't be read. */
export type Reading = Shown | CheckOutcome;

/**
 * A signed presentation is accepted once: the second time it is REPLAYED. One that was refused may be
 * shown again, since nothing was given for it.
 */
export async function verifyPresentation(
  options: VerifierOptions,
  view: LedgerView | null,
  given: Given,
  question: Question,
): Promise<Judged> {
  const reading = readGiven(given);
  return useUp(options, reading, judgeNow(options, view, reading, question), null);
}

/** The verdict, with nothing used up. @param shownAt when it was shown, where that was not now */
export function judgeNow(
  { primitives, clock, maxLedgerAge }: JudgingTools,
  view: LedgerView | null,
  reading: Reading,
  question: Question & Pick<CounterRequest, "shownAt">,
): Judged {
  const request: CounterRequest = { ...question, now: clock.now(), maxLedgerAge };
  return { verdict: judge(reading, view, request, primitives), view, request };
}

/**
 * @param by what names the call, as for ReplayCache
 * @returns the same, or the verdict REPLAYED where it was accepted before, by another call
 */
export async function useUp(
  { primitives, replays }: Pick<VerifierOptions, "primitives" | "replays">,
  reading: Reading,
  judged: Judged,
  by: string | null,
): Promise<Judged> {
  const { verdict, view, request } = judged;
  const key = verdict.verdict === "accepted" ? replayKeyOf(primitives, reading) : null;
  const until = request.now + MAX_PRESENTATION_SECONDS;
  if (key === null || (await replays.isFirstUse(key, until, by))) return judged;
  const replayed = { ...request, isReplayed: true };
  return { verdict: judge(reading, view, replayed, primitives), view, request: replayed };
}
