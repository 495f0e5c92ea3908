/** 3. Is the root on the chain, final? */
import type { LedgerIdentity } from "../../ledger/state.ts";
import type { Case } from "../case.ts";
import { isOutsideCoverage, isPending } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, unknown } from "../check.ts";
import { describeAge, isStale } from "../staleness.ts";

export function checkAnchor(it: Case): CheckOutcome {
  const { view, anchor, shown } = it;
  if (view === null) return unknown("CHAIN_STALE", describeAge(it));
  const batch = shown.file?.batch;
  if (batch !== undefined && !isOfLedger(view.state.identity, batch)) {
    return fail("WRONG_CHAIN", `it names chain ${String(batch.chainId)}, contract ${batch.anchor}`);
  }
  if (isStale(it)) return unknown("CHAIN_STALE", describeAge(it));
  if (anchor !== null) return pass;
  if (isPending(it)) return unknown("ANCHOR_NOT_FINAL");
  return isOutsideCoverage(it) ? unknown("OUTSIDE_PACK") : fail("ROOT_NOT_ANCHORED");
}

/** Whether a file names this deployment, or one that it goes on from. */
function isOfLedger(
  { chainId, anchor, predecessors }: LedgerIdentity,
  batch: { readonly chainId: number; readonly anchor: string },
): boolean {
  if (batch.chainId !== chainId) return false;
  return batch.anchor === anchor || predecessors.some((one) => one.anchor === batch.anchor);
}
