/** A certificate's file as a command is given it. */
import { parseCertificateText } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import { Problem } from "../../core/problem.ts";
import { readCertificateText } from "../../main/files.ts";

/** @throws Problem FILE_NOT_FOUND, CERTIFICATE_UNREADABLE */
export async function readCertificate(file: string): Promise<CertificateFile> {
  const text = await readCertificateText(file);
  try {
    return parseCertificateText(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem("CERTIFICATE_UNREADABLE", `${file}: ${error.code}, ${error.message}`, error);
  }
}
