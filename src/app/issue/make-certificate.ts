/** From a valid record to a certificate and its leaf. */
import { claimLeaf, compareClaimNames, SALT_BYTES } from "../../core/certificate/claim.ts";
import type { Claim } from "../../core/certificate/claim.ts";
import { claimsRoot } from "../../core/certificate/claims-tree.ts";
import { certificateLeaf } from "../../core/certificate/leaf.ts";
import type { Hash } from "../../core/hashing.ts";
import type { IssuedCertificate, Randomness } from "../../ports.ts";
import type { ValidRecord } from "./read-records.ts";

/** Each claim of each certificate gets a fresh salt, never derived from a value (protocol, 4). */
export function makeCertificate(
  random: Randomness,
  index: number,
  { claims, validity, holder }: ValidRecord,
): IssuedCertificate {
  const entries = Object.entries(claims).sort(([a], [b]) => compareClaimNames(a, b));
  const salted = entries.map(([name, value]): Claim => ({ salt: random(SALT_BYTES), name, value }));
  return { index, ...validity, holder, claims: salted };
}

export function leafOf(hash: Hash, { claims, ...certificate }: IssuedCertificate): Uint8Array {
  const leaves = claims.map((claim) => claimLeaf(hash, claim));
  return certificateLeaf(hash, {
    ...certificate,
    claimCount: claims.length,
    claimsRoot: claimsRoot(hash, leaves),
  });
}
