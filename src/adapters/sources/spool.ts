/**
 * Bytes put aside on the disk because they come only once: standard input, the answer of a query. The file
 * has no name any more once it is open, and is encrypted with a key that is nowhere but in memory, so that
 * nothing of it can be read after the process, however it ends.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Cipheriv } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../core/problem.ts";

const CIPHER = "aes-256-ctr";
const KEY_BYTES = 32;
const BLOCK_BYTES = 16;
/** Counter 0, so that a place in the file gives its own counter. */
const FIRST_COUNTER = Buffer.alloc(BLOCK_BYTES);

export class Spool {
  /** -1 once closed, since another file may get the same number. */
  #file: number;
  readonly #key = randomBytes(KEY_BYTES);
  readonly #cipher: Cipheriv = createCipheriv(CIPHER, this.#key, FIRST_COUNTER);
  #size = 0;

  /** @throws Problem DISK_FAILED */
  constructor() {
    this.#file = guarded(openNameless);
  }

  get size(): number {
    return this.#size;
  }

  /** @throws Problem DISK_FAILED */
  append(bytes: Uint8Array): void {
    const encrypted = this.#cipher.update(bytes);
    guarded(() => {
      for (let done = 0; done < encrypted.length;) {
        done += writeSync(this.#file, encrypted, done, encrypted.length - done, this.#size + done);
      }
    });
    this.#size += encrypted.length;
  }

  /** As many of the bytes from `position` on as there are, up to `length`. @throws Problem DISK_FAILED */
  read(position: number, length: number): Buffer {
    const start = position - (position % BLOCK_BYTES);
    const end = Math.min(position + length, this.#size);
    const encrypted = Buffer.alloc(Math.max(0, end - start));
    guarded(() => {
      for (let done = 0; done < encrypted.length;) {
        const left = encrypted.length - done;
        done += requireSome(readSync(this.#file, encrypted, done, left, start + done));
      }
    });
    const decipher = createDecipheriv(CIPHER, this.#key, counterAt(start));
    return decipher.update(encrypted).subarray(position - start);
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "lz-"));
  try {
    return openSync(join(folder, "spool"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counterAt(position: number): Buffer {
  const counter = Buffer.alloc(BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(position / BLOCK_BYTES), BLOCK_BYTES - 8);
  return counter;
}

function requireSome(count: number): number {
  if (count > 0) return count;
  throw new RangeError("the file is shorter than what was written");
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Problem("DISK_FAILED", tmpdir(), error);
  }
}
