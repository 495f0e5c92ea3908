/** QR pictures of a presentation's text. */
import QRCode from "qrcode";
import { Problem } from "../../core/problem.ts";

export type QrFormat = "png" | "svg" | "terminal";

/** M up to version 22, L above: what a phone's camera reads best at each size. Never Q. */
const LAST_VERSION_OF_M = 22;
/** The quiet zone of ISO/IEC 18004, in modules. */
const MARGIN = 4;
const PNG_PIXELS_PER_MODULE = 8;

/** @returns the picture's bytes; for a terminal its text. @throws Problem QR_TOO_LONG */
export async function writeQr(text: string, format: QrFormat): Promise<Uint8Array> {
  const errorCorrectionLevel = levelFor(text);
  const options = { errorCorrectionLevel, margin: MARGIN } as const;
  if (format === "png") {
    return new Uint8Array(
      await QRCode.toBuffer(text, { ...options, scale: PNG_PIXELS_PER_MODULE }),
    );
  }
  const type = format === "svg" ? "svg" : "utf8";
  return new TextEncoder().encode(await QRCode.toString(text, { ...options, type }));
}

function levelFor(text: string): "M" | "L" {
  const versionOf = (errorCorrectionLevel: "M" | "L"): number =>
    QRCode.create(text, { errorCorrectionLevel }).version;
  try {
    return versionOf("M") <= LAST_VERSION_OF_M ? "M" : "L";
  } catch {
    return requireFits(() => versionOf("L"));
  }
}

function requireFits(version: () => number): "L" {
  try {
    version();
    return "L";
  } catch (error) {
    throw new Problem("QR_TOO_LONG", "a QR code holds 4,296 characters at most", error);
  }
}
