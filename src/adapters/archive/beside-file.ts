/**
 * A large file that is there whole or not at all: written beside its place, synchronised, then renamed. What a
 * killed process leaves beside is overwritten by the next.
 */
import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { Problem } from "../../core/problem.ts";
import { PRIVATE_MODE, makeFolder } from "../store/durable-file.ts";

/** Takes bytes in order, as fast as they can be written. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface WholeFile extends ByteSink {
  /** Durable, and in its place, once this returns. */
  finish(): Promise<void>;
  /** Leaves nothing. */
  discard(): Promise<void>;
}

const BUFFER_BYTES = 1 << 20;

/** For its owner alone: what is exported holds personal data. @throws Problem DISK_FAILED */
export async function createBeside(file: string): Promise<WholeFile> {
  const beside = `${file}.part`;
  await makeFolder(dirname(file));
  const handle = await guarded(file, () => open(beside, "w", PRIVATE_MODE));
  const buffer = new ByteBuffer((bytes) => guarded(file, () => writeAll(handle, bytes)));
  return {
    write: (bytes) => buffer.write(bytes),
    finish: async () => {
      await buffer.flush();
      await guarded(file, async () => {
        await handle.sync();
        await handle.close();
        await rename(beside, file);
        await syncFolder(dirname(file));
      });
    },
    discard: async () => {
      await handle.close().catch(() => undefined);
      await rm(beside, { force: true }).catch(() => undefined);
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

/** A rename is durable once its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("DISK_FAILED", file, error);
  }
}

/** Gathers small writes into few large ones. */
export class ByteBuffer implements ByteSink {
  readonly #writeOut: (bytes: Uint8Array) => Promise<void>;
  readonly #bytes = new Uint8Array(BUFFER_BYTES);
  #filled = 0;

  constructor(writeOut: (bytes: Uint8Array) => Promise<void>) {
    this.#writeOut = writeOut;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#filled + bytes.length > BUFFER_BYTES) await this.flush();
    if (bytes.length > BUFFER_BYTES) return this.#writeOut(bytes);
    this.#bytes.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  async flush(): Promise<void> {
    if (this.#filled > 0) await this.#writeOut(this.#bytes.subarray(0, this.#filled));
    this.#filled = 0;
  }
}
