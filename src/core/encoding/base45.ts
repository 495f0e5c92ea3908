/** Base45 (RFC 9285): two bytes in three characters that a QR code holds in eleven bits each pair. */
import { digitsOf } from "./bytes.ts";
import { malformed } from "./format-error.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const DIGITS = digitsOf(ALPHABET);

export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const isPair = i + 1 < bytes.length;
    const value = isPair
      ? (bytes[i] as number) * 256 + (bytes[i + 1] as number)
      : (bytes[i] as number);
    text += digits(value, isPair ? 3 : 2);
  }
  return text;
}

function digits(value: number, count: number): string {
  let text = "";
  for (let rest = value; count > 0; count--) {
    text += ALPHABET.charAt(rest % 45);
    rest = Math.floor(rest / 45);
  }
  return text;
}

/**
 * @param from where in the text it begins
 * @throws FormatError MALFORMED for a foreign character, a single character at the end, or a group past its range.
 */
export function fromBase45(text: string, from = 0): Uint8Array {
  const length = text.length - from;
  const single = length % 3;
  if (single === 1) throw malformed("base45", "one character too many or too few");
  const codes = codesOf(text);
  const bytes = new Uint8Array(Math.floor((length * 2) / 3));
  let at = 0;
  let i = from;
  for (; i + 2 < text.length; i += 3) {
    const value = valueAt(codes, i) + 45 * valueAt(codes, i + 1) + 2025 * valueAt(codes, i + 2);
    if (value >= 65536) throw groupFault(text, from, i);
    bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
  }
  if (single === 0) return bytes;
  const value = valueAt(codes, i) + 45 * valueAt(codes, i + 1);
  if (value >= 256) throw groupFault(text, from, i);
  bytes[at] = value;
  return bytes;
}

/** More than any group may be, for a foreign character. */
const FOREIGN = 65536;
/** Signed, so that all that is reckoned with them stays a small integer. */
const VALUES = Int32Array.from(DIGITS, (digit) => (digit < ALPHABET.length ? digit : FOREIGN));

function valueAt(codes: Uint8Array, at: number): number {
  return VALUES[codes[at] as number] as number;
}

const utf8Encoder = new TextEncoder();
let room = new Uint8Array(4096);

/**
 * The text's characters, all ASCII, until the next call: to take each out of the text would take twice as long.
 * @throws FormatError MALFORMED
 */
function codesOf(text: string): Uint8Array {
  if (room.length < text.length) room = new Uint8Array(text.length);
  const { read, written } = utf8Encoder.encodeInto(text, room);
  if (read < text.length || written > read) throw foreign();
  return room;
}

function groupFault(text: string, from: number, at: number): Error {
  const group = text.slice(at, at + 3);
  const isForeign = Array.from(group).some((character) => !ALPHABET.includes(character));
  if (isForeign) return foreign();
  return malformed(`base45@${String(at - from)}`, `'${group}' is past its range`);
}

function foreign(): Error {
  return malformed("base45", "a character that is not base45");
}
