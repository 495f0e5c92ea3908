/**
 * A page in bytes, before it is encrypted: up to 64 certificates with all that is needed to show them. Numbers
 * are written as the machine has them, lowest byte first:
 *
 *     6 × u32   version and flags, certificates, claims, names, bytes of names, bytes of values
 *     f64       for each certificate notBefore and notAfter, in seconds since 1970; Infinity is 'no end'
 *     u16|u32   for each claim the length of its value
 *     u16       for each name its length, for each claim the number of its name, for each certificate its claims
 *     u8        for each certificate its place in the page; salts; holders unless all are bearers; names; values
 */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { SALT_BYTES } from "../../core/certificate/claim.ts";
import { PAGE_CERTIFICATES } from "../../ports/agency-store.ts";
import { entry } from "../hashing/flat-certificates.ts";
import type { FlatCertificates } from "../hashing/flat-certificates.ts";

export interface PageContent {
  /** For each certificate its place in the page, rising: one that was erased leaves a gap. */
  readonly places: Uint8Array;
  readonly certificates: FlatCertificates;
}

const VERSION = 1;
const LONG_VALUES = 0x100;
const HOLDERS = 0x200;
const HEADER_NUMBERS = 6;
const U16_MAX = 0xffff;

interface Sizes {
  readonly flags: number;
  readonly count: number;
  readonly claims: number;
  readonly names: number;
  readonly nameBytes: number;
  readonly valueBytes: number;
}

/** How many bytes `writePage` writes. */
export function pageBytes(certificates: FlatCertificates): number {
  return bytesOf(sizesOf(certificates));
}

function bytesOf({ flags, count, claims, names, nameBytes, valueBytes }: Sizes): number {
  const lengths = claims * ((flags & LONG_VALUES) !== 0 ? 4 : 2);
  const holders = (flags & HOLDERS) !== 0 ? count * HASH_BYTES : 0;
  const numbers = 4 * HEADER_NUMBERS + 16 * count + lengths + 2 * (names + claims + count);
  return numbers + count + claims * SALT_BYTES + holders + nameBytes + valueBytes;
}

function sizesOf({ count, names, nameNumbers, values, holders }: FlatCertificates): Sizes {
  return {
    flags: VERSION | (hasLong(values.ends) ? LONG_VALUES : 0) | (hasAny(holders) ? HOLDERS : 0),
    count,
    claims: nameNumbers.length,
    names: names.ends.length - 1,
    nameBytes: names.bytes.length,
    valueBytes: values.bytes.length,
  };
}

function hasLong(ends: Uint32Array): boolean {
  for (let i = 1; i < ends.length; i++) {
    if (entry(ends, i) - entry(ends, i - 1) > U16_MAX) return true;
  }
  return false;
}

const BEARERS = new Uint8Array(PAGE_CERTIFICATES * HASH_BYTES);

function hasAny(holders: Uint8Array): boolean {
  return Buffer.compare(holders, BEARERS.subarray(0, holders.length)) !== 0;
}

/** Takes typed arrays out of a buffer, one after another. */
class Cutter {
  readonly #buffer: ArrayBuffer;
  #at: number;

  constructor(buffer: ArrayBuffer, at: number) {
    this.#buffer = buffer;
    this.#at = at;
  }

