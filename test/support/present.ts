/** What a holder shows at a counter, made as a wallet makes it: QR texts, bindings and files. */
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { encodeBindingContent } from "../../src/core/presentation/binding.ts";
import type { BindingContent } from "../../src/core/presentation/binding.ts";
import { encodeSign1, sign1Message } from "../../src/core/presentation/cose.ts";
import { proveDisclosure } from "../../src/core/presentation/disclose.ts";
import type { PresentationContent } from "../../src/core/presentation/presentation.ts";
import { encodePresentationContent } from "../../src/core/presentation/presentation.ts";
import type { Proof } from "../../src/core/presentation/proof.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import type { Given } from "../../src/core/verify/case.ts";
import { NOW } from "./ledger-story.ts";
import type { SigningKey } from "./seeded.ts";

/** How long a code on a phone lives, in seconds. */
export const CODE_SECONDS = 60;

/** @param names all claims of the certificate where none are named */
export function proofOf(
  primitives: Primitives,
  certificate: CertificateFile,
  names: readonly string[] = certificate.claims.map(({ name }) => name),
): Proof {
  return proveDisclosure(suiteHash(primitives, certificate.suite), certificate, new Set(names));
}

/** A printed code: no key, no time. */
export function bearerWire(proof: Proof, changes: Partial<PresentationContent> = {}): Uint8Array {
  return encodePresentationContent({ proof, ...changes });
}

/** A code on the holder's phone, made now and good for a minute. */
export function signedWire(
  proof: Proof,
  key: SigningKey,
  changes: Partial<PresentationContent> = {},
): Uint8Array {
  const payload = encodePresentationContent({
    proof,
    issuedAt: NOW,
    expiresAt: NOW + CODE_SECONDS,
    holderKey: key.publicKey,
    ...changes,
  });
  return signPayload(payload, key);
}

export function signPayload(payload: Uint8Array, key: SigningKey): Uint8Array {
  const { algorithm } = key;
  const signature = key.sign(sign1Message(payload, algorithm));
  return encodeSign1({ algorithm, payload, signature });
}

/** The agency's word that a certificate belongs to a key, good for a week from the day before. */
export function bindingFor(
  { agency, batch }: CertificateFile,
  holder: SigningKey,
  documentKey: SigningKey,
  changes: Partial<BindingContent> = {},
): Uint8Array {
  const content = { agency, root: batch.root, index: batch.index, key: holder.publicKey };
  const times = { issuedAt: NOW - 86_400, expiresAt: NOW + 6 * 86_400 };
  return signPayload(encodeBindingContent({ ...content, ...times, ...changes }), documentKey);
}

export function qrOf(wire: Uint8Array): Given {
  return { qr: toQrText(wire) };
}

/** A certificate file as it comes from a disk: JSON, and nothing shared with the original. */
export function fileOf(certificate: CertificateFile): Given & { certificate: CertificateJson } {
  return { certificate: jsonOf(certificate) };
}

/** The file's members, loose enough that a test can alter any of them. */
export interface CertificateJson {
  [member: string]: unknown;
  claims: { name: unknown; value: unknown; salt: unknown }[];
  batch: Record<string, unknown> & { path: string[] };
}

export function jsonOf(certificate: CertificateFile): CertificateJson {
  return JSON.parse(JSON.stringify(certificateToJson(certificate))) as CertificateJson;
}
