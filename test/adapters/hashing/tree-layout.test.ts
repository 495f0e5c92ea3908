/** Where a tree's nodes lie when its chunks' trees are kept one after another. */
import { describe, expect, it } from "@jest/globals";
import { buildFlatTree } from "../../../src/adapters/hashing/flat-tree.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import {
  CHUNK_LEAVES,
  leafPosition,
  pathPositions,
  treeBytes,
} from "../../../src/adapters/hashing/tree-layout.ts";
import { leafAt, provePath } from "../../../src/core/batch/tree.ts";
import type { BatchTree } from "../../../src/core/batch/tree.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { seededBytes } from "../../support/seeded.ts";

const kernel = new HashingKernel();

function treeOf(size: number): BatchTree {
  return buildFlatTree(kernel, 1, seededBytes("leaves", 32 * size));
}

/** The chunks' trees, and above them the tree over their roots. */
function laidOut({ size, nodes }: BatchTree): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < size; from += CHUNK_LEAVES) {
    const leaves = nodes.subarray(32 * from, 32 * Math.min(size, from + CHUNK_LEAVES));
    chunks.push(buildFlatTree(kernel, 1, leaves).nodes);
  }
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const roots = concatBytes(...chunks.map((chunk) => chunk.slice(-32)));
  return concatBytes(...chunks, buildFlatTree(kernel, 1, roots).nodes);
}

/** The first and last leaves, those about every border of a chunk, and some between. */
function indices(size: number): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return all.filter((i) => i < 3 || i > size - 4 || (i + 2) % CHUNK_LEAVES < 4 || i % 997 === 0);
}

describe("a tree kept chunk by chunk", () => {
  it.each([1, 2, 3, 7, 4095, 4096, 4097, 4099, 8191, 8192, 8193, 12_289, 20_000])(
    "of %i leaves has the root, the leaves and the paths of the core's tree",
    (size) => {
      const tree = treeOf(size);
      const kept = laidOut(tree);
      const nodesAt = (positions: readonly number[]): string =>
        positions.map((at) => toHex(kept.subarray(at, at + 32))).join("");
      expect(kept.length).toBe(treeBytes(size));
      expect(nodesAt([kept.length - 32])).toBe(toHex(tree.nodes.slice(-32)));
      for (const index of indices(size)) {
        expect(nodesAt([leafPosition(size, index)])).toBe(toHex(leafAt(tree, index)));
        expect(nodesAt(pathPositions(size, index))).toBe(toHex(provePath(tree, index)));
      }
    },
  );

  it("has no path and no leaf that it does not have", () => {
    for (const index of [-1, 4100, 8192]) {
      expect(() => pathPositions(4100, index)).toThrow(RangeError);
      expect(() => leafPosition(4100, index)).toThrow(RangeError);
    }
  });
});
