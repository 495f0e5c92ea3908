/** 1. Does it decode, within limits? */
import type { CertificateFile } from "../../certificate/certificate-file.ts";
import { certificateFromJson, parseCertificateText } from "../../certificate/certificate-file.ts";
import { toHex } from "../../encoding/bytes.ts";
import { FormatError } from "../../encoding/format-error.ts";
import type { Primitives } from "../../hashing.ts";
import { discloseAll } from "../../presentation/disclose.ts";
import { decodePresentation } from "../../presentation/presentation.ts";
import { fromQrText } from "../../presentation/qr-text.ts";
import type { Given, Shown } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail } from "../check.ts";

/** @returns what is shown, or the failed check that says why it can't be read. */
export function readGiven(given: Given): Shown | CheckOutcome {
  try {
    if ("qr" in given) return readQr(given.qr);
    if ("file" in given) return readFile(parseCertificateText(given.file));
    return readFile(certificateFromJson(given.certificate));
  } catch (error) {
    if (error instanceof FormatError) return fail(error.code, error.message);
    throw error;
  }
}

function readQr(text: string): Shown {
  const presentation = decodePresentation(fromQrText(text));
  return { proof: presentation.proof, presentation, file: null };
}

function readFile(file: CertificateFile): Shown {
  return { proof: discloseAll(file), presentation: null, file };
}

/**
 * What makes a signed presentation the same one again, whatever its signature's form; null for a bearer's
 * and for a file, which may be shown any number of times.
 */
export function replayKeyOf(primitives: Primitives, shown: Shown | CheckOutcome): string | null {
  const payload = "result" in shown ? undefined : shown.presentation?.sign1?.payload;
  return payload === undefined ? null : toHex(primitives.sha256(payload));
}
