/** Records from a CSV file: UTF-8 with or without BOM, quoted fields, any line ending (RFC 4180). */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Parser } from "csv-parse";
import { Problem } from "../../core/problem.ts";
import type { RecordSource, SourceRecord } from "../../ports.ts";

/** No record of a certificate is longer, in bytes. */
const MAX_RECORD_BYTES = 1_000_000;

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** @throws Problem FILE_NOT_FOUND, SOURCE_EMPTY without a header, SOURCE_ENCODING, SOURCE_MALFORMED. */
export async function openCsv(file: string): Promise<RecordSource> {
  const digest = await digestOf(file);
  const columns = await headerOf(file);
  return { name: file, digest, columns, records: () => recordsOf(file) };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function headerOf(file: string): Promise<string[]> {
  for await (const { record } of rowsOf(file)) return record.map((name) => name.trim());
  throw new Problem("SOURCE_EMPTY", file);
}

async function* recordsOf(file: string): AsyncIterable<SourceRecord> {
  let isHeader = true;
  let pairs = 0;
  for await (const { record, info } of rowsOf(file)) {
    const text = record.join("");
    pairs += text.match(/\r\n/g)?.length ?? 0;
    const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (!isHeader) yield { line: info.lines - pairs - breaks, cells: record };
    isHeader = false;
  }
}

/** `info.lines` is the line that a row ends on, where each CR LF inside a cell has counted as two. */
async function* rowsOf(file: string): AsyncIterable<ParsedRow> {
  const parser: Parser = parse({
    ...{ bom: true, info: true, skip_empty_lines: true },
    max_record_size: MAX_RECORD_BYTES,
  });
  // Not pipe(), which would leave an error of the file to nobody.
  pipeline(Readable.from(textOf(file)), parser, () => undefined);
  try {
    for await (const row of parser) yield row as ParsedRow;
  } catch (error) {
    throw toSourceProblem(file, error);
  } finally {
    parser.destroy();
  }
}

async function* textOf(file: string): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(file)) {
      yield decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
    }
    yield decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw new Problem("SOURCE_ENCODING", `${file}, after byte ${String(bytes)}`, error);
  }
}

async function* chunksOf(file: string): AsyncIterable<Buffer> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
  } catch (error) {
    throw new Problem("FILE_NOT_FOUND", file, error);
  }
}

function toSourceProblem(file: string, error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const { lines } = error as CsvError & { readonly lines?: number };
  const line = lines === undefined ? "?" : String(lines);
  return new Problem("SOURCE_MALFORMED", `${file}, line ${line}: ${error.message}`, error);
}
