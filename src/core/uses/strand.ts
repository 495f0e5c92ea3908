/** A strand (链段) of the use log: what one process writes from its start to its end, each line chained to the last. */
import { concatBytes } from "../encoding/bytes.ts";
import type { Hash } from "../hashing.ts";
import { encodeEntry, encodeHeader } from "./entry.ts";
import type { StrandHeader, Use } from "./use.ts";

/** Separates these hashes from every other use of SHA-256. */
const DOMAIN = new TextEncoder().encode("liangzheng/use-log/1");
const HASH_BYTES = 32;

/** A line as it is kept. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly entry: Uint8Array;
  /** h_k = SHA-256(DOMAIN ‖ h_{k−1} ‖ entry) */
  readonly hash: Uint8Array;
}

/** h_0 = SHA-256(DOMAIN ‖ header) */
export function firstHash(sha256: Hash, header: Uint8Array): Uint8Array {
  return sha256(concatBytes(DOMAIN, header));
}

/** One buffer for all: the hash is taken before anything else is written there. */
let room: Uint8Array = new Uint8Array(DOMAIN.length + HASH_BYTES + 1_024);
room.set(DOMAIN);

export function nextHash(sha256: Hash, previous: Uint8Array, entry: Uint8Array): Uint8Array {
  const start = DOMAIN.length + HASH_BYTES;
  const length = start + entry.length;
  if (length > room.length) room = concatBytes(DOMAIN, new Uint8Array(2 * length));
  room.set(previous, DOMAIN.length);
  room.set(entry, start);
  return sha256(room.subarray(0, length));
}

/** A strand that grows. */
export class Strand {
  readonly header: StrandHeader;
  readonly #sha256: Hash;
  #number = 0;
  #head: Uint8Array;

  constructor(sha256: Hash, header: StrandHeader) {
    this.header = header;
    this.#sha256 = sha256;
    this.#head = firstHash(sha256, encodeHeader(header));
  }

  get length(): number {
    return this.#number;
  }

  /** The next line; it is part of the chain from now on, so that it must be kept or the strand be ended. */
  append(use: Use): Line {
    const number = ++this.#number;
    const entry = encodeEntry({ strand: this.header.id, number }, use);
    const hash = nextHash(this.#sha256, this.#head, entry);
    this.#head = hash;
    return { number, entry, hash };
  }
}
