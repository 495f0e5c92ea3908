/** Records from JSON Lines: one object a line, whose members are the columns. */
import { Problem } from "../../core/problem.ts";
import type { Cell, RecordSource, SourceRecord } from "../../ports/record-source.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Encoding } from "./source-options.ts";
import { MAX_COLUMNS, MAX_RECORD, PAGE_RECORDS } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { textBlocks } from "./text-blocks.ts";

export interface JsonlReading {
  readonly bytes: ByteSource;
  readonly survey: Pick<Survey, "contentHash" | "digest">;
  readonly encoding: Encoding;
}

type Members = Readonly<Record<string, Cell>>;

interface Line {
  readonly line: number;
  readonly members: Members;
}

/** Claims nest two deep; anything much deeper is no record. */
const MAX_DEPTH = 8;

/** @throws Problem SOURCE_EMPTY, SOURCE_ENCODING, SOURCE_MALFORMED: each line is looked at once before. */
export async function jsonlSource(reading: JsonlReading): Promise<RecordSource> {
  const { bytes, survey } = reading;
  const columns = await columnsOf(reading);
  return {
    name: bytes.name,
    digest: survey.digest,
    columns,
    pages: () => pagesOf(reading, columns),
    close: () => bytes.close(),
  };
}

/** The members of all records, in the order in which they are met. */
async function columnsOf(reading: JsonlReading): Promise<string[]> {
  const columns = new Set<string>();
  const { name } = reading.bytes;
  for await (const lines of linesOf(reading)) {
    for (const { line, members } of lines) {
      for (const member of Object.keys(members)) columns.add(member);
      if (columns.size > MAX_COLUMNS) throw malformed(name, line, "too many different members");
    }
  }
  if (columns.size === 0) throw new Problem("SOURCE_EMPTY", name);
  return [...columns];
}

async function* pagesOf(
  reading: JsonlReading,
  columns: readonly string[],
): AsyncIterable<readonly SourceRecord[]> {
  for await (const lines of linesOf(reading)) {
    for (let at = 0; at < lines.length; at += PAGE_RECORDS) {
      yield lines.slice(at, at + PAGE_RECORDS).map(({ line, members }) => {
        return { line, cells: columns.map((column) => cellOf(members, column)) };
      });
    }
  }
}

function cellOf(members: Members, column: string): Cell {
  return Object.hasOwn(members, column) ? (members[column] as Cell) : "";
}

async function* linesOf({ bytes, survey, encoding }: JsonlReading): AsyncIterable<Line[]> {
  let rest = "";
  let line = 1;
  for await (const text of textBlocks(bytes, survey, encoding)) {
    const texts = (rest + text).split(/\r\n|\r|\n/);
    rest = texts.pop() as string;
    yield parseLines(bytes.name, line, texts);
    line += texts.length;
  }
  yield parseLines(bytes.name, line, [rest]);
}

function parseLines(name: string, first: number, texts: readonly string[]): Line[] {
  return texts.flatMap((text, i) => {
    const line = first + i;
    return text.trim() === "" ? [] : [{ line, members: parseLine(name, line, text) }];
  });
}

function parseLine(name: string, line: number, text: string): Members {
  if (text.length > MAX_RECORD) throw malformed(name, line, "longer than any record");
  const value = parseJson(text);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) throw malformed(name, line, "a JSON object expected");
  if (isDeeper(value as Cell, MAX_DEPTH)) throw malformed(name, line, "nested too deeply");
  return value as Members;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeper(value: Cell, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((part: Cell) => isDeeper(part, depth - 1));
}

function malformed(name: string, line: number, what: string): Problem {
  return new Problem("SOURCE_MALFORMED", `${name}, line ${String(line)}: ${what}`);
}
