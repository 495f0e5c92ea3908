/** A batch tree in a file: written chunk by chunk, and a path cut from it without reading the rest. */
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { HASH_BYTES, batchRoot } from "../../core/batch/tree.ts";
import type { BatchTree } from "../../core/batch/tree.ts";
import { concatBytes } from "../../core/encoding/bytes.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import { buildFlatTree } from "./flat-tree.ts";
import type { HashingKernel } from "./hashing-kernel.ts";
import {
  CHUNK_LEAVES,
  leafPosition,
  pathPositions,
  rootPosition,
  treeBytes,
} from "./tree-layout.ts";

export interface WrittenTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** @throws Problem DISK_FAILED, each of its methods too */
export async function createTreeFile(file: string): Promise<TreeFileWriter> {
  return new TreeFileWriter(file, await guarded(file, () => open(file, "w")));
}

export class TreeFileWriter {
  readonly #file: string;
  readonly #handle: FileHandle;
  /** Of all chunks so far: 32 bytes for 4,096 leaves. */
  readonly #roots: Uint8Array[] = [];
  #size = 0;

  constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  /** @param chunk the tree over the next 4,096 leaves; only the last may have fewer. @throws RangeError */
  async append(chunk: BatchTree): Promise<void> {
    if (this.#size % CHUNK_LEAVES !== 0) throw new RangeError("a chunk after the last one");
    if (chunk.size > CHUNK_LEAVES) throw new RangeError("a chunk of too many leaves");
    this.#roots.push(batchRoot(chunk));
    this.#size += chunk.size;
    await guarded(this.#file, () => this.#handle.writeFile(chunk.nodes));
  }

  /** Writes what stands above the chunks. The file is durable and closed once this returns. */
  async finish(kernel: HashingKernel, suite: SuiteId): Promise<WrittenTree> {
    const top = buildFlatTree(kernel, suite, concatBytes(...this.#roots));
    await guarded(this.#file, async () => {
      if (this.#roots.length > 1) await this.#handle.writeFile(top.nodes);
      await this.#handle.sync();
      await this.#handle.close();
    });
    return { size: this.#size, root: batchRoot(top) };
  }

  /** Gives up: the file is closed, and holds what it holds. */
  async abandon(): Promise<void> {
    await guarded(this.#file, () => this.#handle.close());
  }
}

/**
 * @param size the number of leaves
 * @throws Problem DISK_FAILED; BATCH_DAMAGED where the file is not of the length of such a tree
 */
export async function openTreeFile(file: string, size: number): Promise<TreeFile> {
  const handle = await guarded(file, () => open(file, "r"));
  const { size: bytes } = await guarded(file, () => handle.stat());
  if (bytes === treeBytes(size)) return new TreeFile(file, handle, size);
  await handle.close();
  throw new Problem("BATCH_DAMAGED", `${file}: not a tree of ${String(size)} leaves`);
}

/** Methods throw RangeError for a leaf that is not there, Problem DISK_FAILED. */
export class TreeFile {
  readonly size: number;
  readonly #file: string;
  readonly #handle: FileHandle;

  constructor(file: string, handle: FileHandle, size: number) {
    this.size = size;
    this.#file = file;
    this.#handle = handle;
  }

  async root(): Promise<Uint8Array> {
    return this.#node(rootPosition(this.size));
  }

  async leaf(index: number): Promise<Uint8Array> {
    return this.#node(leafPosition(this.size, index));
  }

  /** The siblings from the leaf up, 32 bytes each, one after another. */
  async path(index: number): Promise<Uint8Array> {
    const positions = pathPositions(this.size, index);
    return concatBytes(...(await Promise.all(positions.map((position) => this.#node(position)))));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #node(position: number): Promise<Uint8Array> {
    const node = new Uint8Array(HASH_BYTES);
    const { bytesRead } = await guarded(this.#file, () => {
      return this.#handle.read(node, 0, HASH_BYTES, position);
    });
    if (bytesRead !== HASH_BYTES) throw new Problem("BATCH_DAMAGED", `${this.#file}: cut short`);
    return node;
  }
}

async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Problem("DISK_FAILED", file, error);
  }
}
