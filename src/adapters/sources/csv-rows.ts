/**
 * Rows of comma- or tab-separated text (RFC 4180), strictly: a quote opens at the start of a cell or is a
 * fault, and what follows the closing one is a separator or a line end. CR LF, LF and CR end lines. Our own,
 * since it is on the path of every certificate: see docs/decisions.md.
 */
import { MAX_RECORD } from "./source-options.ts";

export interface CsvRow {
  /** The line it begins at, counted from 1. */
  readonly line: number;
  readonly cells: string[];
}

/** What keeps the text from being a table, at a line. */
export class CsvFault extends Error {
  readonly line: number;

  constructor(line: number, what: string) {
    super(what);
    this.line = line;
  }
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const TOO_LONG = "longer than any record";
/** No character that means something is above a comma: most are told from one comparison. */
const COMMA = 44;

/** Takes text in pieces that end anywhere, and gives the rows that are whole. */
export class CsvRows {
  readonly #separator: number;
  #text = "";
  #at = 0;
  #line = 1;

  /** @param separator `,` or a tab */
  constructor(separator: string) {
    this.#separator = separator.charCodeAt(0);
  }

  /** The line that what comes next begins at. */
  get line(): number {
    return this.#line;
  }

  /** Empty lines are left out. @throws CsvFault */
  push(text: string): CsvRow[] {
    this.#text = this.#text === "" ? text : this.#text + text;
    this.#at = 0;
    const rows: CsvRow[] = [];
    for (;;) {
      const [start, line] = [this.#at, this.#line];
      const cells = this.#row();
      if (cells === null) {
        this.#keepFrom(start, line);
        return rows;
      }
      if (this.#at - start > MAX_RECORD) throw new CsvFault(line, TOO_LONG);
      if (cells.length > 1 || cells[0] !== "") rows.push({ line, cells });
    }
  }

  /** The rest, where the text does not end in a line end. @throws CsvFault */
  end(): CsvRow[] {
    if (this.#text === "") return [];
    const line = this.#line;
    const rows = this.push("\n");
    if (this.#text !== "") throw new CsvFault(line, "a quote is never closed");
    return rows;
  }

  #keepFrom(start: number, line: number): void {
    this.#text = this.#text.slice(start);
    this.#line = line;
    if (this.#text.length > MAX_RECORD) throw new CsvFault(line, TOO_LONG);
  }

  /** The cells up to the next line end, which is taken too; null where there is none yet. */
  #row(): string[] | null {
    const text = this.#text;
    const cells: string[] = [];
    for (;;) {
      const cell = text.charCodeAt(this.#at) === QUOTE ? this.#quoted() : this.#plain();
      if (cell === null || this.#at === text.length) return null;
      cells.push(cell);
      const sign = text.charCodeAt(this.#at++);
      if (sign === this.#separator) continue;
      if (sign === LINE_FEED) return this.#lineDone(cells);
      // Whether a line feed belongs to it is not known yet.
      if (this.#at === text.length) return null;
      if (text.charCodeAt(this.#at) === LINE_FEED) this.#at++;
      return this.#lineDone(cells);
    }
  }

  #lineDone(cells: string[]): string[] {
    this.#line++;
    return cells;
  }

  #plain(): string {
    const text = this.#text;
    const start = this.#at;
    const end = endOfPlain(text, start, this.#separator);
    if (text.charCodeAt(end) === QUOTE) {
      throw new CsvFault(this.#line, "a quote in the middle of a cell");
    }
    this.#at = end;
    return text.slice(start, end);
  }

  /** Null where it isn't closed yet. */
  #quoted(): string | null {
    const text = this.#text;
    const start = this.#at + 1;
    let end = text.indexOf('"', start);
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) end = text.indexOf('"', end + 2);
    if (end < 0 || end + 1 === text.length) return null;
    const cell = text.slice(start, end);
    this.#line += lineEnds(cell);
    this.#at = end + 1;
    this.#requireEnd(text.charCodeAt(this.#at));
    return cell.includes('"') ? cell.replaceAll('""', '"') : cell;
  }

  #requireEnd(sign: number): void {
    if (sign === this.#separator || sign === LINE_FEED || sign === CARRIAGE_RETURN) return;
    throw new CsvFault(this.#line, "a quote in the middle of a cell");
  }
}

function endOfPlain(text: string, start: number, separator: number): number {
  let end = start;
  for (; end < text.length; end++) {
    const sign = text.charCodeAt(end);
    if (sign > COMMA) continue;
    if (sign === separator || sign === LINE_FEED || sign === CARRIAGE_RETURN || sign === QUOTE)
      break;
  }
  return end;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
