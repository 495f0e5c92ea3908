/** What a holder orders who lets somebody else show a certificate (亲友代亮). */
import { MAX_CLAIMS } from "../certificate/claim.ts";
import { HASH_BYTES } from "../batch/tree.ts";
import type { CborValue } from "../encoding/cbor.ts";
import { isUint } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { DelegationReason } from "../presentation/grant.ts";
import { delegationReason, distinctTexts, mattersOf, personName } from "../presentation/grant.ts";

/** A year, and a day for leap years. */
export const MAX_DELEGATION_SECONDS = 366 * 86_400;
const MAX_CLAIM_NAME = 64;
const MEMBERS = 7;

export interface CertificatePlace {
  readonly root: Uint8Array;
  readonly index: number;
}

export interface DelegationOrder extends CertificatePlace {
  /** The name of whoever may show it. */
  readonly delegate: string;
  readonly reason: DelegationReason;
  /** Codes of service items (事项), 1 to 16. */
  readonly matters: readonly string[];
  /** Names of the claims that may be shown. */
  readonly claims: readonly string[];
  /** Until when, in seconds since 1970; a year ahead at most. */
  readonly until: number;
}

/** [root, index, delegate, reason, matters, claims, until] */
export function delegationOrderToCbor(order: DelegationOrder): CborValue[] {
  const { root, index, delegate, reason, matters, claims, until } = order;
  return [root, index, delegate, reason, matters, claims, until];
}

/** @throws FormatError MALFORMED */
export function delegationOrderFromCbor(
  members: readonly CborValue[],
  where: string,
): DelegationOrder {
  if (members.length !== MEMBERS) throw malformed(where, "seven members expected");
  const [root, index, delegate, reason, matters, claims, until] = members;
  if (!isUint(until)) throw malformed(`${where}.until`, "a time expected");
  const limits = { most: MAX_CLAIMS, characters: MAX_CLAIM_NAME };
  return {
    ...placeFromCbor([root, index], where),
    delegate: personName(delegate, `${where}.delegate`),
    reason: delegationReason(reason, `${where}.reason`),
    matters: mattersOf(matters, `${where}.matters`),
    claims: distinctTexts(claims, limits, `${where}.claims`),
    until,
  };
}

/** @throws FormatError MALFORMED */
export function placeFromCbor(
  [root, index]: readonly (CborValue | undefined)[],
  where: string,
): CertificatePlace {
  if (!(root instanceof Uint8Array) || root.length !== HASH_BYTES || !isUint(index)) {
    throw malformed(where, "root and index expected");
  }
  return { root, index };
}
