/** Byte strings as the protocol writes them: hex in JSON and on the chain, base64url in files. */

const NO_DIGIT = 255;
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HEX = "0123456789abcdef";
const HEX_CODES = Array.from(HEX, (digit) => digit.charCodeAt(0));
const HEX_DIGITS = digitsOf(HEX);
const BASE64URL_DIGITS = digitsOf(BASE64URL);

/** What each character stands for, by its code; NO_DIGIT for all others. A code past 127 has no entry. */
export function digitsOf(alphabet: string): Uint8Array {
  const digits = new Uint8Array(128).fill(NO_DIGIT);
  for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
  return digits;
}

/** @returns 0 to the alphabet's length, or NO_DIGIT and more */
export function digitAt(digits: Uint8Array, text: string, at: number): number {
  return digits[text.charCodeAt(at)] ?? NO_DIGIT;
}

/** How many bytes are written at once: a hash, as most are. */
const HEX_PIECE = 32;

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += HEX_PIECE) {
    text += hexOfPiece(bytes, from, Math.min(from + HEX_PIECE, bytes.length));
  }
  return text;
}

/** From all its characters: a text that is put together of many small ones is a chain of them. */
function hexOfPiece(bytes: Uint8Array, from: number, to: number): string {
  const codes: number[] = [];
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    codes.push(HEX_CODES[byte >> 4] as number, HEX_CODES[byte & 15] as number);
  }
  return String.fromCharCode(...codes);
}

/** @returns the bytes, or null where the text is not an even number of lower-case hex digits. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = new Uint8Array(text.length / 2);
  return readHex(text, 0, bytes, 0, bytes.length) ? bytes : null;
}

/**
 * Reads `count` bytes from `from` on into `bytes`, from `at` on.
 * @returns false where they are not all lower-case hex digits
 */
export function readHex(
  text: string,
  from: number,
  bytes: Uint8Array,
  at: number,
  count: number,
): boolean {
  for (let i = 0; i < count; i++) {
    const high = digitAt(HEX_DIGITS, text, from + 2 * i);
    const low = digitAt(HEX_DIGITS, text, from + 2 * i + 1);
    if ((high | low) >= 16) return false;
    bytes[at + i] = high * 16 + low;
  }
  return true;
}

/** Base64url without padding (RFC 4648, 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xffff;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += BASE64URL.charAt((pending >> (bits - 6)) & 63);
  }
  return bits === 0 ? text : text + BASE64URL.charAt((pending << (6 - bits)) & 63);
}

/** @returns the bytes, or null for padding, foreign characters or bits left over that are not zero. */
export function fromBase64Url(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitAt(BASE64URL_DIGITS, text, i);
    if (digit === NO_DIGIT) return null;
    pending = ((pending << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (pending >> bits) & 255;
    }
  }
  const leftOver = pending & ((1 << bits) - 1);
  return bits >= 6 || leftOver !== 0 ? null : bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytewise order: negative, zero or positive as in Array.prototype.sort. A prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}
