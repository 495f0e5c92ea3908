/** Base45 (RFC 9285): two bytes in three characters that a QR code holds in eleven bits each pair. */
import { malformed } from "./format-error.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

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
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3);
    const value = groupValue(group);
    if (value >= (group.length === 3 ? 65536 : 256)) {
      throw malformed(`base45@${String(i)}`, `'${group}' is past its range`);
    }
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

function groupValue(group: string): number {
  let value = 0;
  for (let i = group.length - 1; i >= 0; i--) {
    const digit = ALPHABET.indexOf(group.charAt(i));
    if (digit < 0) throw malformed("base45", "a character that is not base45");
    value = value * 45 + digit;
  }
  return value;
}
