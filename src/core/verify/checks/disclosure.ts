/** 10. Is every claim shown that the type or the counter's purpose requires? */
import type { Case } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";

export function checkDisclosure(it: Case): CheckOutcome {
  const { anchor, type, request, shown } = it;
  if (anchor === null || it.provenHolder === null) return prerequisite;
  const { disclosed } = shown.proof;
  const required = [...(type?.alwaysDisclosed ?? []), ...(request.requiredClaims ?? [])];
  const missing = required.filter((claim) => !disclosed.some(({ name }) => name === claim));
  return missing.length === 0 ? pass : fail("CLAIM_MISSING", [...new Set(missing)].join(", "));
}
