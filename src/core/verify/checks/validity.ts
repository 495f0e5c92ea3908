/** 6. Is now within the dates? Both are in the leaf, so nobody can move them. */
import type { Case } from "../case.ts";
import { judgedAt } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";

export function checkValidity(it: Case): CheckOutcome {
  if (it.provenHolder === null) return prerequisite;
  const { notBefore, notAfter } = it.shown.proof;
  const at = judgedAt(it);
  if (at < notBefore) return fail("NOT_YET_VALID", `from ${instant(notBefore)}`);
  return notAfter !== null && at > notAfter ? fail("EXPIRED", `since ${instant(notAfter)}`) : pass;
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
