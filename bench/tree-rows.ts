/** A batch tree over many leaves. */
import { randomFillSync } from "node:crypto";
import { createKeccak } from "hash-wasm";
import { MerkleTree } from "merkletreejs";
import { buildFlatTree } from "../src/adapters/hashing/flat-tree.ts";
import { HashingKernel } from "../src/adapters/hashing/hashing-kernel.ts";
import { collectGarbage, cpuSeconds, median, medianRatio } from "./compare.ts";
import { against, times } from "./report.ts";
import type { Row } from "./report.ts";

/** @param rounds of building both trees, after one that does not count */
export async function treeRows(size: number, rounds: number): Promise<Row[]> {
  const leaves = randomFillSync(new Uint8Array(size * 32));
  const peerLeaves = Array.from({ length: size }, (_, i) =>
    Buffer.from(leaves.subarray(32 * i, 32 * i + 32)),
  );
  const kernel = new HashingKernel();
  const hasher = await createKeccak(256);
  const hash = (bytes: Buffer): Buffer => Buffer.from(hasher.init().update(bytes).digest("binary"));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const seconds = secondsOf(() => buildFlatTree(kernel, 1, leaves));
    const peerSeconds = secondsOf(() => {
      new MerkleTree(peerLeaves, hash, { sortPairs: true });
    });
    if (round === 0) continue;
    ours.push(seconds);
    theirs.push(peerSeconds);
  }
  return [
    {
      name: `Merkle tree over ${String(size)} leaves`,
      value: median(ours),
      unit: "CPU seconds",
      against: against("merkletreejs with hash-wasm", median(theirs)),
      ...times(medianRatio(theirs, ours), 4),
    },
  ];
}

function secondsOf(work: () => unknown): number {
  collectGarbage();
  const before = process.cpuUsage();
  work();
  return cpuSeconds(before);
}
