/** Between the chain's words and ours: codes in fixed bytes, regions in numbers, ends as 0. */
import { decodeBytes32String, encodeBytes32String, getBytes, hexlify, toUtf8Bytes } from "ethers";
import { NATIONAL } from "../../core/identifiers/region.ts";
import type { AgencyStatus, KeyAlgorithm, RuleEffect } from "../../core/ledger/events.ts";

/** The enums of the contracts, in their order; an agency's status begins with 'unknown', which none has. */
const AGENCY_STATUSES: readonly AgencyStatus[] = ["active", "suspended", "closed"];
const KEY_ALGORITHMS: readonly KeyAlgorithm[] = ["P-256", "SM2"];
const EFFECTS: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];

/** What a later version of the contracts may add is taken as the strictest that is known here. */
export function agencyStatusOf(value: number): AgencyStatus {
  return AGENCY_STATUSES[value - 1] ?? "closed";
}

export function agencyStatusToChain(status: AgencyStatus): number {
  return AGENCY_STATUSES.indexOf(status) + 1;
}

export function effectOf(value: number): RuleEffect {
  return EFFECTS[value] ?? "deny";
}

export function effectToChain(effect: RuleEffect): number {
  return EFFECTS.indexOf(effect);
}

/** @throws RangeError for an algorithm that is not known here: no signature of such a key can be checked. */
export function keyAlgorithmOf(value: number): KeyAlgorithm {
  const algorithm = KEY_ALGORITHMS[value];
  if (algorithm === undefined) throw new RangeError(`key algorithm ${String(value)}`);
  return algorithm;
}

export function keyAlgorithmToChain(algorithm: KeyAlgorithm): number {
  return KEY_ALGORITHMS.indexOf(algorithm);
}

/** uint24 → "0" or six digits. */
export function regionOf(value: bigint): string {
  return value === 0n ? NATIONAL : value.toString().padStart(6, "0");
}

export function regionToChain(region: string): number {
  return Number(region);
}

/** bytes18 or bytes21 of ASCII ↔ text: agencies and certificate types. */
export function codeOf(hex: string): string {
  return new TextDecoder().decode(getBytes(hex));
}

export function codeToChain(code: string): string {
  return hexlify(toUtf8Bytes(code));
}

/** bytes32 of text, zero padded: the names of region groups. One that is no text stays as it is. */
export function groupOf(hex: string): string | null {
  if (/^0x0*$/.test(hex)) return null;
  try {
    return decodeBytes32String(hex);
  } catch {
    return hex;
  }
}

export function groupToChain(group: string | null): string {
  return encodeBytes32String(group ?? "");
}

/** A type code in a rule, where zero is any type. */
export function anyTypeOf(hex: string): string | null {
  return /^0x0*$/.test(hex) ? null : codeOf(hex);
}

export function anyTypeToChain(type: string | null): string {
  return type === null ? `0x${"00".repeat(21)}` : codeToChain(type);
}

/** An integer of the chain; one past 2^53−1, which only mischief holds, is taken as that. */
export function numberOf(value: bigint): number {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(value > most ? most : value);
}

/** 0 on the chain says 'no end'. */
export function endOf(value: bigint): number | null {
  return value === 0n ? null : numberOf(value);
}

export function endToChain(end: number | null): number {
  return end ?? 0;
}
