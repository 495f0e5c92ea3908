/** Masking of whole claims: texts by the claim's mask, lists item by item, maps part by part. */
import type { ClaimValue } from "../encoding/cbor.ts";
import type { ClaimDefinition, MaskName } from "./certificate-type.ts";
import { HIDDEN, maskText } from "./mask.ts";

/** The claim as it may be shown to someone without a right to the whole of it. */
export function maskClaim(claim: ClaimDefinition, value: ClaimValue): ClaimValue {
  if (value === null) return null;
  if (typeof value === "string") return maskText(maskOf(claim), value);
  if (typeof value !== "object") return maskOf(claim) === "none" ? value : HIDDEN;
  if (isList(value)) return value.map((item) => maskClaim(claim, item));
  return maskParts(claim, value);
}

/** A text or number in the place of a map is hidden, since no mask was chosen for it. */
export function maskOf(claim: ClaimDefinition): MaskName {
  return claim.parts === undefined ? claim.mask : "all";
}

function isList(value: object): value is readonly ClaimValue[] {
  return Array.isArray(value);
}

/** A part that the type doesn't describe is hidden. */
function maskParts(
  claim: ClaimDefinition,
  value: Readonly<Record<string, ClaimValue>>,
): Record<string, ClaimValue> {
  const masked = Object.entries(value).map(([name, part]) => {
    const definition = claim.parts?.find((candidate) => candidate.name === name);
    return [name, definition === undefined ? HIDDEN : maskClaim(definition, part)] as const;
  });
  return Object.fromEntries(masked);
}
