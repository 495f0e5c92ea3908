/** An outage is 'can't tell': what an old view of the chain says is told, but decides nothing. */
import { ownFreeze } from "../ledger/authorities.ts";
import { formatInstant } from "../encoding/instant.ts";
import type { Freeze } from "../ledger/state.ts";
import type { Case } from "./case.ts";
import { knownUntil } from "./case.ts";
import type { CheckOutcome } from "./check.ts";
import { unknown } from "./check.ts";

/** A ledger that was frozen learns nothing more: it is old from then on, however lately it was confirmed. */
export function isStale(it: Case): boolean {
  return isOlderThan(it, it.request.maxLedgerAge) || freezeOf(it) !== null;
}

function freezeOf(it: Case): Freeze | null {
  return it.view && ownFreeze(it.view.state, knownUntil(it));
}

/** Whether a node last confirmed the view more than so many seconds ago, or never. */
export function isOlderThan({ view, request }: Case, seconds: number): boolean {
  return view === null || request.now - view.asOf > seconds;
}

export function describeAge(it: Case): string {
  const { view, request } = it;
  if (view === null) return "this verifier has not reached the chain yet";
  const freeze = freezeOf(it);
  if (freeze !== null) {
    const since = formatInstant(freeze.recordedAt);
    return `this ledger was frozen on ${since}; directory ${freeze.successor} goes on`;
  }
  return `last confirmed ${String(request.now - view.asOf)} s ago at block ${String(view.block.number)}`;
}

/** The outcome where the view is fresh; where it is not, 'can't tell' with what was last known. */
export function unlessStale(it: Case, outcome: CheckOutcome): CheckOutcome {
  if (!isStale(it) || outcome.result === "skipped") return outcome;
  const lastKnown = "code" in outcome ? outcome.code : "pass";
  return unknown("CHAIN_STALE", `${describeAge(it)}; last known: ${lastKnown}`);
}
