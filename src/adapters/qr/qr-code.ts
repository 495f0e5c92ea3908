/**
 * From a text to the squares of its QR code (ISO/IEC 18004), by the package qrcode. Left alone it spends most
 * of its time on two searches: how to divide the text into segments, and which of eight masks looks best. What
 * we print is of one kind, letters of base45 or of an address, and looks like noise under any mask; so both are
 * settled beforehand, and only a code that does not look like noise has its mask searched for.
 */
import QRCode from "qrcode";
import type { QRCodeSegment } from "qrcode";
import { Problem } from "../../core/problem.ts";

/** `modules` has a byte for each square, row by row: 1 is dark. */
export interface QrCode {
  /** Squares on each side, without the quiet zone. */
  readonly size: number;
  readonly modules: Uint8Array;
}

/** M up to version 22, L above: what a phone's camera reads best at each size. Never Q. */
const LAST_VERSION_OF_M = 22;
/** Its penalties (ISO/IEC 18004, 7.8.3) were the least on average over 2,400 codes: 4 % above the best of eight. */
const USUAL_MASK = 2;
/** The alphabet of base45 is a QR code's own alphanumeric mode. */
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*$/;
/** In small codes the fixed patterns are too large a part to tell. */
const LEAST_SIZE_TO_JUDGE = 41;

/** @throws Problem QR_TOO_LONG */
export function makeQrCode(text: string): QrCode {
  const content = contentOf(text);
  const code = createWith(content, "M");
  if (code !== null && code.version <= LAST_VERSION_OF_M) return code;
  const larger = createWith(content, "L");
  if (larger === null) {
    throw new Problem("QR_TOO_LONG", "a QR code holds 4,296 characters at most");
  }
  return larger;
}

function contentOf(text: string): QRCodeSegment[] {
  if (ALPHANUMERIC.test(text)) return [{ data: text, mode: "alphanumeric" }];
  return [{ data: new TextEncoder().encode(text), mode: "byte" }];
}

interface Versioned extends QrCode {
  readonly version: number;
}

function createWith(content: QRCodeSegment[], errorCorrectionLevel: "M" | "L"): Versioned | null {
  try {
    const quick = create(content, { errorCorrectionLevel, maskPattern: USUAL_MASK });
    return isLikeNoise(quick) ? quick : create(content, { errorCorrectionLevel });
  } catch {
    return null;
  }
}

function create(content: QRCodeSegment[], options: QRCode.QRCodeOptions): Versioned {
  const { modules, version } = QRCode.create(content, options);
  return { size: modules.size, modules: modules.data, version };
}

/**
 * In noise half of all neighbours are alike, along rows as along columns. Areas of one colour, stripes and
 * chessboards, which mislead a reader, are all far from that.
 */
export function isLikeNoise({ size, modules }: QrCode): boolean {
  if (size < LEAST_SIZE_TO_JUDGE) return false;
  const [beside, below] = [shareOfAlike(modules, 1), shareOfAlike(modules, size)];
  return isAboutHalf(beside) && isAboutHalf(below);
}

function shareOfAlike(modules: Uint8Array, distance: number): number {
  const pairs = modules.length - distance;
  let alike = 0;
  for (let i = 0; i < pairs; i++) if (modules[i] === modules[i + distance]) alike++;
  return alike / pairs;
}

function isAboutHalf(share: number): boolean {
  return share > 0.42 && share < 0.58;
}
