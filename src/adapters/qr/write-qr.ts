/** QR pictures of a presentation's text: PNG of one bit a pixel, SVG, or blocks for a terminal. */
import { constants, crc32, deflateSync } from "node:zlib";
import { concatBytes } from "../../core/encoding/bytes.ts";
import { makeQrCode } from "./qr-code.ts";
import type { QrCode } from "./qr-code.ts";

export type QrFormat = "png" | "svg" | "terminal";

/** The quiet zone of ISO/IEC 18004, in modules. */
export const QUIET_ZONE = 4;
/** What a module has to measure for a camera to read it from paper. */
export const MODULE_MM = 0.5;
/** A module is one byte of a row, and its height. */
const PNG_PIXELS_PER_MODULE = 8;

const utf8 = new TextEncoder();

/** @returns the picture's bytes; for a terminal its text. @throws Problem QR_TOO_LONG */
export function writeQr(text: string, format: QrFormat): Uint8Array {
  const code = makeQrCode(text);
  if (format === "png") return toPng(code);
  return utf8.encode(format === "svg" ? toSvg(code) : toBlocks(code));
}

/** As large as it is to be printed. */
function toSvg(code: QrCode): string {
  const side = code.size + 2 * QUIET_ZONE;
  const millimetres = `${String(side * MODULE_MM)}mm`;
  const box = `width="${millimetres}" height="${millimetres}" viewBox="0 0 ${String(side)} ${String(side)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} shape-rendering="crispEdges">${svgMarks(code)}</svg>\n`;
}

/** White ground and dark squares, one unit each, the quiet zone included. */
export function svgMarks(code: QrCode): string {
  const side = String(code.size + 2 * QUIET_ZONE);
  return `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path stroke="#000" d="${strokes(code)}"/>`;
}

/** Each run of dark squares is one stroke along its row, from the end of the one before. */
function strokes(code: QrCode): string {
  let path = "";
  let lastRow = -1;
  let lastX = 0;
  for (const { x, y, width } of darkRuns(code)) {
    if (y === lastRow) path += `m${String(x - lastX)} 0`;
    else path += `M${String(x + QUIET_ZONE)} ${String(y + QUIET_ZONE)}.5`;
    path += `h${String(width)}`;
    lastRow = y;
    lastX = x + width;
  }
  return path;
}

export interface DarkRun {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The dark squares, as many together as follow one another in a row; row by row. */
export function darkRuns({ size, modules }: QrCode): DarkRun[] {
  const runs: DarkRun[] = [];
  for (let y = 0; y < size; y++) {
    const row = y * size;
    for (let x = 0; x < size; x++) {
      if (modules[row + x] === 0) continue;
      const from = x;
      while (x < size && modules[row + x] !== 0) x++;
      runs.push({ x: from, y, width: x - from });
    }
  }
  return runs;
}

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** One bit a pixel, grey: 1 is white. */
const PNG_KIND = [1, 0, 0, 0, 0] as const;
/** PNG's filter 'up': each byte is the difference to the one above, so that a repeated line is all zero. */
const FILTER_UP = 2;
/** Finds the runs of zeros, and looks for nothing else: a tenth of the time, and a tenth more bytes. */
const DEFLATE = { level: 1, strategy: constants.Z_RLE } as const;

/** PNG (ISO/IEC 15948). */
function toPng(code: QrCode): Uint8Array {
  const side = (code.size + 2 * QUIET_ZONE) * PNG_PIXELS_PER_MODULE;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  header.set(PNG_KIND, 8);
  const pixels = deflateSync(pngLines(code), DEFLATE);
  return concatBytes(
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", new Uint8Array()),
  );
}

function pngLines({ size, modules }: QrCode): Uint8Array {
  const side = size + 2 * QUIET_ZONE;
  const line = 1 + side;
  const lines = new Uint8Array(line * side * PNG_PIXELS_PER_MODULE);
  for (let y = 0; y < side; y++) {
    const first = y * PNG_PIXELS_PER_MODULE * line;
    lines.fill(0xff, first + 1, first + line);
    const row = y - QUIET_ZONE;
    const isInside = row >= 0 && row < size;
    for (let x = 0; isInside && x < size; x++) {
      if (modules[row * size + x] !== 0) lines[first + 1 + QUIET_ZONE + x] = 0;
    }
    for (let i = 1; i < PNG_PIXELS_PER_MODULE; i++) lines[first + i * line] = FILTER_UP;
  }
  return lines;
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(utf8.encode(type), data);
  const length = new Uint8Array(4);
  const sum = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  new DataView(sum.buffer).setUint32(0, crc32(body));
  return concatBytes(length, body, sum);
}

/** Two rows of squares in each line of text. */
function toBlocks({ size, modules }: QrCode): string {
  const isDark = (x: number, y: number): boolean => {
    const isInside = x >= 0 && x < size && y >= 0 && y < size;
    return isInside && modules[y * size + x] === 1;
  };
  let text = "";
  for (let y = -QUIET_ZONE; y < size + QUIET_ZONE; y += 2) {
    for (let x = -QUIET_ZONE; x < size + QUIET_ZONE; x++) {
      text += block(isDark(x, y), isDark(x, y + 1));
    }
    text += "\n";
  }
  return text;
}

function block(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? "█" : "▀";
  return isLowerDark ? "▄" : " ";
}
