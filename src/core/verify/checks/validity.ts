/** 6. Is now within the dates? Both are in the leaf, so nobody can move them. */
import { formatInstant } from "../../encoding/instant.ts";
import type { Case } from "../case.ts";
import { judgedAt } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";

export function checkValidity(it: Case): CheckOutcome {
  if (it.provenHolder === null) return prerequisite;
  const { notBefore, notAfter } = it.shown.proof;
  const at = judgedAt(it);
  if (at < notBefore) return fail("NOT_YET_VALID", `from ${formatInstant(notBefore)}`);
  return notAfter !== null && at > notAfter
    ? fail("EXPIRED", `since ${formatInstant(notAfter)}`)
    : pass;
}
