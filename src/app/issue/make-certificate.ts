/** The leaf of a certificate as the core makes it, one hash after another. */
import { claimLeaf } from "../../core/certificate/claim.ts";
import { claimsRoot } from "../../core/certificate/claims-tree.ts";
import { certificateLeaf } from "../../core/certificate/leaf.ts";
import type { Hash } from "../../core/hashing.ts";
import type { IssuedCertificate } from "../../ports/issued.ts";

export function leafOf(hash: Hash, { claims, ...certificate }: IssuedCertificate): Uint8Array {
  const leaves = claims.map((claim) => claimLeaf(hash, claim));
  return certificateLeaf(hash, {
    ...certificate,
    claimCount: claims.length,
    claimsRoot: claimsRoot(hash, leaves),
  });
}
