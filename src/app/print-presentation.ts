/** What a code on paper holds: a presentation without key and without end. */
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toPrintText, toQrText } from "../core/presentation/qr-text.ts";
import type { Primitives } from "../core/hashing.ts";
import { presentCertificate } from "./present-certificate.ts";

export interface PrintOrder {
  /** Names of claims; those that the certificate has not are CLAIM_UNKNOWN. */
  readonly disclose: readonly string[];
  /** Whose checking page any phone's camera opens; null for a code that only a verifier reads. */
  readonly host: string | null;
}

/** @returns the QR code's text. @throws Problem CLAIM_UNKNOWN */
export function printPresentation(
  primitives: Primitives,
  certificate: CertificateFile,
  { disclose, host }: PrintOrder,
): string {
  const bytes = presentCertificate(primitives, { certificate, disclose, now: 0, lifetime: null });
  return host === null ? toQrText(bytes) : toPrintText(bytes, host);
}