  doubles(count: number): Float64Array {
    return new Float64Array(this.#buffer, this.#taken(8 * count), count);
  }

  longs(count: number): Uint32Array {
    return new Uint32Array(this.#buffer, this.#taken(4 * count), count);
  }

  shorts(count: number): Uint16Array {
    return new Uint16Array(this.#buffer, this.#taken(2 * count), count);
  }

  bytes(count: number): Uint8Array {
    return new Uint8Array(this.#buffer, this.#taken(count), count);
  }

  #taken(bytes: number): number {
    this.#at += bytes;
    return this.#at - bytes;
  }
}

interface Parts {
  readonly validities: Float64Array;
  readonly valueLengths: Uint16Array | Uint32Array;
  readonly nameLengths: Uint16Array;
  readonly nameNumbers: Uint16Array;
  readonly claimCounts: Uint16Array;
  readonly places: Uint8Array;
  readonly salts: Uint8Array;
  readonly holders: Uint8Array;
  readonly names: Uint8Array;
  readonly values: Uint8Array;
}

function partsOf(buffer: ArrayBuffer, sizes: Sizes): Parts {
  const { flags, count, claims } = sizes;
  const cut = new Cutter(buffer, 4 * HEADER_NUMBERS);
  return {
    validities: cut.doubles(2 * count),
    valueLengths: (flags & LONG_VALUES) !== 0 ? cut.longs(claims) : cut.shorts(claims),
    nameLengths: cut.shorts(sizes.names),
    nameNumbers: cut.shorts(claims),
    claimCounts: cut.shorts(count),
    places: cut.bytes(count),
    salts: cut.bytes(claims * SALT_BYTES),
    holders: cut.bytes((flags & HOLDERS) !== 0 ? count * HASH_BYTES : 0),
    names: cut.bytes(sizes.nameBytes),
    values: cut.bytes(sizes.valueBytes),
  };
}

/** @param buffer where it is written, of `pageBytes` or more. @returns what was written of it */
export function writePage({ places, certificates }: PageContent, buffer: ArrayBuffer): Uint8Array {
  const sizes = sizesOf(certificates);
  const { flags, count, claims, names, nameBytes, valueBytes } = sizes;
  new Uint32Array(buffer, 0, HEADER_NUMBERS).set([
    flags,
    count,
    claims,
    names,
    nameBytes,
    valueBytes,
  ]);
  const parts = partsOf(buffer, sizes);
  parts.validities.set(certificates.validities);
  writeLengths(certificates.values.ends, parts.valueLengths);
  writeLengths(certificates.names.ends, parts.nameLengths);
  parts.nameNumbers.set(certificates.nameNumbers);
  writeLengths(certificates.claimStarts, parts.claimCounts);
  parts.places.set(places);
  parts.salts.set(certificates.salts);
  if (parts.holders.length > 0) parts.holders.set(certificates.holders);
  parts.names.set(certificates.names.bytes);
  parts.values.set(certificates.values.bytes);
  return new Uint8Array(buffer, 0, bytesOf(sizes));
}

function writeLengths(ends: Uint32Array, lengths: Uint16Array | Uint32Array): void {
  for (let i = 0; i < lengths.length; i++) lengths[i] = entry(ends, i + 1) - entry(ends, i);
}

/**
 * @param firstIndex the index of the page's first place in its batch
 * @returns null where it is no page of this version
 */
export function readPage(bytes: Uint8Array, firstIndex: number): PageContent | null {
  const buffer = Uint8Array.from(bytes).buffer;
  if (buffer.byteLength < 4 * HEADER_NUMBERS) return null;
  const [flags, count, claims, names, nameBytes, valueBytes] = new Uint32Array(
    buffer,
    0,
    HEADER_NUMBERS,
  ) as unknown as [number, number, number, number, number, number];
  const sizes = { flags, count, claims, names, nameBytes, valueBytes };
  if ((flags & 0xff) !== VERSION || bytesOf(sizes) !== buffer.byteLength) return null;
  const parts = partsOf(buffer, sizes);
  return { places: parts.places, certificates: certificatesOf(parts, sizes, firstIndex) };
}

function certificatesOf(parts: Parts, { count }: Sizes, firstIndex: number): FlatCertificates {
  return {
    count,
    firstIndex,
    names: { bytes: parts.names, ends: endsOf(parts.nameLengths) },
    claimStarts: endsOf(parts.claimCounts),
    nameNumbers: parts.nameNumbers,
    salts: parts.salts,
    values: { bytes: parts.values, ends: endsOf(parts.valueLengths) },
    validities: parts.validities,
    holders: parts.holders.length > 0 ? parts.holders : new Uint8Array(count * HASH_BYTES),
  };
}

function endsOf(lengths: Uint16Array | Uint32Array): Uint32Array {
  const ends = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) ends[i + 1] = entry(ends, i) + entry(lengths, i);
  return ends;
}
