/** A batch tree over many leaves, and a path cut from it. */
import { randomFillSync, randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeccak } from "hash-wasm";
import { MerkleTree } from "merkletreejs";
import { buildFlatTree } from "../src/adapters/hashing/flat-tree.ts";
import { HashingKernel } from "../src/adapters/hashing/hashing-kernel.ts";
import { createTreeFile, openTreeFile } from "../src/adapters/hashing/tree-file.ts";
import { CHUNK_LEAVES } from "../src/adapters/hashing/tree-layout.ts";
import { collectGarbage, cpuSeconds, median, medianRatio } from "./compare.ts";
import { against, times } from "./report.ts";
import type { Row } from "./report.ts";

const PATHS = 2000;
const PEER_PATHS = 20;

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
  let tree = new MerkleTree([], hash);
  for (let round = 0; round <= rounds; round++) {
    const seconds = secondsOf(() => buildFlatTree(kernel, 1, leaves));
    const peerSeconds = secondsOf(() => {
      tree = new MerkleTree(peerLeaves, hash, { sortPairs: true });
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
    await pathRow(kernel, leaves, tree, peerLeaves),
  ];
}

function secondsOf(work: () => unknown): number {
  collectGarbage();
  const before = process.cpuUsage();
  work();
  return cpuSeconds(before);
}

/** The peer is asked as its readers are told to ask: for the proof of a leaf. */
async function pathRow(
  kernel: HashingKernel,
  leaves: Uint8Array,
  peerTree: MerkleTree,
  peerLeaves: readonly Buffer[],
): Promise<Row> {
  const milliseconds = await millisecondsOfPath(kernel, leaves);
  const start = performance.now();
  for (let i = 0; i < PEER_PATHS; i++) peerTree.getProof(anyOf(peerLeaves));
  const theirs = (performance.now() - start) / PEER_PATHS;
  const ratio = theirs / milliseconds;
  return {
    name: "one path, from the tree's file",
    value: milliseconds,
    unit: "ms",
    against: against("merkletreejs, tree in memory", theirs),
    ...{ ratio, target: "< 1 ms", met: milliseconds < 1 },
  };
}

async function millisecondsOfPath(kernel: HashingKernel, leaves: Uint8Array): Promise<number> {
  const size = leaves.length / 32;
  const folder = await mkdtemp(join(tmpdir(), "lz-bench-"));
  try {
    const file = join(folder, "tree.bin");
    const writer = await createTreeFile(file);
    for (let at = 0; at < leaves.length; at += CHUNK_LEAVES * 32) {
      await writer.append(buildFlatTree(kernel, 1, leaves.subarray(at, at + CHUNK_LEAVES * 32)));
    }
    await writer.finish(kernel, 1);
    const tree = await openTreeFile(file, size);
    const start = performance.now();
    for (let i = 0; i < PATHS; i++) await tree.path(randomInt(size));
    const milliseconds = (performance.now() - start) / PATHS;
    await tree.close();
    return milliseconds;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function anyOf<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}
