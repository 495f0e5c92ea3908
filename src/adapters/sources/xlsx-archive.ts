/**
 * The parts of a workbook (ECMA-376, part 2: a ZIP archive), each no larger than it says and than a workbook
 * may have: what is asked for is bounded before a byte of it is unpacked.
 */
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { RandomAccessReader, fromRandomAccessReaderPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { Problem } from "../../core/problem.ts";
import type { ByteSource } from "./byte-source.ts";

const MAX_PARTS = 10_000;
/** In bytes, unpacked. A full sheet of a million rows and a dozen columns has about one billion. */
const MAX_PART_BYTES = 4_000_000_000;
/** Tables pack to a tenth; what packs to much less is made to fill memory or time. */
const MAX_RATIO = 250;
const MIN_SUSPECT_BYTES = 16_000_000;
const READ_BYTES = 1 << 16;
/** Of a part that is read whole, in bytes. */
const MAX_SMALL_BYTES = 16_000_000;

export class XlsxArchive {
  readonly #name: string;
  readonly #zip: ZipFile;
  readonly #parts: ReadonlyMap<string, Entry>;

  private constructor(name: string, zip: ZipFile, parts: ReadonlyMap<string, Entry>) {
    this.#name = name;
    this.#zip = zip;
    this.#parts = parts;
  }

  /** @throws Problem SOURCE_MALFORMED */
  static async open(bytes: ByteSource): Promise<XlsxArchive> {
    try {
      const reader = new ByteReader(bytes);
      const zip = await fromRandomAccessReaderPromise(reader, bytes.size, { autoClose: false });
      return new XlsxArchive(bytes.name, zip, await partsOf(zip));
    } catch (error) {
      throw notWhole(bytes.name, error);
    }
  }

  has(part: string): boolean {
    return this.#parts.has(part);
  }

  /** @throws Problem SOURCE_MALFORMED where it is missing, too large or damaged */
  async *chunks(part: string): AsyncIterable<Buffer> {
    const entry = this.#entry(part);
    let checksum = 0;
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        checksum = crc32(chunk as Buffer, checksum);
        yield chunk as Buffer;
      }
    } catch (error) {
      throw notWhole(`${this.#name}, ${part}`, error);
    }
    if (checksum !== entry.crc32) throw notWhole(`${this.#name}, ${part}`);
  }

  /** A small part whole. @throws Problem SOURCE_MALFORMED */
  async *small(part: string): AsyncIterable<Buffer> {
    if (this.#entry(part).uncompressedSize > MAX_SMALL_BYTES) throw this.#tooLarge(part);
    yield* this.chunks(part);
  }

  #entry(part: string): Entry {
    const entry = this.#parts.get(part);
    if (entry === undefined) throw notWhole(`${this.#name}, ${part}`);
    const { compressedSize, uncompressedSize } = entry;
    const isDense =
      uncompressedSize > MIN_SUSPECT_BYTES && uncompressedSize > MAX_RATIO * compressedSize;
    if (isDense || uncompressedSize > MAX_PART_BYTES) throw this.#tooLarge(part);
    return entry;
  }

  #tooLarge(part: string): Problem {
    const what = `${this.#name}, ${part}: unpacked it is larger than any table`;
    return new Problem("SOURCE_MALFORMED", what);
  }
}

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) throw new RangeError("too many parts");
  const parts = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (!entry.canDecodeFileData()) continue;
    if (parts.has(entry.fileName)) throw new RangeError("a part is there twice");
    parts.set(entry.fileName, entry);
  }
  return parts;
}

function notWhole(where: string, cause?: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem("SOURCE_MALFORMED", `${where}: not a whole workbook`, cause);
}

class ByteReader extends RandomAccessReader {
  readonly #bytes: ByteSource;

  constructor(bytes: ByteSource) {
    super();
    this.#bytes = bytes;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(rangeOf(this.#bytes, start, end));
  }
}

async function* rangeOf(bytes: ByteSource, start: number, end: number): AsyncIterable<Buffer> {
  for (let at = start; at < end;) {
    const chunk = await bytes.read(at, Math.min(READ_BYTES, end - at));
    if (chunk.length === 0) throw new RangeError("the file ends too early");
    at += chunk.length;
    yield chunk;
  }
}
