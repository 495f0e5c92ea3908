/**
 * Values of claims straight into CBOR, for what nearly all values are: text, small whole numbers, and lists
 * of them. It is several times as fast as what the platform offers, whose every call costs more than a short
 * text does.
 */
import type { ClaimValue } from "../../core/encoding/cbor.ts";

const UINT = 0x00;
const TEXT = 0x60;
const LIST = 0x80;
const NULL = 0xf6;
const TRUE = 0xf5;
const FALSE = 0xf4;
export const MOST_HEAD_BYTES = 5;
/** Lists this long have a head of one byte. */
const MOST_ITEMS = 23;

/** The room that `writeQuickly` may need. */
export function mostBytes(value: ClaimValue): number {
  if (typeof value === "string") return MOST_HEAD_BYTES + 3 * value.length;
  if (!isList(value)) return MOST_HEAD_BYTES;
  return value.reduce<number>((sum, item) => sum + mostBytes(item), MOST_HEAD_BYTES);
}

/**
 * Writes a value's CBOR at `at`.
 * @returns where it ends; or −1 where the value is none of those, or has characters that are not known here
 * to be valid Unicode in NFC whatever stands beside them. What it wrote is then of no use.
 */
export function writeQuickly(value: ClaimValue, bytes: Uint8Array, at: number): number {
  if (typeof value === "string") return writeText(value, bytes, at);
  if (typeof value === "number") return writeNumber(value, bytes, at);
  if (isList(value)) return writeList(value, bytes, at);
  if (value !== null && typeof value !== "boolean") return -1;
  bytes[at] = value === null ? NULL : value ? TRUE : FALSE;
  return at + 1;
}

function isList(value: ClaimValue): value is readonly ClaimValue[] {
  return Array.isArray(value);
}

/** Lists within lists go the long way. */
function writeList(items: readonly ClaimValue[], bytes: Uint8Array, at: number): number {
  if (items.length > MOST_ITEMS) return -1;
  bytes[at] = LIST | items.length;
  let end = at + 1;
  for (const item of items) {
    end = isList(item) ? -1 : writeQuickly(item, bytes, end);
    if (end < 0) return -1;
  }
  return end;
}

/** From 0 to 2^32 − 1. */
function writeNumber(value: number, bytes: Uint8Array, at: number): number {
  if (value !== value >>> 0) return -1;
  return writeArgument(UINT, value, bytes, at);
}

function writeText(text: string, bytes: Uint8Array, at: number): number {
  const guess = headBytes(text.length * (text.charCodeAt(0) < 0x80 ? 1 : 3));
  let end = at + guess;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[end++] = unit;
    else if (isPlain(unit)) end = writeUnit(unit, bytes, end);
    else return -1;
  }
  return writeHead(bytes, at, guess, end);
}

/** Text that is there in UTF-8 already: bytes `from` to `to` of some. @returns where it ends */
export function writeUtf8(
  text: Uint8Array,
  from: number,
  to: number,
  bytes: Uint8Array,
  at: number,
): number {
  let end = writeArgument(TEXT, to - from, bytes, at);
  // Most are so short that a view of them and a call of the platform's would take longer.
  for (let i = from; i < to; i++) bytes[end++] = text[i] as number;
  return end;
}

/**
 * Latin letters, CJK ideographs and punctuation, full-width forms: none of them combines with another
 * (Unicode: NFC_Quick_Check is Yes and the combining class 0 for all), and none is half a surrogate pair.
 */
function isPlain(unit: number): boolean {
  if (unit < 0x300) return true;
  if (unit >= 0x4e00) return unit <= 0x9fff || (unit >= 0xff01 && unit <= 0xff5e);
  return unit >= 0x3000 && unit <= 0x3029;
}

/** In two or three bytes of UTF-8. */
function writeUnit(unit: number, bytes: Uint8Array, at: number): number {
  let end = at;
  if (unit < 0x800) bytes[end++] = 0xc0 | (unit >> 6);
  else {
    bytes[end++] = 0xe0 | (unit >> 12);
    bytes[end++] = 0x80 | ((unit >> 6) & 0x3f);
  }
  bytes[end++] = 0x80 | (unit & 0x3f);
  return end;
}

/** Writes the head of a text from `at + guess` to `end`, which is moved where the head has another length. */
function writeHead(bytes: Uint8Array, at: number, guess: number, end: number): number {
  const length = end - at - guess;
  const head = headBytes(length);
  if (head !== guess) bytes.copyWithin(at + head, at + guess, end);
  return writeArgument(TEXT, length, bytes, at) + length;
}

function writeArgument(major: number, argument: number, bytes: Uint8Array, at: number): number {
  const head = headBytes(argument);
  if (head === 1) bytes[at] = major | argument;
  else {
    bytes[at] = major | (head === 2 ? 24 : head === 3 ? 25 : 26);
    for (let i = 1; i < head; i++) bytes[at + i] = argument >>> (8 * (head - 1 - i));
  }
  return at + head;
}

function headBytes(argument: number): number {
  if (argument < 24) return 1;
  if (argument < 0x100) return 2;
  return argument < 0x1_0000 ? 3 : 5;
}

/** How long the head of a text in CBOR is that begins at `at`; 0 where it is no text. */
export function textHeadBytes(cbor: Uint8Array, at = 0): number {
  const lead = cbor[at] as number;
  if (lead >> 5 !== TEXT >> 5) return 0;
  const argument = lead & 0x1f;
  return argument < 24 ? 1 : 1 + 2 ** (argument - 24);
}
