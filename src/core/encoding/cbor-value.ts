/** What CBOR holds here: the part of it that the protocol uses. */

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

/** The largest integer of eight bytes; as `notAfter` it says 'no end' (protocol, 5). */
export const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** How a value's first three bits say what it is (RFC 8949, 3.1). */
export const Major = {
  uint: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  simple: 7,
};

/** A non-negative integer within 2^53−1. */
export function isUint(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
