/** Reads CBOR, and refuses whatever the encoder would not have written. */
import { Major, Tagged, U64_MAX } from "./cbor-value.ts";
import type { CborValue } from "./cbor-value.ts";
import { malformed } from "./format-error.ts";

const MAX_DEPTH = 16;
/** V8 keeps so many bytes in its own heap. */
const MOST_COPIED = 64;
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * @returns long byte strings in it are views of `bytes`, which must not change while they are used
 * @throws FormatError MALFORMED for anything that is not deterministic, is cut short, nests deeper than
 * 16, or has bytes after its end.
 */
export function decodeCbor(bytes: Uint8Array, where = "cbor"): CborValue {
  const reader = new Reader(bytes, where);
  const value = reader.value(0);
  if (!reader.isAtEnd()) throw reader.fault("bytes after the end");
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #at = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  fault(message: string): Error {
    return malformed(`${this.#where}@${String(this.#at)}`, message);
  }

  value(depth: number): CborValue {
    if (depth > MAX_DEPTH) throw this.fault(`nested deeper than ${String(MAX_DEPTH)}`);
    const lead = this.#byte();
    const major = lead >> 5;
    if (major === Major.simple) return this.#simple(lead);
    const argument = this.#argument(lead & 31);
    if (major === Major.uint) return argument;
    if (major === Major.negative) return negative(argument);
    if (typeof argument === "bigint") throw this.fault("a length or a tag past 2^53");
    return this.#composite(major, argument, depth + 1);
  }

  #composite(major: number, length: number, depth: number): CborValue {
    if (major === Major.bytes) return this.#string(length);
    if (major === Major.text) return this.#text(length);
    if (major === Major.array) return this.#array(length, depth);
    if (major === Major.map) return this.#map(length, depth);
    return new Tagged(length, this.value(depth));
  }

  #simple(lead: number): CborValue {
    if (lead === 0xf4) return false;
    if (lead === 0xf5) return true;
    if (lead === 0xf6) return null;
    throw this.fault("a float or a simple value that the protocol does not use");
  }

  #argument(short: number): number | bigint {
    if (short < 24) return short;
    if (short > 27) throw this.fault("an indefinite length or a reserved head");
    if (short === 27) return this.#wide();
    const width = 1 << (short - 24);
    const argument = this.#number(width);
    const least = width === 1 ? 24 : 2 ** (4 * width);
    if (argument < least) throw this.fault("a head longer than needed");
    return argument;
  }

  #wide(): number | bigint {
    const high = this.#number(4);
    const low = this.#number(4);
    if (high === 0) throw this.fault("a head longer than needed");
    if (high < 2 ** 21) return high * 2 ** 32 + low;
    return (high & low) === -1 ? U64_MAX : BigInt(high) * 0x1_0000_0000n + BigInt(low);
  }

  #number(width: number): number {
    const start = this.#advance(width);
    let number = 0;
    for (let i = start; i < start + width; i++) number = number * 256 + (this.#bytes[i] as number);
    return number;
  }

  #byte(): number {
    return this.#bytes[this.#advance(1)] as number;
  }

  /** @returns where it was */
  #advance(length: number): number {
    if (length > this.#bytes.length - this.#at) throw this.fault("cut short");
    this.#at += length;
    return this.#at - length;
  }

  /** What is short is copied, in a few nanoseconds; room of its own for what is long would cost half a microsecond. */
  #string(length: number): Uint8Array {
    const start = this.#advance(length);
    if (length > MOST_COPIED) return this.#bytes.subarray(start, start + length);
    const copy = new Uint8Array(length);
    for (let i = 0; i < length; i++) copy[i] = this.#bytes[start + i] as number;
    return copy;
  }

  /** Short ASCII, as most texts are, without the decoder, whose call costs more than they do. */
  #text(length: number): string {
    const start = this.#advance(length);
    const ascii = length < 24 ? asciiOf(this.#bytes, start, this.#at) : null;
    if (ascii !== null) return ascii;
    try {
      return utf8Decoder.decode(this.#bytes.subarray(start, this.#at));
    } catch {
      throw this.fault("text that is not UTF-8");
    }
  }

  #array(length: number, depth: number): CborValue[] {
    const items: CborValue[] = [];
    for (let i = 0; i < length; i++) items.push(this.value(depth));
    return items;
  }

  #map(length: number, depth: number): Map<string | number, CborValue> {
    const map = new Map<string | number, CborValue>();
    let previous = this.#at;
    for (let i = 0; i < length; i++) {
      const start = this.#at;
      const key = this.value(depth);
      if (typeof key !== "string" && typeof key !== "number")
        throw this.fault("a key of this kind");
      if (i > 0 && !this.#isBefore(previous, start)) {
        throw this.fault("keys out of order or twice");
      }
      previous = start;
      map.set(key, this.value(depth));
    }
    return map;
  }

  /** Bytewise, of two different places where a value begins: no encoding is the beginning of another. */
  #isBefore(one: number, other: number): boolean {
    let i = 0;
    while (other + i < this.#at && this.#bytes[one + i] === this.#bytes[other + i]) i++;
    return (
      other + i < this.#at && (this.#bytes[one + i] as number) < (this.#bytes[other + i] as number)
    );
  }
}

function asciiOf(bytes: Uint8Array, from: number, to: number): string | null {
  const codes: number[] = [];
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) return null;
    codes.push(byte);
  }
  return String.fromCharCode(...codes);
}

/** −1 − argument */
function negative(argument: number | bigint): number | bigint {
  const isSafe = typeof argument === "number" && argument < Number.MAX_SAFE_INTEGER;
  return isSafe ? -1 - argument : -1n - BigInt(argument);
}
