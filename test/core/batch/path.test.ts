import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { MAX_PATH_HASHES, longestPath, rootOfPath } from "../../../src/core/batch/path.ts";
import { batchRoot, buildBatchTree, provePath } from "../../../src/core/batch/tree.ts";
import { concatBytes, equalBytes } from "../../../src/core/encoding/bytes.ts";
import { seededBytes } from "../../support/seeded.ts";

const { keccak256 } = await loadPrimitives();

describe("a path", () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [1000, 10],
    [2 ** 32 - 1, 32],
    [2 ** 32, MAX_PATH_HASHES],
  ])("in a batch of %i has at most %i hashes", (size, most) => {
    expect(longestPath(size)).toBe(most);
  });

  it("leads to the root from its own leaf only, with every hash in its place", () => {
    const leaves = Array.from({ length: 11 }, (_, i) => seededBytes(`path ${String(i)}`, 32));
    const tree = buildBatchTree(keccak256, concatBytes(...leaves));
    const [leaf, path] = [leaves[4] as Uint8Array, provePath(tree, 4)];
    const leads = (from: Uint8Array, along: Uint8Array): boolean =>
      equalBytes(rootOfPath(keccak256, from, along), batchRoot(tree));
    expect(leads(leaf, path)).toBe(true);
    expect(leads(leaves[5] as Uint8Array, path)).toBe(false);
    expect(leads(leaf, path.slice(32))).toBe(false);
    expect(leads(leaf, path.slice(0, -32))).toBe(false);
    expect(leads(leaf, concatBytes(path, path.slice(0, 32)))).toBe(false);
    expect(leads(leaf, concatBytes(path.slice(32, 64), path.slice(0, 32), path.slice(64)))).toBe(
      false,
    );
    for (let at = 0; at < path.length; at++) {
      expect(leads(leaf, path.with(at, (path[at] as number) ^ 1))).toBe(false);
    }
  });
});
