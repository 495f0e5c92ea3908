/** Opens a table of whatever kind it is: said, or found by looking at how it begins. */
import { extname } from "node:path";
import { Problem } from "../../core/problem.ts";
import type { RecordSource } from "../../ports/record-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { openBytes } from "./byte-source.ts";
import { csvSource } from "./csv-source.ts";
import { jsonlSource } from "./jsonl-source.ts";
import type { FileFormat, SourceOptions } from "./source-options.ts";
import type { Survey } from "./survey.ts";
import { survey } from "./survey.ts";
import { requireEncoding } from "./text-blocks.ts";

/**
 * @param file a path, or `-` for standard input
 * @throws Problem FILE_NOT_FOUND, DISK_FAILED, CELLS_MERGED, SHEET_UNKNOWN, SOURCE_EMPTY, SOURCE_FORMAT,
 * SOURCE_ENCODING, SOURCE_MALFORMED. Close it when done.
 */
export async function openSource(
  file: string,
  options: SourceOptions = {},
  input?: AsyncIterable<Buffer>,
): Promise<RecordSource> {
  const bytes = await openBytes(file, input);
  try {
    return await sourceOf(bytes, options);
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function sourceOf(bytes: ByteSource, options: SourceOptions): Promise<RecordSource> {
  const seen = await survey(bytes, options);
  const format = options.format ?? formatOf(bytes.name, seen);
  requireFitting(bytes.name, format, options);
  if (format === "xlsx") {
    const { xlsxSource } = await import("./xlsx-source.ts");
    return xlsxSource(bytes, seen, options.sheet);
  }
  const encoding = requireEncoding(bytes.name, seen.encoding, options.encoding);
  const reading = { bytes, survey: seen, encoding };
  if (format === "jsonl") return jsonlSource(reading);
  return csvSource({ ...reading, separator: format === "tsv" ? "\t" : "," });
}

const ZIP = Buffer.from("PK\x03\x04");
/** What is often taken for a table: a workbook of before 2007, or one with a password; a PDF; a picture. */
const NO_TABLES = ["d0cf11e0", "25504446", "89504e47", "ffd8ff"];
const OBJECT_START = /^\uFEFF?\s*\{/;

function formatOf(name: string, { start }: Survey): FileFormat {
  if (start.subarray(0, ZIP.length).equals(ZIP)) return "xlsx";
  const magic = start.toString("hex", 0, 4);
  if (NO_TABLES.some((known) => magic.startsWith(known))) throw new Problem("SOURCE_FORMAT", name);
  const text = start.toString("latin1");
  if (OBJECT_START.test(text.replace("\xef\xbb\xbf", ""))) return "jsonl";
  const [header = ""] = text.trimStart().split(/[\r\n]/, 1);
  const hasComma = header.includes(",");
  const isTabbed = [".tsv", ".tab"].includes(extname(name)) || !hasComma;
  return isTabbed && header.includes("\t") ? "tsv" : "csv";
}

/** @throws Problem USAGE for what can't be said of such a file. */
function requireFitting(name: string, format: FileFormat, options: SourceOptions): void {
  if (format !== "xlsx" && options.sheet !== undefined) {
    throw new Problem("USAGE", `--sheet is for workbooks, and ${name} is ${format}`);
  }
  if (format === "xlsx" && options.encoding !== undefined) {
    throw new Problem("USAGE", `--encoding is for text, and ${name} is a workbook`);
  }
}
