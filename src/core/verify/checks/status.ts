/** 5. Is it active? */
import { formatInstant } from "../../encoding/instant.ts";
import { statusAt } from "../../ledger/statuses.ts";
import type { Anchor } from "../../ledger/state.ts";
import type { Case, LedgerView } from "../case.ts";
import { judgedAt, knownUntil } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";
import type { StatusCode } from "../codes.ts";
import { unlessStale } from "../staleness.ts";

const CODES: Readonly<Record<number, StatusCode>> = {
  1: "SUSPENDED",
  2: "SUPERSEDED",
  3: "CANCELLED",
  4: "WITHDRAWN",
  5: "REVOKED",
  6: "TRANSFERRED",
};

export function checkStatus(it: Case): CheckOutcome {
  const { view, anchor } = it;
  if (view === null || anchor === null || it.provenHolder === null) return prerequisite;
  return unlessStale(it, judgeStatus(it, view, anchor));
}

function judgeStatus(it: Case, { state }: LedgerView, anchor: Anchor): CheckOutcome {
  const batch = { agency: anchor.agency, root: anchor.root, index: it.shown.proof.index };
  const found = statusAt(state, batch, judgedAt(it), knownUntil(it));
  if (found === null) return pass;
  const { status, effectiveFrom, reason } = found.change;
  const since = formatInstant(effectiveFrom);
  const detail = `the ${found.scope}, from ${since}, reason ${String(reason)}`;
  return fail(CODES[status] ?? "OTHER_STATUS", detail);
}
