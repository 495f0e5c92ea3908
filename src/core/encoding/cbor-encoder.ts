/** Writes CBOR, each value in the one way there is for it. */
import { ALL_ASCII, ByteRoom } from "./byte-room.ts";
import { compareBytes } from "./bytes.ts";
import { Major, Tagged, U64_MAX } from "./cbor-value.ts";
import type { CborValue } from "./cbor-value.ts";

const utf8Encoder = new TextEncoder();

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
