/**
 * CBOR in its core deterministic encoding (RFC 8949, 4.2.1), the part of it that the protocol uses:
 * no floats, no undefined, no indefinite lengths, and one way only to write each value.
 */
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

export function encodeCbor(value: CborValue): Uint8Array {
  const out: number[] = [];
  writeValue(out, value);
  return Uint8Array.from(out);
}

function writeValue(out: number[], value: CborValue): void {
  if (typeof value === "string") return writeString(out, Major.text, utf8Encoder.encode(value));
  if (typeof value === "number" || typeof value === "bigint") return writeInteger(out, value);
  if (value === null) return void out.push(0xf6);
  if (typeof value === "boolean") return void out.push(value ? 0xf5 : 0xf4);
  if (value instanceof Uint8Array) return writeString(out, Major.bytes, value);
  if (value instanceof Tagged) {
    writeHead(out, Major.tag, value.tag);
    return writeValue(out, value.value);
  }
  if (value instanceof Map) return writeMap(out, value as ReadonlyMap<string | number, CborValue>);
  writeArray(out, value as readonly CborValue[]);
}

function writeHead(out: number[], major: number, argument: number | bigint): void {
  const lead = major << 5;
  if (argument < 24) out.push(lead | Number(argument));
  else if (argument <= 0xff) out.push(lead | 24, Number(argument));
  else if (argument <= 0xffff) writeArgument(out, lead | 25, argument, 2);
  else if (argument <= 0xffff_ffff) writeArgument(out, lead | 26, argument, 4);
  else writeArgument(out, lead | 27, argument, 8);
}

function writeArgument(
  out: number[],
  lead: number,
  argument: number | bigint,
  width: number,
): void {
  out.push(lead);
  for (let i = width - 1; i >= 0; i--) out.push(Number((BigInt(argument) >> BigInt(8 * i)) & 255n));
}

function writeInteger(out: number[], value: number | bigint): void {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`${String(value)} is not an integer within ±(2^53−1)`);
  }
  if (value > U64_MAX || value < -1n - U64_MAX) {
    throw new RangeError(`${String(value)} does not fit eight bytes`);
  }
  if (value >= 0) writeHead(out, Major.uint, value);
  else writeHead(out, Major.negative, -1n - BigInt(value));
}

function writeString(out: number[], major: number, bytes: Uint8Array): void {
  writeHead(out, major, bytes.length);
  for (const byte of bytes) out.push(byte);
}

function writeArray(out: number[], items: readonly CborValue[]): void {
  writeHead(out, Major.array, items.length);
  for (const item of items) writeValue(out, item);
}

function writeMap(out: number[], map: ReadonlyMap<string | number, CborValue>): void {
  const entries = [...map].map(([key, value]) => ({ key: encodeCbor(key), value }));
  entries.sort((a, b) => compareBytes(a.key, b.key));
  writeHead(out, Major.map, entries.length);
  for (const { key, value } of entries) {
    for (const byte of key) out.push(byte);
    writeValue(out, value);
  }
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
    if (major === Major.bytes) return this.#take(length).slice();
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
    const width = 1 << (short - 24);
    let argument = 0n;
    for (const byte of this.#take(width)) argument = (argument << 8n) | BigInt(byte);
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    if (argument < least) throw this.fault("a head longer than needed");
    return narrow(argument);
  }

  #byte(): number {
    return this.#take(1)[0] as number;
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw this.fault("cut short");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #text(length: number): string {
    const bytes = this.#take(length);
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

function narrow(value: bigint): number | bigint {
  const isSafe =
    value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER);
  return isSafe ? Number(value) : value;
}

/** A non-negative integer within 2^53−1. */
export function isUint(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
