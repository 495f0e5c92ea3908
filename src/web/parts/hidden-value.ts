/** What stands for a sensitive claim as long as nobody reveals it. */
import type { ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import { HIDDEN } from "../../core/catalogue/mask.ts";
import { maskClaim } from "../../core/catalogue/mask-claim.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";

/** @param definition whose mask is taken: one that masks nothing hides all; null where the claim is not known */
export function hiddenValue(definition: ClaimDefinition | null, value: ClaimValue): ClaimValue {
  if (definition === null) return HIDDEN;
  const { mask } = definition;
  return maskClaim({ ...definition, mask: mask === "none" ? "all" : mask }, value);
}
