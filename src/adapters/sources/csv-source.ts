/** Records from comma- or tab-separated text. */
import { Problem } from "../../core/problem.ts";
import type { RecordSource, SourceRecord } from "../../ports.ts";
import type { ByteSource } from "./byte-source.ts";
import { CsvFault, CsvRows } from "./csv-rows.ts";
import type { CsvRow } from "./csv-rows.ts";
import type { Encoding } from "./source-options.ts";
import { MAX_COLUMNS, PAGE_RECORDS } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { textBlocks } from "./text-blocks.ts";

export interface CsvReading {
  readonly bytes: ByteSource;
  readonly survey: Pick<Survey, "contentHash" | "digest">;
  readonly encoding: Encoding;
  readonly separator: "," | "\t";
}

/** @throws Problem SOURCE_EMPTY without a header, SOURCE_ENCODING, SOURCE_MALFORMED. */
export async function csvSource(reading: CsvReading): Promise<RecordSource> {
  const { bytes, survey } = reading;
  const columns = await headerOf(reading);
  return {
    name: bytes.name,
    digest: survey.digest,
    columns,
    pages: () => pagesOf(reading, columns.length),
    close: () => bytes.close(),
  };
}

async function headerOf(reading: CsvReading): Promise<string[]> {
  const { name } = reading.bytes;
  for await (const [header] of rowsOf(reading)) {
    if (header === undefined) continue;
    if (header.cells.length <= MAX_COLUMNS) return header.cells.map((column) => column.trim());
    throw malformed(name, header.line, `more than ${String(MAX_COLUMNS)} columns`);
  }
  throw new Problem("SOURCE_EMPTY", name);
}

async function* pagesOf(
  reading: CsvReading,
  width: number,
): AsyncIterable<readonly SourceRecord[]> {
  let isHeader = true;
  for await (const rows of rowsOf(reading)) {
    const records = isHeader ? rows.slice(1) : rows;
    isHeader &&= rows.length === 0;
    requireWidth(reading.bytes.name, records, width);
    for (let at = 0; at < records.length; at += PAGE_RECORDS) {
      yield records.slice(at, at + PAGE_RECORDS);
    }
  }
}

function requireWidth(name: string, rows: readonly CsvRow[], width: number): void {
  for (const { line, cells } of rows) {
    if (cells.length === width) continue;
    throw malformed(name, line, `${String(cells.length)} cells in ${String(width)} columns`);
  }
}

/** Rows with something in them. */
async function* rowsOf(reading: CsvReading): AsyncIterable<readonly CsvRow[]> {
  const { bytes, survey, encoding, separator } = reading;
  const rows = new CsvRows(separator);
  try {
    for await (const text of textBlocks(bytes, survey, encoding)) {
      yield rows.push(text).filter(isFilled);
    }
    yield rows.end().filter(isFilled);
  } catch (error) {
    throw error instanceof CsvFault ? malformed(bytes.name, error.line, error.message) : error;
  }
}

/** Spreadsheets end a table with rows of nothing but separators. */
function isFilled({ cells }: CsvRow): boolean {
  return cells.some((cell) => cell !== "");
}

function malformed(name: string, line: number, what: string): Problem {
  return new Problem("SOURCE_MALFORMED", `${name}, line ${String(line)}: ${what}`);
}
