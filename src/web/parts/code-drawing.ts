/** From the texts of one or more QR codes to pictures of them, a dot for each square, all of one size. */
import { makeQrCode } from "../../adapters/qr/qr-code.ts";
import type { QrCode } from "../../adapters/qr/qr-code.ts";

/** Squares of white on each side (ISO/IEC 18004, 9.1). */
const QUIET = 4;
const RGBA = 4;

export interface DrawnCode {
  /** How many squares a picture has on each side, the quiet zone among them. */
  readonly side: number;
  /** A picture for each code, shown in turn: side × side dots of RGBA, black on white whatever the theme is. */
  readonly pictures: readonly Uint8ClampedArray<ArrayBuffer>[];
}

/** @throws Problem QR_TOO_LONG */
export function drawCodes(texts: readonly string[]): DrawnCode {
  const codes = texts.map(makeQrCode);
  const side = Math.max(...codes.map(({ size }) => size)) + 2 * QUIET;
  return { side, pictures: codes.map((code) => picture(code, side)) };
}

/** In the middle: a code of fewer squares has more white around it. */
function picture({ size, modules }: QrCode, side: number): Uint8ClampedArray<ArrayBuffer> {
  const dots = new Uint8ClampedArray(side * side * RGBA).fill(255);
  const margin = (side - size) >> 1;
  for (let i = 0; i < modules.length; i++) {
    if (modules[i] !== 1) continue;
    const at = ((Math.floor(i / size) + margin) * side + (i % size) + margin) * RGBA;
    dots.fill(0, at, at + RGBA - 1);
  }
  return dots;
}

/**
 * How wide a picture is shown, in CSS pixels: each square is a whole number of the screen's own dots, so that none
 * is blurred or wider than its neighbour.
 * @param available CSS pixels
 * @param ratio the screen's dots for each CSS pixel
 */
export function shownWidth({ side }: DrawnCode, available: number, ratio: number): number {
  const dots = Math.max(1, Math.floor((available * ratio) / side));
  return (dots * side) / ratio;
}
