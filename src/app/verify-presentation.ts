/** Verifies what a counter is given, on the state of the chain as followed so far. */
import type { CounterRequest, Given, LedgerView } from "../core/verify/case.ts";
import { replayKeyOf } from "../core/verify/checks/format.ts";
import { MAX_PRESENTATION_SECONDS } from "../core/verify/checks/freshness.ts";
import { verify } from "../core/verify/verify.ts";
import type { Verdict } from "../core/verify/verdict.ts";
import type { Clock, Primitives, ReplayCache } from "../ports.ts";

/** What the counter may say; the time, the limit of age and the replay are the verifier's to know. */
export type Question = Omit<CounterRequest, "now" | "maxLedgerAge" | "isReplayed">;

export interface VerifierOptions {
  readonly primitives: Primitives;
  readonly clock: Clock;
  readonly replays: ReplayCache;
  /** The greatest age of the view of the chain, in seconds. */
  readonly maxLedgerAge: number;
}

export interface Judged {
  readonly verdict: Verdict;
  readonly view: LedgerView | null;
  readonly request: CounterRequest;
}

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
  const { primitives, clock, replays, maxLedgerAge } = options;
  const request: CounterRequest = { ...question, now: clock.now(), maxLedgerAge };
  const verdict = verify(given, view, request, primitives);
  const key = verdict.verdict === "accepted" ? replayKeyOf(primitives, given) : null;
  const until = request.now + MAX_PRESENTATION_SECONDS;
  if (key === null || (await replays.isFirstUse(key, until))) return { verdict, view, request };
  const replayed = { ...request, isReplayed: true };
  return { verdict: verify(given, view, replayed, primitives), view, request: replayed };
}
