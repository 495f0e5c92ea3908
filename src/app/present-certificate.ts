/** Shows a certificate (亮证): chosen claims with their proof and, with a holder's key, a fresh signature. */
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import type { P256PublicKey } from "../core/hashing.ts";
import { suiteHash } from "../core/hashing.ts";
import { encodeSign1, sign1Message } from "../core/presentation/cose.ts";
import { proveDisclosure, unknownClaims } from "../core/presentation/disclose.ts";
import { encodePresentationContent } from "../core/presentation/presentation.ts";
import type { PresentationContent } from "../core/presentation/presentation.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../ports.ts";

/** A key that signs ES256; the private part stays where it is. */
export interface HolderKey {
  readonly publicKey: P256PublicKey;
  sign(message: Uint8Array): Uint8Array;
}

export interface PresentOrder {
  readonly certificate: CertificateFile;
  readonly disclose: readonly string[];
  readonly audience?: string;
  readonly nonce?: Uint8Array;
  readonly holderKey?: HolderKey;
  readonly binding?: Uint8Array;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds; null for a printed bearer presentation, which has no times. */
  readonly lifetime: number | null;
}

/** @throws Problem CLAIM_UNKNOWN, naming the claims there are. @returns the bytes a QR code carries. */
export function presentCertificate(primitives: Primitives, order: PresentOrder): Uint8Array {
  const { certificate, disclose, holderKey } = order;
  const unknown = unknownClaims(certificate, disclose);
  if (unknown.length > 0) {
    const names = certificate.claims.map(({ name }) => name).join(", ");
    throw new Problem("CLAIM_UNKNOWN", `${unknown.join(", ")}; it has ${names}`);
  }
  const hash = suiteHash(primitives, certificate.suite);
  const proof = proveDisclosure(hash, certificate, new Set(disclose));
  const payload = encodePresentationContent({ proof, ...circumstances(order) });
  if (holderKey === undefined) return payload;
  return encodeSign1({ payload, signature: holderKey.sign(sign1Message(payload)) });
}

function circumstances(order: PresentOrder): Omit<PresentationContent, "proof"> {
  const { audience, nonce, holderKey, binding, now, lifetime } = order;
  return {
    ...(audience !== undefined && { audience }),
    ...(nonce !== undefined && { nonce }),
    ...(holderKey !== undefined && { holderKey: holderKey.publicKey }),
    ...(binding !== undefined && { binding }),
    ...(lifetime !== null && { issuedAt: now, expiresAt: now + lifetime }),
  };
}
