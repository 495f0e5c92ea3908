import { describe, expect, it } from "@jest/globals";
import { keccak256 as ethersKeccak256 } from "ethers";
import fc from "fast-check";
import { MerkleTree } from "merkletreejs";
import { buildFlatTree } from "../../../src/adapters/hashing/flat-tree.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { batchRoot, buildBatchTree } from "../../../src/core/batch/tree.ts";
import { concatBytes, fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import { seededBytes } from "../../support/seeded.ts";
import { batchVectors } from "../../vectors/vectors.ts";

const primitives = await loadPrimitives();
const kernels = [new HashingKernel("simd"), new HashingKernel("scalar")];

describe("the tree of the kernel", () => {
  it("is the core's, node for node, in both suites and builds", () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 9000 }));
    fc.assert(
      fc.property(size, fc.string(), fc.constantFrom(1, 2), (count, seed, id) => {
        const suite = id;
        const leaves = seededBytes(seed, 32 * count);
        const { nodes } = buildBatchTree(suiteHash(primitives, suite), leaves);
        for (const kernel of kernels) {
          const tree = buildFlatTree(kernel, suite, leaves);
          expect(tree.size).toBe(count);
          expect(Buffer.compare(tree.nodes, nodes)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has the root of merkletreejs, for 1 to 130 leaves", () => {
    const all = seededBytes("leaves", 32 * 130);
    const hash = (bytes: Buffer): Buffer => Buffer.from(ethersKeccak256(bytes).slice(2), "hex");
    for (let size = 1; size <= 130; size++) {
      const leaves = Array.from({ length: size }, (_, i) =>
        Buffer.from(all.subarray(32 * i, 32 * i + 32)),
      );
      const root = new MerkleTree(leaves, hash, { sortPairs: true }).getHexRoot();
      for (const kernel of kernels) {
        const tree = buildFlatTree(kernel, 1, all.subarray(0, 32 * size));
        expect(`0x${toHex(batchRoot(tree))}`).toBe(root);
      }
    }
  });

  it("has the root of every conformance vector", () => {
    for (const { suite, size, tag, root } of batchVectors) {
      const hash = suiteHash(primitives, suite);
      const leaves = Array.from({ length: size }, (_, i) => {
        const index = new Uint8Array(4);
        new DataView(index.buffer).setUint32(0, i);
        return hash(concatBytes(fromHex(tag) as Uint8Array, index));
      });
      for (const kernel of kernels) {
        const tree = buildFlatTree(kernel, suite, concatBytes(...leaves));
        expect(toHex(batchRoot(tree))).toBe(root);
      }
    }
  });

  it("keeps equal leaves and leaves that differ late in order", () => {
    const alike = concatBytes(
      ...[9, 8, 8, 9, 8, 8, 255, 0].map((last) => Uint8Array.of(...seededBytes("x", 31), last)),
    );
    const expected = buildBatchTree(primitives.keccak256, alike).nodes;
    for (const kernel of kernels) expect(buildFlatTree(kernel, 1, alike).nodes).toEqual(expected);
  });

  it("is not made of no leaves, nor of half a one", () => {
    const [kernel] = kernels as [HashingKernel];
    expect(() => buildFlatTree(kernel, 1, new Uint8Array(0))).toThrow(RangeError);
    expect(() => buildFlatTree(kernel, 1, new Uint8Array(48))).toThrow(RangeError);
  });
});
