/** 4. Was the agency active and entitled to the type when it anchored, and is the anchor not distrusted since? */
import { isDistrusted } from "../../ledger/anchors.ts";
import type { Case, LedgerView } from "../case.ts";
import { isOutsideCoverage, isPending, knownUntil } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";
import { unlessStale } from "../staleness.ts";

export function checkIssuer(it: Case): CheckOutcome {
  return it.view === null ? prerequisite : unlessStale(it, judgeIssuer(it, it.view));
}

function judgeIssuer(it: Case, { state }: LedgerView): CheckOutcome {
  const { anchor, agency } = it;
  if (anchor === null && (isPending(it) || isOutsideCoverage(it))) return prerequisite;
  if (agency === null) return fail("AGENCY_UNKNOWN", it.shown.proof.agency);
  if (anchor === null) return prerequisite;
  if (anchor.assurance === null) {
    return fail("AGENCY_NOT_AUTHORISED", `${agency.code}, ${anchor.type}`);
  }
  const isStolen = isDistrusted(state, anchor, knownUntil(it));
  return isStolen ? fail("ANCHOR_DISTRUSTED", anchor.operator) : pass;
}
