/** Records from comma- or tab-separated text. */
import { Problem } from "../../core/problem.ts";
import type {
  RecordSource,
  SourceRecord,
  TableFault,
  TextBlock,
} from "../../ports/record-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { csvBlocks } from "./csv-blocks.ts";
import type { CsvRow } from "./csv-rows.ts";
import { CsvTable } from "./csv-table.ts";
import type { Encoding } from "./source-options.ts";
import { MAX_COLUMNS, PAGE_RECORDS } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { encodingProblem } from "./text-blocks.ts";
import { TableError } from "./text-decoding.ts";

export interface CsvReading {
  readonly bytes: ByteSource;
  readonly survey: Pick<Survey, "contentHash" | "digest">;
  readonly encoding: Encoding;
  readonly separator: "," | "\t";
}

/** No row of a table begins there. */
const NOWHERE = 0;

/** @throws Problem SOURCE_EMPTY without a header, SOURCE_ENCODING, SOURCE_MALFORMED. */
export async function csvSource(reading: CsvReading): Promise<RecordSource> {
  const { bytes, survey, encoding, separator } = reading;
  const header = await headerOf(reading);
  const columns = header.cells.map((column) => column.trim());
  const blocks = (): AsyncGenerator<TextBlock> => csvBlocks(bytes, survey, header.line);
  return {
    name: bytes.name,
    digest: survey.digest,
    columns,
    pages: () => pagesOf(reading, blocks(), columns.length),
    text: { encoding, separator, blocks, problemOf: (fault) => problemOf(reading, fault) },
    close: () => bytes.close(),
  };
}

async function headerOf(reading: CsvReading): Promise<CsvRow> {
  const { bytes, survey } = reading;
  for await (const [header] of rowsOf(reading, csvBlocks(bytes, survey, NOWHERE), null)) {
    if (header === undefined) continue;
    if (header.cells.length <= MAX_COLUMNS) return header;
    const what = `more than ${String(MAX_COLUMNS)} columns`;
    const { line } = header;
    throw problemOf(reading, { code: "SOURCE_MALFORMED", line, position: null, what });
  }
  throw new Problem("SOURCE_EMPTY", bytes.name);
}

async function* pagesOf(
  reading: CsvReading,
  blocks: AsyncIterable<TextBlock>,
  width: number,
): AsyncGenerator<readonly SourceRecord[]> {
  for await (const records of rowsOf(reading, blocks, width)) {
    for (let at = 0; at < records.length; at += PAGE_RECORDS) {
      yield records.slice(at, at + PAGE_RECORDS);
    }
  }
}

async function* rowsOf(
  reading: CsvReading,
  blocks: AsyncIterable<TextBlock>,
  width: number | null,
): AsyncGenerator<readonly CsvRow[]> {
  const table = new CsvTable(reading, width);
  let before = 0;
  for await (const block of blocks) {
    try {
      before += yield* placed(table.rows(block), before);
    } catch (error) {
      throw error instanceof TableError
        ? problemOf(reading, inTable(error.fault, before, block))
        : error;
    }
  }
}

/** Rows of a block, with their lines counted from the table's beginning. @returns how many lines it has */
function* placed(
  rows: Generator<CsvRow[], number>,
  before: number,
): Generator<readonly CsvRow[], number> {
  for (let next = rows.next(); ; next = rows.next()) {
    if (next.done === true) return next.value;
    yield next.value.map(({ line, cells }) => ({ line: before + line, cells }));
  }
}

function inTable(fault: TableFault, before: number, block: TextBlock): TableFault {
  const position = fault.position === null ? null : block.position + fault.position;
  return { ...fault, line: before + fault.line, position };
}

function problemOf({ bytes, encoding }: CsvReading, fault: TableFault): Problem {
  const { code, line, position, what } = fault;
  if (code === "SOURCE_ENCODING") {
    return encodingProblem(bytes.name, encoding, line, position as number);
  }
  return new Problem(code, `${bytes.name}, line ${String(line)}: ${what}`);
}
