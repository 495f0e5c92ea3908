/** 10. Is every claim shown that the type or the counter's purpose requires? */
import type { Case } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass, prerequisite } from "../check.ts";

export function checkDisclosure(it: Case): CheckOutcome {
  const { anchor, type, request, shown } = it;
  if (anchor === null || it.provenHolder === null) return prerequisite;
  const required = new Set([...(type?.alwaysDisclosed ?? []), ...(request.requiredClaims ?? [])]);
  for (const { name } of shown.proof.disclosed) required.delete(name);
  return required.size === 0 ? pass : fail("CLAIM_MISSING", [...required].join(", "));
}
