/** Base45 (RFC 9285): two bytes in three characters that a QR code holds in eleven bits each pair. */
import { digitAt, digitsOf } from "./bytes.ts";
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

/** @throws FormatError MALFORMED for a foreign character, a single character at the end, or a group past its range. */
export function fromBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw malformed("base45", "one character too many or too few");
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const isPair = i + 2 < text.length;
    const value = groupValue(text, i, isPair ? 3 : 2);
    if (value >= (isPair ? 65536 : 256)) {
      throw malformed(`base45@${String(i)}`, `'${text.slice(i, i + 3)}' is past its range`);
    }
    if (isPair) bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
  }
  return bytes;
}

function groupValue(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from + length - 1; i >= from; i--) {
    const digit = digitAt(DIGITS, text, i);
    if (digit >= ALPHABET.length) throw malformed("base45", "a character that is not base45");
    value = value * 45 + digit;
  }
  return value;
}
