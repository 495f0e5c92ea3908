/** From a certificate file to the proof of chosen claims: what a wallet does when its holder shows one. */
import type { CertificateFile } from "../certificate/certificate-file.ts";
import { claimLeaf } from "../certificate/claim.ts";
import type { Claim } from "../certificate/claim.ts";
import { claimsRoot, narrowClaims, proveClaims } from "../certificate/claims-tree.ts";
import { certificateLeaf } from "../certificate/leaf.ts";
import type { Hash } from "../hashing.ts";
import type { DisclosedClaim, Proof } from "./proof.ts";

/** The names asked for that the certificate does not have. */
export function unknownClaims(certificate: CertificateFile, names: readonly string[]): string[] {
  const known = new Set(certificate.claims.map(({ name }) => name));
  return names.filter((name) => !known.has(name));
}

/** @param names the claims to disclose; names the certificate does not have are left out. */
export function proveDisclosure(
  hash: Hash,
  certificate: CertificateFile,
  names: ReadonlySet<string>,
): Proof {
  const { claims } = certificate;
  const disclosed = placed(claims).filter(({ name }) => names.has(name));
  const leaves = claims.map((claim) => claimLeaf(hash, claim));
  const claimsProof = proveClaims(hash, leaves, new Set(disclosed.map(({ position }) => position)));
  return proofOf(certificate, disclosed, claimsProof);
}

/** Everything is shown, so that nothing need be hashed to hide the rest. */
export function discloseAll(certificate: CertificateFile): Proof {
  return proofOf(certificate, placed(certificate.claims), []);
}

function placed(claims: readonly Claim[]): DisclosedClaim[] {
  return claims.map(({ name, value, salt }, position) => ({ position, name, value, salt }));
}

function proofOf(
  certificate: CertificateFile,
  disclosed: readonly DisclosedClaim[],
  claimsProof: readonly Uint8Array[],
): Proof {
  const { suite, agency, notBefore, notAfter, claims, batch } = certificate;
  return {
    suite,
    agency,
    root: batch.root,
    index: batch.index,
    notBefore,
    notAfter,
    claimCount: claims.length,
    disclosed,
    claimsProof,
    path: batch.path,
  };
}

/**
 * What a delegate shows of what he was given: of a proof's claims only those named.
 * @throws RangeError for a proof that is not one
 */
export function narrowProof(hash: Hash, proof: Proof, names: ReadonlySet<string>): Proof {
  const leaves = new Map(proof.disclosed.map((claim) => [claim.position, claimLeaf(hash, claim)]));
  const disclosed = proof.disclosed.filter(({ name }) => names.has(name));
  const positions = new Set(disclosed.map(({ position }) => position));
  const given = { count: proof.claimCount, leaves, proof: proof.claimsProof };
  return { ...proof, disclosed, claimsProof: narrowClaims(hash, given, positions) };
}

/** The leaf that a certificate file claims to be. */
export function leafOfCertificate(hash: Hash, certificate: CertificateFile): Uint8Array {
  const { notBefore, notAfter, holder, claims, batch } = certificate;
  const root = claimsRoot(
    hash,
    claims.map((claim) => claimLeaf(hash, claim)),
  );
  return certificateLeaf(hash, {
    index: batch.index,
    notBefore,
    notAfter,
    holder,
    claimCount: claims.length,
    claimsRoot: root,
  });
}
