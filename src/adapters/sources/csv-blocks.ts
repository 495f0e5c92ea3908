/**
 * The bytes of a table of comma- or tab-separated text in blocks that end where a record does, so that each
 * can be decoded and parsed apart from the others: neither UTF-8 nor GB18030 has the byte of a line end or of
 * a quote inside another character, and a line end is one of a record's cells where an odd number of quotes
 * stands before it.
 */
import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { Problem } from "../../core/problem.ts";
import type { TextBlock } from "../../ports/record-source.ts";
import type { ByteReader, ByteSource } from "./byte-source.ts";
import { MAX_RECORD } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { lineEnds } from "./text-decoding.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
/** One or two thousand records: waking a thread costs as much as checking some hundred. */
const BLOCK_BYTES = 1 << 19;
/** No character has more, in either encoding. */
const MOST_BYTES = 4;

/**
 * @param headerLine where the header begins, counted from 1
 * @throws Problem FILE_NOT_FOUND, DISK_FAILED, and at the end SOURCE_CHANGED where the bytes were not those of
 * the survey.
 */
export async function* csvBlocks(
  bytes: ByteSource,
  { contentHash }: Pick<Survey, "contentHash">,
  headerLine: number,
): AsyncGenerator<TextBlock> {
  const hash = createHash("sha256");
  const reader = await bytes.reader();
  try {
    for await (const block of cutBlocks(reader, hash, headerLine)) {
      yield block;
      if (block.isTooLong) return;
    }
  } finally {
    await reader.close();
  }
  if (hash.digest("hex") !== contentHash) throw new Problem("SOURCE_CHANGED", bytes.name);
}

async function* cutBlocks(
  reader: ByteReader,
  hash: Hash,
  headerLine: number,
): AsyncGenerator<TextBlock> {
  const cutter = new BlockCutter(headerLine);
  for (;;) {
    const room = cutter.room();
    const count = await reader.fill(room);
    if (count === 0) break;
    hash.update(room.subarray(0, count));
    const block = cutter.push(count);
    if (block !== null) yield block;
  }
  const last = cutter.end();
  if (last !== null) yield last;
}

class BlockCutter {
  readonly #headerLine: number;
  /** In a buffer of its own, which is handed over with the block. */
  #bytes: Uint8Array = new Uint8Array(BLOCK_BYTES);
  /** How much of it is filled: what came after the last cut. */
  #filled = 0;
  /** Whether an odd number of quotes is in that. */
  #isQuoted = false;
  #position = 0;
  /** The line at which it begins; not counted any more once the header is past. */
  #line = 1;

  constructor(headerLine: number) {
    this.#headerLine = headerLine;
  }

  /** Where to put what comes next. */
  room(): Uint8Array {
    return this.#bytes.subarray(this.#filled);
  }

  /** @param count of bytes that were put into the room */
  push(count: number): TextBlock | null {
    const start = this.#filled;
    this.#filled += count;
    const { cut, isQuoted } = lastCut(this.#bytes.subarray(start, this.#filled), this.#isQuoted);
    this.#isQuoted = isQuoted;
    if (cut > 0) return this.#cutAt(start + cut, false);
    if (this.#filled > MOST_BYTES * MAX_RECORD) return this.#cutAt(this.#filled, true);
    if (this.#filled === this.#bytes.length) this.#bytes = inBuffer(this.#bytes, 2 * this.#filled);
    return null;
  }

  end(): TextBlock | null {
    return this.#filled === 0 ? null : this.#cutAt(this.#filled, false);
  }

  #cutAt(end: number, isTooLong: boolean): TextBlock {
    const bytes = this.#bytes.subarray(0, end);
    const rest = this.#bytes.subarray(end, this.#filled);
    this.#bytes = inBuffer(rest, rest.length + BLOCK_BYTES);
    this.#filled = rest.length;
    return this.#block(bytes, isTooLong);
  }

  #block(bytes: Uint8Array, isTooLong: boolean): TextBlock {
    const isPast = this.#line > this.#headerLine;
    const headerLine = isPast ? null : this.#headerLine - this.#line + 1;
    const block = { bytes, position: this.#position, headerLine, isTooLong };
    if (!isPast) this.#line += lineEnds(bytes);
    this.#position += bytes.length;
    return block;
  }
}

interface Cut {
  /** Where the last record ends that is whole; 0 where none does. */
  readonly cut: number;
  /** Whether what comes after the bytes is in quotes. */
  readonly isQuoted: boolean;
}

function lastCut(bytes: Uint8Array, isQuoted: boolean): Cut {
  // A Buffer looks for a byte some ten times as fast as an array of bytes.
  const buffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
  if (buffer.includes(QUOTE)) return lastCutAmongQuotes(bytes, isQuoted);
  if (isQuoted) return { cut: 0, isQuoted };
  const feed = bytes.lastIndexOf(LINE_FEED);
  const cut = feed >= 0 ? feed + 1 : lastReturn(bytes) + 1;
  return { cut, isQuoted };
}

/** Where lines end in CR alone. One at the very end may be half of a line end. */
function lastReturn(bytes: Uint8Array): number {
  return bytes.length < 2 ? -1 : bytes.lastIndexOf(CARRIAGE_RETURN, bytes.length - 2);
}

function lastCutAmongQuotes(bytes: Uint8Array, wasQuoted: boolean): Cut {
  let isQuoted = wasQuoted;
  let feed = -1;
  let carriageReturn = -1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte > QUOTE) continue;
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === LINE_FEED) feed = i;
    else if (byte === CARRIAGE_RETURN && i < bytes.length - 1) carriageReturn = i;
  }
  return { cut: (feed >= 0 ? feed : carriageReturn) + 1, isQuoted };
}

/** The beginning of a longer buffer. */
function inBuffer(bytes: Uint8Array, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  buffer.set(bytes);
  return buffer;
}
