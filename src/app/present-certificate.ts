/** Shows a certificate (亮证): chosen claims with their proof and, with a holder's key, a fresh signature. */
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import type { P256PublicKey } from "../core/hashing.ts";
import { suiteHash } from "../core/hashing.ts";
import { encodeSign1, sign1Message } from "../core/presentation/cose.ts";
import { proveDisclosure, unknownClaims } from "../core/presentation/disclose.ts";
import { encodePresentationContent } from "../core/presentation/presentation.ts";
import type { PresentationContent } from "../core/presentation/presentation.ts";
import type { Proof } from "../core/presentation/proof.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../core/hashing.ts";

/** A key that signs ES256; the private part stays where it is. */
export interface HolderKey {
  readonly publicKey: P256PublicKey;
  sign(message: Uint8Array): Uint8Array;
}

/** The same, of a key that takes its time, as WebCrypto's do. */
export interface SlowHolderKey {
  readonly publicKey: P256PublicKey;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** To whom, and from when until when. */
export interface Circumstances {
  readonly audience?: string;
  readonly nonce?: Uint8Array;
  readonly binding?: Uint8Array;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds; null for a printed bearer presentation, which has no times. */
  readonly lifetime: number | null;
}

export interface PresentOrder extends Circumstances {
  readonly certificate: CertificateFile;
  readonly disclose: readonly string[];
  readonly holderKey?: HolderKey;
}

/** @throws Problem CLAIM_UNKNOWN, naming the claims there are. @returns the bytes a QR code carries. */
export function presentCertificate(primitives: Primitives, order: PresentOrder): Uint8Array {
  const { certificate, disclose, holderKey } = order;
  const proof = proveChosen(primitives, certificate, disclose);
  const payload = payloadOf(proof, order, holderKey?.publicKey);
  if (holderKey === undefined) return payload;
  return encodeSign1({ payload, signature: holderKey.sign(sign1Message(payload)) });
}

/** @param holderKey null for a bearer. @returns the bytes a QR code carries. */
export async function presentProof(
  proof: Proof,
  circumstances: Circumstances,
  holderKey: SlowHolderKey | null,
): Promise<Uint8Array> {
  const payload = payloadOf(proof, circumstances, holderKey?.publicKey);
  if (holderKey === null) return payload;
  return encodeSign1({ payload, signature: await holderKey.sign(sign1Message(payload)) });
}

/** @throws Problem CLAIM_UNKNOWN, naming the claims there are */
export function proveChosen(
  primitives: Pick<Primitives, "keccak256" | "sm3">,
  certificate: CertificateFile,
  disclose: readonly string[],
): Proof {
  const unknown = unknownClaims(certificate, disclose);
  if (unknown.length > 0) {
    const names = certificate.claims.map(({ name }) => name).join(", ");
    throw new Problem("CLAIM_UNKNOWN", `${unknown.join(", ")}; it has ${names}`);
  }
  return proveDisclosure(suiteHash(primitives, certificate.suite), certificate, new Set(disclose));
}

function payloadOf(
  proof: Proof,
  { audience, nonce, binding, now, lifetime }: Circumstances,
  holderKey: P256PublicKey | undefined,
): Uint8Array {
  const content: PresentationContent = {
    proof,
    ...(audience !== undefined && { audience }),
    ...(nonce !== undefined && { nonce }),
    ...(holderKey !== undefined && { holderKey }),
    ...(binding !== undefined && { binding }),
    ...(lifetime !== null && { issuedAt: now, expiresAt: now + lifetime }),
  };
  return encodePresentationContent(content);
}
