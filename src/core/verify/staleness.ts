/** An outage is 'can't tell': what an old view of the chain says is told, but decides nothing. */
import type { Case } from "./case.ts";
import type { CheckOutcome } from "./check.ts";
import { unknown } from "./check.ts";

export function isStale(it: Case): boolean {
  return isOlderThan(it, it.request.maxLedgerAge);
}

/** Whether a node last confirmed the view more than so many seconds ago, or never. */
export function isOlderThan({ view, request }: Case, seconds: number): boolean {
  return view === null || request.now - view.asOf > seconds;
}

export function describeAge({ view, request }: Case): string {
  if (view === null) return "this verifier has not reached the chain yet";
  return `last confirmed ${String(request.now - view.asOf)} s ago at block ${String(view.block.number)}`;
}

/** The outcome where the view is fresh; where it is not, 'can't tell' with what was last known. */
export function unlessStale(it: Case, outcome: CheckOutcome): CheckOutcome {
  if (!isStale(it) || outcome.result === "skipped") return outcome;
  const lastKnown = "code" in outcome ? outcome.code : "pass";
  return unknown("CHAIN_STALE", `${describeAge(it)}; last known: ${lastKnown}`);
}
