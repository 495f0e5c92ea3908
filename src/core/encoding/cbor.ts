/**
 * CBOR in its core deterministic encoding (RFC 8949, 4.2.1), the part of it that the protocol uses:
 * no floats, no undefined, no indefinite lengths, and one way only to write each value.
 */
import { ALL_ASCII, ByteRoom } from "./byte-room.ts";
import { compareBytes } from "./bytes.ts";
import { malformed } from "./format-error.ts";

/** A value a claim may hold (protocol, 3): integers within ±(2^53−1), text in NFC, at most 4 deep. */
export type ClaimValue =
  | string
  | number
  | boolean
  | null
  | readonly ClaimValue[]
  | { readonly [name: string]: ClaimValue };

/** Everything that protocol messages are made of. Integers past 2^53−1 are bigint. */
export type CborValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<string | number, CborValue>
  | Tagged;

export class Tagged {
  readonly tag: number;
  readonly value: CborValue;

  constructor(tag: number, value: CborValue) {
    this.tag = tag;
    this.value = value;
  }
}

const MAX_DEPTH = 16;
/** The largest integer of eight bytes; as `notAfter` it says 'no end' (protocol, 5). */
export const U64_MAX = 0xffff_ffff_ffff_ffffn;
const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const Major = { uint: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 };

/** @param prefix bytes that go before it */
export function encodeCbor(value: CborValue, prefix?: Uint8Array): Uint8Array {
  return writer.encode(value, prefix);
}

/**
 * Several values, one after another, for a moment.
 * @param prefix bytes that go before each
 * @param use is given bytes that are another's once it returns, and where each value ends, from 0 on; it must not
 * encode anything
 */
export function withCbor<T>(
  values: readonly CborValue[],
  prefix: Uint8Array,
  use: (bytes: Uint8Array, ends: readonly number[]) => T,
): T {
  return writer.lend(values, prefix, use);
}

const FIRST_ROOM = 4096;
const HEAD_BYTES = 9;
const NOTHING = new Uint8Array();
/** Texts up to here are turned into UTF-8 by hand: a call of the encoder costs more than they do. */
const SHORT_TEXT = 64;

/** One for all: nothing is written while something else is, but a map's keys, one after another. */
class Writer extends ByteRoom {
  constructor() {
    super(FIRST_ROOM);
  }

  encode(value: CborValue, prefix: Uint8Array = NOTHING): Uint8Array {
    const start = this.at;
    try {
      this.#write(value, prefix);
      return this.bytes.slice(start, this.at);
    } finally {
      this.at = start;
    }
  }

  lend<T>(
    values: readonly CborValue[],
    prefix: Uint8Array,
    use: (bytes: Uint8Array, ends: readonly number[]) => T,
  ): T {
    const start = this.at;
    const ends = [0];
    try {
      for (const value of values) {
        this.#write(value, prefix);
        ends.push(this.at - start);
      }
      return use(this.bytes.subarray(start, this.at), ends);
    } finally {
      this.at = start;
    }
  }

