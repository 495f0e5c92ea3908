/** The rows of one block of a table's text, some hundred at a time. */
import type { TextBlock, TextForm } from "../../ports/record-source.ts";
import { CsvFault, CsvRows } from "./csv-rows.ts";
import type { CsvRow } from "./csv-rows.ts";
import { TableDecoder, TableError, lineEnds, withoutMark } from "./text-decoding.ts";

const LINE_FEED = 0x0a;
/** What is made of so many bytes is soon forgotten, and small enough for a processor's second cache. */
const SLICE_BYTES = 32_768;

export class CsvTable {
  readonly #separator: string;
  readonly #decoder: TableDecoder;
  readonly #width: number | null;

  /** @param width how many columns each row has; null to take any */
  constructor({ encoding, separator }: TextForm, width: number | null) {
    this.#separator = separator;
    this.#decoder = new TableDecoder(encoding);
    this.#width = width;
  }

  /**
   * Rows with something in them, without the header, with lines counted from the block's beginning.
   * @returns how many lines the block has. @throws TableError, after the rows before it
   */
  *rows(block: TextBlock): Generator<CsvRow[], number> {
    const reader = new BlockReader(this.#separator, this.#decoder, block);
    for (const rows of reader.rows()) {
      const filled = rows.filter((row) => isFilled(row) && row.line !== block.headerLine);
      this.#requireWidth(filled);
      yield filled;
    }
    return reader.lines;
  }

  #requireWidth(rows: readonly CsvRow[]): void {
    if (this.#width === null) return;
    for (const { line, cells } of rows) {
      if (cells.length === this.#width) continue;
      throw malformed(line, `${String(cells.length)} cells in ${String(this.#width)} columns`);
    }
  }
}

class BlockReader {
  readonly #rows: CsvRows;
  readonly #decoder: TableDecoder;
  readonly #block: TextBlock;

  constructor(separator: string, decoder: TableDecoder, block: TextBlock) {
    this.#rows = new CsvRows(separator);
    this.#decoder = decoder;
    this.#block = block;
  }

  get lines(): number {
    return this.#rows.line - 1;
  }

  *rows(): Generator<CsvRow[]> {
    const { bytes, isTooLong } = this.#block;
    try {
      for (let at = 0; at < bytes.length;) {
        const end = endOfSlice(bytes, at);
        yield this.#rows.push(this.#textOf(at, end));
        at = end;
      }
      if (isTooLong) throw new CsvFault(this.#rows.line, "longer than any record");
      yield this.#rows.end();
    } catch (error) {
      throw error instanceof CsvFault ? malformed(error.line, error.message) : error;
    }
  }

  #textOf(start: number, end: number): string {
    const { bytes, position } = this.#block;
    const slice = bytes.subarray(start, end);
    const text = this.#decoder.decode(slice);
    if (text === null) throw this.#undecodable(slice, start);
    return position + start === 0 ? withoutMark(text) : text;
  }

  #undecodable(slice: Uint8Array, start: number): TableError {
    const fault = this.#decoder.faultIn(slice);
    const line = lineEnds(this.#block.bytes.subarray(0, start)) + fault.line;
    return new TableError({ ...fault, line, position: start + (fault.position as number) });
  }
}

function endOfSlice(bytes: Uint8Array, from: number): number {
  const feed = bytes.indexOf(LINE_FEED, from + SLICE_BYTES);
  return feed < 0 ? bytes.length : feed + 1;
}

/** Spreadsheets end a table with rows of nothing but separators. */
function isFilled({ cells }: CsvRow): boolean {
  return cells.some((cell) => cell !== "");
}

function malformed(line: number, what: string): TableError {
  return new TableError({ code: "SOURCE_MALFORMED", line, position: null, what });
}
