/** Records from a sheet of a workbook (.xlsx): its first row that holds anything is the header. */
import { Problem } from "../../core/problem.ts";
import type { CellFault, RecordSource, SourceRecord } from "../../ports/record-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { MAX_COLUMNS, PAGE_RECORDS } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { XlsxArchive } from "./xlsx-archive.ts";
import type { SheetContext, SheetRow } from "./xlsx-sheet.ts";
import { SheetReader } from "./xlsx-sheet.ts";
import type { SharedStrings } from "./xlsx-strings.ts";
import { readStrings } from "./xlsx-strings.ts";
import { readWorkbook } from "./xlsx-workbook.ts";
import { xmlEvents } from "./xlsx-xml.ts";

interface Sheet extends SheetContext {
  readonly file: string;
  readonly archive: XlsxArchive;
  readonly part: string;
  readonly strings: SharedStrings | null;
}

/** @throws Problem CELLS_MERGED, SHEET_UNKNOWN, SOURCE_EMPTY, SOURCE_FORMAT, SOURCE_MALFORMED. */
export async function xlsxSource(
  bytes: ByteSource,
  { digest }: Survey,
  wanted: string | undefined,
): Promise<RecordSource> {
  const sheet = await openSheet(bytes, wanted);
  const columns = await headerOf(sheet).catch((error: unknown) => {
    sheet.strings?.close();
    throw error;
  });
  return {
    name: bytes.name,
    digest,
    columns,
    pages: () => pagesOf(sheet, columns.length),
    close: async () => {
      sheet.strings?.close();
      await bytes.close();
    },
  };
}

async function openSheet(bytes: ByteSource, wanted: string | undefined): Promise<Sheet> {
  const { name: file } = bytes;
  const archive = await XlsxArchive.open(bytes);
  const { sheet, strings, ...rest } = await readWorkbook(file, archive, wanted);
  await requireUnmerged(`${file}, ${sheet}`, archive.chunks(sheet));
  const hasStrings = strings !== null && archive.has(strings);
  return {
    ...rest,
    file,
    archive,
    part: sheet,
    strings: hasStrings ? await readStrings(`${file}, ${strings}`, archive.chunks(strings)) : null,
  };
}

const MERGED = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"/;
/** Longer than such an element begins to be told. */
const OVERLAP = 256;

/**
 * Of merged cells only the first has a value, so that a header or record with them would miss some. They
 * are named after all rows; looking for them first is quick.
 */
async function requireUnmerged(where: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  let rest = "";
  for await (const chunk of chunks) {
    const text = rest + chunk.toString("latin1");
    const range = text.includes("mergeCell ") ? MERGED.exec(text)?.[1] : undefined;
    if (range !== undefined) throw new Problem("CELLS_MERGED", `${where}: ${range}`);
    rest = text.slice(-OVERLAP);
  }
}

async function headerOf(sheet: Sheet): Promise<string[]> {
  for await (const [header] of rowsOf(sheet)) {
    if (header === undefined) continue;
    const { line, cells } = header;
    if (cells.length > MAX_COLUMNS) {
      throw malformed(sheet, line, `more than ${String(MAX_COLUMNS)} columns`);
    }
    return Array.from(cells, (cell) => cell?.text?.trim() ?? "");
  }
  throw new Problem("SOURCE_EMPTY", sheet.file);
}

async function* pagesOf(sheet: Sheet, width: number): AsyncIterable<readonly SourceRecord[]> {
  let isHeader = true;
  for await (const rows of rowsOf(sheet)) {
    const records = isHeader ? rows.slice(1) : rows;
    isHeader &&= rows.length === 0;
    for (let at = 0; at < records.length; at += PAGE_RECORDS) {
      yield records.slice(at, at + PAGE_RECORDS).map((row) => toRecord(sheet, row, width));
    }
  }
}

/** Rows that hold anything. */
async function* rowsOf(sheet: Sheet): AsyncIterable<SheetRow[]> {
  const reader = new SheetReader(sheet);
  const where = `${sheet.file}, ${sheet.part}`;
  for await (const _ of xmlEvents(where, sheet.archive.chunks(sheet.part), reader)) {
    yield reader.take().filter(({ cells }) => cells.length > 0);
  }
}

function toRecord(sheet: Sheet, { line, cells }: SheetRow, width: number): SourceRecord {
  if (cells.length > width) throw malformed(sheet, line, "a value beside the columns");
  const texts = Array.from({ length: width }, (_, i) => cells[i]?.text ?? "");
  const faults = cells.flatMap((cell, column): CellFault[] => {
    return cell?.fault === undefined ? [] : [{ column, code: cell.fault }];
  });
  return faults.length === 0 ? { line, cells: texts } : { line, cells: texts, faults };
}

function malformed({ file }: Sheet, line: number, what: string): Problem {
  return new Problem("SOURCE_MALFORMED", `${file}, line ${String(line)}: ${what}`);
}
