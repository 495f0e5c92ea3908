/** Tables of records, from a file, standard input or a database. */
import type { RecordFault } from "../core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "../core/catalogue/record-faults.ts";
import type { Problem } from "../core/problem.ts";

/** What a source has in one cell: text, or in JSON anything that JSON has. Empty text is nothing. */
export type Cell =
  string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };

/** What the source itself finds wrong with a cell, such as a formula without a value. */
export interface CellFault {
  /** Counted from 0. */
  readonly column: number;
  readonly code: RecordFaultCode;
}

/** One record with the line, row or place it begins at, counted from 1; a header is not a record. */
export interface SourceRecord {
  readonly line: number;
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly faults?: readonly CellFault[];
}

/** How the text of a table is written. */
export interface TextForm {
  readonly encoding: "utf-8" | "gb18030";
  readonly separator: "," | "\t";
}

/** Some of a table's text, from where a record begins to where one ends. */
export interface TextBlock {
  /** In a buffer of their own. */
  readonly bytes: Uint8Array;
  /** Of the first of them, in the whole table. */
  readonly position: number;
  /** At which of its lines, counted from 1, the table's header begins; past its end where that comes later. */
  readonly headerLine: number | null;
  /** The last, since a record in it is longer than any may be. */
  readonly isTooLong: boolean;
}

/** What keeps text from being a table, or from being text. */
export interface TableFault {
  readonly code: "SOURCE_MALFORMED" | "SOURCE_ENCODING";
  /** Counted from 1. */
  readonly line: number;
  /** Where that line begins, in bytes; null where it was not looked for. */
  readonly position: number | null;
  readonly what: string;
}

/** A table that is text: it can be cut without being read, and its parts read apart from each other. */
export interface TextTable extends TextForm {
  /** In order; from the first again at each call. Problems as of `pages`, but for what the text says. */
  blocks(): AsyncIterable<TextBlock>;
  /** @param fault with its place in the whole table */
  problemOf(fault: TableFault): Problem;
}

/**
 * A table of records, read as a stream, however large. Problems: FILE_NOT_FOUND, CELLS_MERGED, SOURCE_…
 * with the line.
 */
export interface RecordSource {
  /** Without any password. */
  readonly name: string;
  /** SHA-256 in hex of all that the records depend on: the bytes, and what was said of how to read them. */
  readonly digest: string;
  readonly columns: readonly string[];
  /**
   * Some records at a time, in order; from the first again at each call. Ends in SOURCE_CHANGED where they
   * are not those of the digest.
   */
  pages(): AsyncIterable<readonly SourceRecord[]>;
  /** The same records, where they are text and their lines are those of the text. */
  readonly text?: TextTable;
  /** Lets go of what it holds open. */
  close(): Promise<void>;
}

/** The faults of records, for the error file that a clerk opens in a spreadsheet. */
export interface FaultReport {
  /** @param column as the source names it, where that is not the field */
  write(line: number, fault: RecordFault, column?: string): void;
  /** @returns where it is, or null when there was no fault. */
  close(): Promise<string | null>;
}
