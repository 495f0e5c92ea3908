/**
 * The batch tree (protocol, 6) made by the kernel: the same bytes as `buildBatchTree` of the core, which
 * hashes node by node.
 */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import type { BatchTree } from "../../core/batch/tree.ts";
import type { SuiteId } from "../../core/hashing.ts";
import type { HashingKernel } from "./hashing-kernel.ts";

/** An even number: only the last of a level may have an odd one. */
const MOST_NODES = 2048;

/** Where a level lies in a tree's nodes, counted in nodes. */
export interface Level {
  readonly first: number;
  readonly count: number;
}

/** The levels of a tree over `size` leaves, from the leaves up: 5 → 5, 3, 2 and 1 nodes. */
export function levelsOf(size: number): Level[] {
  const levels = [{ first: 0, count: size }];
  for (let { first, count } = levels[0] as Level; count > 1;) {
    first += count;
    count = Math.ceil(count / 2);
    levels.push({ first, count });
  }
  return levels;
}

/**
 * @param leaves 1 or more leaves of 32 bytes, one after another, in index order
 * @throws RangeError
 */
export function buildFlatTree(
  kernel: HashingKernel,
  suite: SuiteId,
  leaves: Uint8Array,
): BatchTree {
  const size = leaves.length / HASH_BYTES;
  if (size < 1 || !Number.isInteger(size)) throw new RangeError("leaves are not 32 bytes each");
  const levels = levelsOf(size);
  const { first: root } = levels.at(-1) as Level;
  const nodes = new Uint8Array((root + 1) * HASH_BYTES);
  nodes.set(leaves);
  for (let i = 1; i < levels.length; i++) {
    foldNodes(
      kernel,
      suite,
      bytesOf(nodes, levels[i - 1] as Level),
      bytesOf(nodes, levels[i] as Level),
    );
  }
  return { size, nodes };
}

function bytesOf(nodes: Uint8Array, { first, count }: Level): Uint8Array {
  return nodes.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES);
}

/** One level from the one below it; `above` has half as many nodes, rounded up. */
export function foldNodes(
  kernel: HashingKernel,
  suite: SuiteId,
  below: Uint8Array,
  above: Uint8Array,
): void {
  const passBytes = MOST_NODES * HASH_BYTES;
  for (let from = 0; from < below.length; from += passBytes) {
    const part = below.subarray(from, from + passBytes);
    const into = above.subarray(from / 2, (from + passBytes) / 2);
    const at = kernel.begin(suite, 2 * HASH_BYTES, { part }, { into: into.length });
    kernel.run.foldNodes(at.part, part.length / HASH_BYTES, at.into);
    kernel.read(at.into, into);
  }
}
