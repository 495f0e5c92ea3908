/**
 * Rows of comma- or tab-separated UTF-8 where they lie in their bytes, as long as they are plain: no quotes, no
 * spaces, no rare characters. What is not plain, or not as wide as the table, is left to `CsvTable`.
 */
import { isPlainCharacter, isPlainSign } from "../../core/catalogue/quick-check-bytes.ts";
import type { PlainRow } from "../../core/catalogue/quick-check-bytes.ts";
import type { TextBlock } from "../../ports/record-source.ts";
import { MAX_RECORD } from "./source-options.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
/** No sign that means something is above a comma. */
const COMMA = 0x2c;
const NOT_PLAIN = -1;

export class PlainRows implements PlainRow {
  bytes = Buffer.alloc(0);
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly lengths: Uint32Array;
  /** A character for each byte: to cut ASCII out of it takes less than a call of the platform's. */
  #signs = "";
  readonly #separator: number;
  readonly #width: number;

  /** @param separator `,` or a tab; @param width how many cells each row has */
  constructor(separator: string, width: number) {
    this.#separator = separator.charCodeAt(0);
    this.#width = width;
    this.starts = new Uint32Array(width + 1);
    this.ends = new Uint32Array(width + 1);
    this.lengths = new Uint32Array(width + 1);
  }

  /** @returns whether its rows may be read here: it has no quotes, and no header */
  open({ bytes, headerLine, isTooLong }: TextBlock): boolean {
    this.bytes = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
    const isTaken = headerLine === null && !isTooLong && !this.bytes.includes(QUOTE);
    this.#signs = isTaken ? this.bytes.toString("latin1") : "";
    return isTaken;
  }

  /** Reads the row that begins there. @returns where the next begins; −1 where it is left to others */
  read(start: number): number {
    const { bytes } = this;
    let cell = 0;
    // Bytes of the cell that are not the first of their character.
    let more = 0;
    this.starts[0] = start;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte > COMMA && byte < 0x7f) continue;
      if (byte >= 0x80) {
        const length = plainBytes(bytes, at);
        if (length === 0) return NOT_PLAIN;
        at += length - 1;
        more += length - 1;
      } else if (byte === this.#separator) {
        if (cell === this.#width) return NOT_PLAIN;
        this.#endCell(cell++, at, more);
        this.starts[cell] = at + 1;
        more = 0;
      } else if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED)) {
        this.#endCell(cell++, at, more);
        return this.#endRow(cell, start, at) ? at + (byte === LINE_FEED ? 1 : 2) : NOT_PLAIN;
      } else if (!isPlainSign(byte)) return NOT_PLAIN;
    }
    return NOT_PLAIN;
  }

  textOf(cell: number): string {
    const [start, end] = [this.starts[cell] as number, this.ends[cell] as number];
    const isAscii = this.lengths[cell] === end - start;
    return isAscii ? this.#signs.slice(start, end) : this.bytes.toString("utf8", start, end);
  }

  #endCell(cell: number, at: number, more: number): void {
    this.ends[cell] = at;
    this.lengths[cell] = at - (this.starts[cell] as number) - more;
  }

  /** Spreadsheets end a table with rows of nothing but separators. */
  #endRow(cells: number, start: number, end: number): boolean {
    return cells === this.#width && end - start >= cells && end - start <= MAX_RECORD;
  }
}

/** How many bytes the character there has; 0 where it is not plain, or none at all. */
function plainBytes(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  const second = bytes[at + 1] as number;
  // Between the names of many peoples: 买买提·艾力.
  if (lead === 0xc2) return second === 0xb7 ? 2 : 0;
  const third = bytes[at + 2] as number;
  const isThree = lead >> 4 === 0xe && (second & 0xc0) === 0x80 && (third & 0xc0) === 0x80;
  const code = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
  return isThree && isPlainCharacter(code) ? 3 : 0;
}
