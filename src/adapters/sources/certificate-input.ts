/** What a counter hands over on the command line: QR text, a picture of one, or a certificate file. */
import { open } from "node:fs/promises";
import type { Given } from "../../core/verify/case.ts";
import { MAX_CERTIFICATE_CHARACTERS } from "../../core/certificate/certificate-file.ts";
import { Problem } from "../../core/problem.ts";

const MAX_PICTURE_BYTES = 20_000_000;
/** A code of this system or of another: a prefix in capitals, or a link. */
const QR_TEXT = /^(?:[A-Z][A-Z0-9]{1,9}:|https?:\/\/)/;
/** The first bytes of PNG, JPEG, GIF, BMP and RIFF (WebP). */
const PICTURES = ["89504e47", "ffd8ff", "47494638", "424d", "52494646"];
/** Drawings, which would have to be painted before a code could be seen in them. */
const DRAWING = /^\uFEFF?\s*(?:<svg|<\?xml|%PDF-)/;

/** @throws Problem FILE_NOT_FOUND, FILE_TOO_LARGE, QR_NOT_FOUND. What a file holds is the judge's to say. */
export async function readInput(input: string): Promise<Given> {
  if (QR_TEXT.test(input)) return { qr: input };
  const { bytes, isCut } = await readStart(input);
  if (isPicture(bytes)) {
    if (isCut) throw new Problem("FILE_TOO_LARGE", input);
    const { readQr } = await import("../qr/read-qr.ts");
    return { qr: await readQr(bytes, input) };
  }
  const text = new TextDecoder().decode(bytes);
  if (DRAWING.test(text)) throw new Problem("QR_NOT_FOUND", `${input}: SVG or PDF`);
  return QR_TEXT.test(text) ? { qr: text.trimEnd() } : { file: text };
}

/** @returns the text of a certificate file, of which no more is read than one can have. */
export async function readCertificateText(file: string): Promise<string> {
  const { bytes } = await readStart(file);
  return new TextDecoder().decode(bytes);
}

interface Start {
  readonly bytes: Uint8Array;
  /** Whether the file holds more. */
  readonly isCut: boolean;
}

/** As much of a file as anything here may need, however large it is. */
async function readStart(file: string): Promise<Start> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  try {
    const most = Math.max(MAX_PICTURE_BYTES, 4 * MAX_CERTIFICATE_CHARACTERS) + 1;
    const { size } = await handle.stat();
    const bytes = new Uint8Array(Math.min(size, most));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return { bytes: bytes.subarray(0, bytesRead), isCut: size >= most };
  } catch (error) {
    throw new Problem("FILE_NOT_FOUND", file, error);
  } finally {
    await handle.close();
  }
}

function isPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  return PICTURES.some((magic) => start.startsWith(magic));
}
