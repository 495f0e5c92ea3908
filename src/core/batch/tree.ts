/**
 * The batch tree (protocol, 6): node = H(min ‖ max), an odd last node moves up unchanged. It is the
 * tree of merkletreejs with `sortPairs`, and OpenZeppelin's MerkleProof accepts its paths.
 */
import { concatBytes } from "../encoding/bytes.ts";
import type { Hash } from "../hashing.ts";

export const HASH_BYTES = 32;

/** All levels of a tree in one flat array of 32-byte hashes, leaves first, root last. */
export interface BatchTree {
  readonly size: number;
  readonly nodes: Uint8Array;
}

/** One for all: it is hashed before the next is written. */
const pair = new Uint8Array(2 * HASH_BYTES);

export function hashPair(hash: Hash, a: Uint8Array, b: Uint8Array): Uint8Array {
  return hashWith(hash, a, b, 0);
}

/** @param a one node of 32 bytes. @param nodes in which the other begins at `at` */
export function hashWith(hash: Hash, a: Uint8Array, nodes: Uint8Array, at: number): Uint8Array {
  const [first, second] = isBefore(a, nodes, at) ? [0, HASH_BYTES] : [HASH_BYTES, 0];
  for (let i = 0; i < HASH_BYTES; i++) {
    pair[first + i] = a[i] as number;
    pair[second + i] = nodes[at + i] as number;
  }
  return hash(pair);
}

function isBefore(a: Uint8Array, nodes: Uint8Array, at: number): boolean {
  for (let i = 0; i < HASH_BYTES; i++) {
    const difference = (a[i] as number) - (nodes[at + i] as number);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** The sizes of the levels, from the leaves to the root: 5 → [5, 3, 2, 1]. */
function levelSizes(size: number): number[] {
  const sizes = [size];
  for (let rest = size; rest > 1; sizes.push(rest)) rest = Math.ceil(rest / 2);
  return sizes;
}

/** @param leaves 1 or more leaves of 32 bytes, one after another, in index order. */
export function buildBatchTree(hash: Hash, leaves: Uint8Array): BatchTree {
  const size = leaves.length / HASH_BYTES;
  if (size < 1 || !Number.isInteger(size)) throw new RangeError("leaves are not 32 bytes each");
  const sizes = levelSizes(size);
  const nodes = new Uint8Array(sizes.reduce((sum, count) => sum + count, 0) * HASH_BYTES);
  nodes.set(leaves);
  let below = 0;
  for (let level = 1; level < sizes.length; level++) {
    const above = below + (sizes[level - 1] as number);
    fillLevel(hash, nodes, below, sizes[level - 1] as number, above);
    below = above;
  }
  return { size, nodes };
}

function fillLevel(
  hash: Hash,
  nodes: Uint8Array,
  below: number,
  count: number,
  above: number,
): void {
  for (let i = 0; i < count; i += 2) {
    const left = nodeAt(nodes, below + i);
    const right = (below + i + 1) * HASH_BYTES;
    const node = i + 1 < count ? hashWith(hash, left, nodes, right) : left;
    nodes.set(node, (above + i / 2) * HASH_BYTES);
  }
}

function nodeAt(nodes: Uint8Array, position: number): Uint8Array {
  return nodes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
}

export function batchRoot(tree: BatchTree): Uint8Array {
  return tree.nodes.slice(-HASH_BYTES);
}

/** The leaf with this index, below the tree's size. */
export function leafAt({ nodes }: BatchTree, index: number): Uint8Array {
  return nodeAt(nodes, index);
}

/** @returns the siblings from the leaf up, 32 bytes each, one after another. */
export function provePath(tree: BatchTree, index: number): Uint8Array {
  if (index < 0 || index >= tree.size) throw new RangeError(`no leaf ${String(index)}`);
  const path: Uint8Array[] = [];
  let below = 0;
  let at = index;
  for (const count of levelSizes(tree.size)) {
    const sibling = at ^ 1;
    if (sibling < count) path.push(nodeAt(tree.nodes, below + sibling));
    below += count;
    at >>>= 1;
  }
  return concatBytes(...path);
}
