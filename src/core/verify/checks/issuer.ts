/** 4. Was the agency active and entitled to the type when it anchored, and is the anchor not distrusted since? */
import { isDistrusted } from "../../ledger/anchors.ts";
import type { Case, LedgerView } from "../case.ts";
import { isPending } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";
import { unlessStale } from "../staleness.ts";

export function checkIssuer(it: Case): CheckOutcome {
  return it.view === null ? prerequisite : unlessStale(it, judgeIssuer(it, it.view));
}

function judgeIssuer(it: Case, { state }: LedgerView): CheckOutcome {
  const { anchor } = it;
  const { agency } = it.shown.proof;
  if (anchor === null && isPending(it)) return prerequisite;
  if (!state.agencies.has(agency)) return fail("AGENCY_UNKNOWN", agency);
  if (anchor === null) return prerequisite;
  if (anchor.assurance === null) return fail("AGENCY_NOT_AUTHORISED", `${agency}, ${anchor.type}`);
  return isDistrusted(state, anchor) ? fail("ANCHOR_DISTRUSTED", anchor.operator) : pass;
}
