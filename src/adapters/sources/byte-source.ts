/** The bytes of a table, which can be read more than once: a file, or what came on standard input. */
import { createReadStream, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { open, stat as lookAt } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { Problem } from "../../core/problem.ts";
import { Spool } from "./spool.ts";

export interface ByteSource {
  readonly name: string;
  readonly size: number;
  /** All bytes, from the first again at each call. @throws Problem FILE_NOT_FOUND, DISK_FAILED */
  chunks(): AsyncIterable<Buffer>;
  /** As many of the bytes from `position` on as there are, up to `length`. */
  read(position: number, length: number): Promise<Buffer>;
  /** Reads all bytes once more, from the first. @throws Problem FILE_NOT_FOUND */
  reader(): Promise<ByteReader>;
  close(): Promise<void>;
}

/** Reads into buffers of the caller's, one part after another. */
export interface ByteReader {
  /**
   * The next bytes; fewer than there is room for may come.
   * @returns how many, 0 at the end. @throws Problem FILE_NOT_FOUND, DISK_FAILED
   */
  fill(room: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

export const STANDARD_INPUT = "-";
const CHUNK_BYTES = 1 << 18;

/** @param file a path, or `-` for standard input. @throws Problem FILE_NOT_FOUND, DISK_FAILED */
export async function openBytes(
  file: string,
  input: AsyncIterable<Buffer> = process.stdin,
): Promise<ByteSource> {
  if (file === STANDARD_INPUT) return spooledBytes(file, await spoolOf(input));
  if (isPipe(file)) return spooledBytes(file, await spoolOf(chunksOf(file)));
  return openFile(file);
}

/** What comes through a pipe comes once: `--input <(unzip -p export.zip)`. */
function isPipe(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isFIFO() || stat.isCharacterDevice() || stat.isSocket());
}

async function openFile(file: string): Promise<ByteSource> {
  const { size } = await statOf(file);
  let opened: Promise<FileHandle> | null = null;
  return {
    name: file,
    size,
    chunks: () => chunksOf(file),
    read: async (position, length) => {
      opened ??= open(file, "r");
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await (await opened).read(bytes, 0, length, position);
      return bytes.subarray(0, bytesRead);
    },
    reader: () => readerOf(file),
    close: async () => {
      await (await opened)?.close();
      opened = null;
    },
  };
}

async function readerOf(file: string): Promise<ByteReader> {
  const lost = (error: unknown): never => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  };
  const handle = await open(file, "r").catch(lost);
  return {
    fill: async (room) => (await handle.read(room).catch(lost)).bytesRead,
    close: () => handle.close(),
  };
}

async function statOf(file: string): Promise<Stats> {
  const stat = await lookAt(file).catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  if (stat.isFile()) return stat;
  throw new Problem("FILE_NOT_FOUND", file);
}

async function* chunksOf(file: string): AsyncIterable<Buffer> {
  try {
    const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new Problem("FILE_NOT_FOUND", file, error);
  }
}

async function spoolOf(input: AsyncIterable<Buffer>): Promise<Spool> {
  const spool = new Spool();
  try {
    for await (const chunk of input) spool.append(chunk);
    return spool;
  } catch (error) {
    spool.close();
    throw error;
  }
}

/** Takes the spool over: it is closed with the source. */
export function spooledBytes(name: string, spool: Spool): ByteSource {
  return {
    name,
    size: spool.size,
    chunks: () => chunksOfSpool(spool),
    read: (position, length) => Promise.resolve(spool.read(position, length)),
    reader: () => Promise.resolve(readerOfSpool(spool)),
    close: () => {
      spool.close();
      return Promise.resolve();
    },
  };
}

function readerOfSpool(spool: Spool): ByteReader {
  let done = 0;
  return {
    fill: (room) => {
      const bytes = spool.read(done, room.length);
      room.set(bytes);
      done += bytes.length;
      return Promise.resolve(bytes.length);
    },
    close: () => Promise.resolve(),
  };
}

async function* chunksOfSpool(spool: Spool): AsyncIterable<Buffer> {
  for (let at = 0; at < spool.size; at += CHUNK_BYTES) {
    yield await Promise.resolve(spool.read(at, CHUNK_BYTES));
  }
}
