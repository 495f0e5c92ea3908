import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildFlatTree } from "../../../src/adapters/hashing/flat-tree.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import { createTreeFile, openTreeFile } from "../../../src/adapters/hashing/tree-file.ts";
import { batchRoot, leafAt, provePath } from "../../../src/core/batch/tree.ts";
import type { BatchTree } from "../../../src/core/batch/tree.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { seededBytes } from "../../support/seeded.ts";

const kernel = new HashingKernel();
const CHUNK = 4096;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-tree-"));
  file = join(folder, "tree.bin");
});
afterAll(() => rm(folder, { recursive: true }));

function treeOf(size: number): BatchTree {
  return buildFlatTree(kernel, 1, seededBytes("leaves", 32 * size));
}

async function write({ size, nodes }: BatchTree) {
  const writer = await createTreeFile(file);
  for (let from = 0; from < size; from += CHUNK) {
    const leaves = nodes.subarray(32 * from, 32 * Math.min(size, from + CHUNK));
    await writer.append(buildFlatTree(kernel, 1, leaves));
  }
  return writer.finish(kernel, 1);
}

/** The first and last leaves, those about every border of a chunk, and some between. */
function indices(size: number): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return all.filter((i) => i < 3 || i > size - 4 || (i + 2) % CHUNK < 4 || i % 997 === 0);
}

describe("a tree in a file", () => {
  it.each([1, 2, 3, 7, 4095, 4096, 4097, 4099, 8191, 8192, 8193, 12_289, 20_000])(
    "of %i leaves has the root, the leaves and the paths of the core's tree",
    async (size) => {
      const tree = treeOf(size);
      const { size: written, root } = await write(tree);
      expect([written, toHex(root)]).toEqual([size, toHex(batchRoot(tree))]);
      const found = await openTreeFile(file, size);
      expect(toHex(await found.root())).toBe(toHex(root));
      for (const index of indices(size)) {
        expect(toHex(await found.leaf(index))).toBe(toHex(leafAt(tree, index)));
        expect(toHex(await found.path(index))).toBe(toHex(provePath(tree, index)));
      }
      await found.close();
    },
  );

  it("of one chunk is the core's tree, byte for byte", async () => {
    const tree = treeOf(3000);
    await write(tree);
    expect(Buffer.compare(await readFile(file), tree.nodes)).toBe(0);
  });

  it("has no path and no leaf that it does not have", async () => {
    await write(treeOf(4100));
    const found = await openTreeFile(file, 4100);
    for (const index of [-1, 4100, 8192]) {
      await expect(found.path(index)).rejects.toThrow(RangeError);
      await expect(found.leaf(index)).rejects.toThrow(RangeError);
    }
    await found.close();
  });

  it("takes chunks of 4,096 leaves, and a shorter one only at the end", async () => {
    const writer = await createTreeFile(file);
    await expect(writer.append(treeOf(4097))).rejects.toThrow(RangeError);
    await writer.append(treeOf(10));
    await expect(writer.append(treeOf(4096))).rejects.toThrow(RangeError);
    await writer.abandon();
  });

  it("is damaged when it is longer or shorter than its size says, or cut while it is read", async () => {
    await write(treeOf(5000));
    for (const size of [4999, 5001, 100]) {
      await expect(openTreeFile(file, size)).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
    }
    const found = await openTreeFile(file, 5000);
    await truncate(file, 1000);
    await expect(found.root()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
    await found.close();
  });

  it("says so when the disk refuses", async () => {
    const nowhere = join(folder, "not", "there");
    await expect(createTreeFile(nowhere)).rejects.toMatchObject({ code: "DISK_FAILED" });
    await expect(openTreeFile(nowhere, 1)).rejects.toMatchObject({ code: "DISK_FAILED" });
    await writeFile(file, new Uint8Array(32));
    const found = await openTreeFile(file, 1);
    await found.close();
    await expect(found.root()).rejects.toMatchObject({ code: "DISK_FAILED" });
  });
});