  #write(value: CborValue, prefix: Uint8Array): void {
    if (prefix.length > 0) this.append(prefix);
    this.value(value);
  }

  value(value: CborValue): void {
    if (typeof value === "string") this.#text(value);
    else if (typeof value === "number" || typeof value === "bigint") this.#integer(value);
    else if (value === null) this.byte(0xf6);
    else if (typeof value === "boolean") this.byte(value ? 0xf5 : 0xf4);
    else if (value instanceof Uint8Array) this.#string(Major.bytes, value);
    else this.#composite(value);
  }

  #composite(value: Exclude<CborValue, string | number | bigint | boolean | null>): void {
    if (value instanceof Tagged) {
      this.#head(Major.tag, value.tag);
      this.value(value.value);
    } else if (value instanceof Map) {
      this.#map(value as ReadonlyMap<string | number, CborValue>);
    } else {
      const items = value as readonly CborValue[];
      this.#head(Major.array, items.length);
      for (const item of items) this.value(item);
    }
  }

  #head(major: number, argument: number | bigint): void {
    const lead = major << 5;
    if (argument < 24) this.byte(lead | Number(argument));
    else if (argument <= 0xff) this.#argument(lead | 24, Number(argument), 1);
    else if (argument <= 0xffff) this.#argument(lead | 25, Number(argument), 2);
    else if (argument <= 0xffff_ffff) this.#argument(lead | 26, Number(argument), 4);
    else this.#wide(lead | 27, BigInt(argument));
  }

  #argument(lead: number, argument: number, width: number): void {
    this.reach(HEAD_BYTES);
    this.bytes[this.at++] = lead;
    for (let i = width - 1; i >= 0; i--) this.bytes[this.at++] = argument >>> (8 * i);
  }

  #wide(lead: number, argument: bigint): void {
    this.#argument(lead, Number(argument >> 32n), 4);
    for (let i = 3; i >= 0; i--)
      this.bytes[this.at++] = Number(argument & 0xffff_ffffn) >>> (8 * i);
  }

  #integer(value: number | bigint): void {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new RangeError(`${String(value)} is not an integer within ±(2^53−1)`);
    }
    if (value > U64_MAX || value < -1n - U64_MAX) {
      throw new RangeError(`${String(value)} does not fit eight bytes`);
    }
    if (value >= 0) this.#head(Major.uint, value);
    else this.#head(Major.negative, -1n - BigInt(value));
  }

  #string(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length);
    this.append(bytes);
  }

  #text(text: string): void {
    const length = text.length <= SHORT_TEXT ? utf8Length(text) : -1;
    if (length < 0) return this.#string(Major.text, utf8Encoder.encode(text));
    this.#head(Major.text, length);
    this.plain(text, ALL_ASCII);
  }

  #map(map: ReadonlyMap<string | number, CborValue>): void {
    const entries = [...map].map(([key, value]) => ({ key: encodeCbor(key), value }));
    entries.sort((a, b) => compareBytes(a.key, b.key));
    this.#head(Major.map, entries.length);
    for (const { key, value } of entries) {
      this.append(key);
      this.value(value);
    }
  }
}

const writer = new Writer();

/** In bytes, or -1 for a text with surrogates. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit >= 0xd800 && unit < 0xe000) return -1;
    length += unit < 0x800 ? 1 : 2;
  }
  return length;
}

/**
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
    if (major === Major.negative) return narrow(-1n - BigInt(argument));
    if (typeof argument === "bigint") throw this.fault("a length or a tag past 2^53");
    return this.#composite(major, argument, depth + 1);
  }

  #composite(major: number, length: number, depth: number): CborValue {
    if (major === Major.bytes) return this.#copy(length);
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
    const argument = BigInt(high) * 0x1_0000_0000n + BigInt(this.#number(4));
    if (high === 0) throw this.fault("a head longer than needed");
    return narrow(argument);
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

  #copy(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  #take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Short ASCII, as most texts are, without the decoder, whose call costs more than they do. */
  #text(length: number): string {
    const bytes = this.#take(length);
    const ascii = length < 24 ? asciiOf(bytes) : null;
    if (ascii !== null) return ascii;
    try {
      return utf8Decoder.decode(bytes);
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
    let previous: Uint8Array | null = null;
    for (let i = 0; i < length; i++) {
      const start = this.#at;
      const key = this.value(depth);
      if (typeof key !== "string" && typeof key !== "number")
        throw this.fault("a key of this kind");
      const encoded = this.#bytes.subarray(start, this.#at);
      if (previous !== null && compareBytes(previous, encoded) >= 0) {
        throw this.fault("keys out of order or twice");
      }
      previous = encoded;
      map.set(key, this.value(depth));
    }
    return map;
  }
}

function asciiOf(bytes: Uint8Array): string | null {
  let text = "";
  for (const byte of bytes) {
    if (byte >= 0x80) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

function narrow(value: bigint): number | bigint {
  const isSafe =
    value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER);
  return isSafe ? Number(value) : value;
}

/** A non-negative integer within 2^53−1. */
export function isUint(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
