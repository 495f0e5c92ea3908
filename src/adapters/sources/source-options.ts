/** What can be said of how a source is to be read; what is not said is found by looking. */

export const ENCODINGS = ["utf-8", "gb18030"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const FILE_FORMATS = ["csv", "tsv", "xlsx", "jsonl"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export interface SourceOptions {
  readonly format?: FileFormat;
  readonly encoding?: Encoding;
  /** The sheet of a workbook; without it the first. */
  readonly sheet?: string;
}

/** Text of one record, in characters, and bytes of one line: no certificate's record is longer. */
export const MAX_RECORD = 1_000_000;
/** A record of more columns is no certificate's. */
export const MAX_COLUMNS = 1_000;
/** How many records are handed over at a time, about. */
export const PAGE_RECORDS = 512;
