/** Certificates as their issuer keeps them. */
import type { CertificateFile } from "../core/certificate/certificate-file.ts";

/** One certificate of a batch as the issuer keeps it: everything but what the batch gives. */
export type IssuedCertificate = Pick<
  CertificateFile,
  "notBefore" | "notAfter" | "holder" | "claims"
> & { readonly index: number };

/** Where a certificate is. */
export interface IssuedPlace {
  readonly root: string;
  readonly index: number;
}
