import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  claimsRoot,
  proveClaims,
  rebuildClaimsRoot,
} from "../../../src/core/certificate/claims-tree.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { seededBytes } from "../../support/seeded.ts";

const { keccak256 } = await loadPrimitives();
const allLeaves = Array.from({ length: 256 }, (_, i) => seededBytes(`claim ${String(i)}`, 32));

/** RFC 6962, 2.1, written down once more from its text: MTH over leaf hashes. */
function treeHead(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return keccak256(
    concatBytes(Uint8Array.of(1), treeHead(leaves.slice(0, k)), treeHead(leaves.slice(k))),
  );
}

function rebuild(count: number, positions: readonly number[], proof: readonly Uint8Array[]) {
  const leaves = positions.map((at) => allLeaves[at] as Uint8Array);
  const root = rebuildClaimsRoot(keccak256, count, { positions, leaves }, proof);
  return root === null ? null : toHex(root);
}

const disclosure = fc.integer({ min: 1, max: 40 }).chain((count) => {
  return fc.record({
    count: fc.constant(count),
    positions: fc.subarray(Array.from({ length: count }, (_, i) => i)),
  });
});

describe("the claims tree", () => {
  it("has the head of RFC 6962 for 1 to 256 claims, and every claim proves alone", () => {
    for (let count = 1; count <= 256; count++) {
      const leaves = allLeaves.slice(0, count);
      const root = toHex(treeHead(leaves));
      expect(toHex(claimsRoot(keccak256, leaves))).toBe(root);
      const alone = [0, count >> 1, count - 1];
      for (const at of alone) {
        const proof = proveClaims(keccak256, leaves, new Set([at]));
        expect(rebuild(count, [at], proof)).toBe(root);
      }
    }
  });

  it("is rebuilt from any choice of claims", () => {
    fc.assert(
      fc.property(disclosure, ({ count, positions }) => {
        const leaves = allLeaves.slice(0, count);
        const proof = proveClaims(keccak256, leaves, new Set(positions));
        expect(rebuild(count, positions, proof)).toBe(toHex(treeHead(leaves)));
      }),
    );
  });

  it("is not rebuilt with a hash swapped, dropped or added, or a bit flipped", () => {
    fc.assert(
      fc.property(disclosure, fc.nat(), fc.nat(), ({ count, positions }, at, other) => {
        const leaves = allLeaves.slice(0, count);
        const root = toHex(treeHead(leaves));
        const proof = proveClaims(keccak256, leaves, new Set(positions));
        const extra = allLeaves[255] as Uint8Array;
        expect(rebuild(count, positions, [...proof, extra])).toBeNull();
        if (proof.length === 0) return;
        const [i, j] = [at % proof.length, other % proof.length];
        expect(rebuild(count, positions, proof.toSpliced(i, 1))).toBeNull();
        const flipped = (proof[i] as Uint8Array).with(
          other % 32,
          ((proof[i] as Uint8Array)[other % 32] as number) ^ 1,
        );
        expect(rebuild(count, positions, proof.with(i, flipped))).not.toBe(root);
        const swapped = proof.with(i, proof[j] as Uint8Array).with(j, proof[i] as Uint8Array);
        expect(rebuild(count, positions, swapped) === root).toBe(i === j);
      }),
    );
  });

  it("is not rebuilt from a position that the certificate does not have", () => {
    expect(rebuild(1, [1], [])).toBeNull();
    expect(rebuild(2, [0, 2], [allLeaves[1] as Uint8Array])).toBeNull();
  });

  it("is not rebuilt for another number of claims", () => {
    const root = toHex(treeHead(allLeaves.slice(0, 6)));
    const proof = proveClaims(keccak256, allLeaves.slice(0, 6), new Set([0, 4]));
    for (const count of [1, 2, 3, 4, 5, 7, 8, 256]) {
      expect(
        rebuild(
          count,
          [0, 4].filter((at) => at < count),
          proof,
        ),
      ).not.toBe(root);
    }
  });
});
