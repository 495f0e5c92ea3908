import { describe, expect, it } from "@jest/globals";
import { keccak256 as ethersKeccak256 } from "ethers";
import { MerkleTree } from "merkletreejs";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import {
  batchRoot,
  buildBatchTree,
  hashPair,
  leafAt,
  provePath,
} from "../../../src/core/batch/tree.ts";
import { concatBytes, fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import { isLong } from "../../support/long.ts";
import { seededBytes } from "../../support/seeded.ts";

const { keccak256 } = await loadPrimitives();
const MOST = 300;
/** Every day where a level is begun or full, whatever lies below it. */
const SIZES = isLong ? upTo(MOST) : [...upTo(68), 127, 128, 129, 255, 256, 257, MOST];
const allLeaves = Array.from({ length: MOST }, (_, i) => seededBytes(`leaf ${String(i)}`, 32));

function upTo(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i + 1);
}

/** The same hash from another library, in the form merkletreejs wants. */
function otherKeccak(bytes: Buffer): Buffer {
  return Buffer.from(ethersKeccak256(bytes).slice(2), "hex");
}

describe("the batch tree", () => {
  it("has the root and every path of merkletreejs, for up to 300 leaves, and every leaf proves", () => {
    for (const size of SIZES) {
      const leaves = allLeaves.slice(0, size);
      const tree = buildBatchTree(keccak256, concatBytes(...leaves));
      const other = new MerkleTree(
        leaves.map((leaf) => Buffer.from(leaf)),
        otherKeccak,
        { sortPairs: true },
      );
      const root = toHex(batchRoot(tree));
      expect(`0x${root}`).toBe(other.getHexRoot());
      leaves.forEach((leaf, index) => {
        expect(leafAt(tree, index)).toEqual(leaf);
        const path = provePath(tree, index);
        const others = other
          .getProof(Buffer.from(leaf), index)
          .map(({ data }) => data.toString("hex"));
        if (toHex(path) !== others.join(""))
          throw new Error(`${String(size)}: path ${String(index)}`);
        if (toHex(rootOfPath(keccak256, leaf, path)) !== root)
          throw new Error(`${String(size)}: leaf ${String(index)}`);
      });
    }
  });

  it("hashes a pair the smaller first, so that their order does not matter", () => {
    const [a, b] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(hashPair(keccak256, a, b)).toEqual(keccak256(concatBytes(a, b)));
    expect(hashPair(keccak256, b, a)).toEqual(keccak256(concatBytes(a, b)));
  });

  it("is not made of no leaves, nor of half a one", () => {
    expect(() => buildBatchTree(keccak256, new Uint8Array(0))).toThrow(RangeError);
    expect(() => buildBatchTree(keccak256, new Uint8Array(48))).toThrow(RangeError);
  });

  it("has no path for a leaf it does not have", () => {
    const tree = buildBatchTree(keccak256, concatBytes(...allLeaves.slice(0, 3)));
    expect(() => provePath(tree, 3)).toThrow("no leaf 3");
    expect(() => provePath(tree, -1)).toThrow("no leaf -1");
  });

  it("gives the single leaf of a batch of one as the root", () => {
    const leaf = fromHex("ab".repeat(32)) as Uint8Array;
    expect(batchRoot(buildBatchTree(keccak256, leaf))).toEqual(leaf);
  });
});
