/** Checking that a leaf belongs to a batch (protocol, 6). */
import type { Hash } from "../hashing.ts";
import { HASH_BYTES, hashWith } from "./tree.ts";

/** The longest path that any batch can have: 2^32 leaves. */
export const MAX_PATH_HASHES = 32;

/** ⌈log2(size)⌉: no path in a batch of this size is longer. */
export function longestPath(size: number): number {
  return Math.ceil(Math.log2(size));
}

/** @param path siblings from the leaf up, 32 bytes each, one after another. */
export function rootOfPath(hash: Hash, leaf: Uint8Array, path: Uint8Array): Uint8Array {
  let node = leaf;
  for (let at = 0; at < path.length; at += HASH_BYTES) node = hashWith(hash, node, path, at);
  return node;
}
