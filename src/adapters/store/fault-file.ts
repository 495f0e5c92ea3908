/** The error file of an issue: a CSV that opens in a spreadsheet, one row for each fault. */
import { createWriteStream } from "node:fs";
import type { WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { Problem } from "../../core/problem.ts";
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { FaultReport } from "../../ports.ts";
import { PRIVATE_MODE } from "./durable-file.ts";

const HEADER = [
  "line 行",
  "field 字段",
  "code 代码",
  "value 内容",
  "说明",
  "处理",
  "meaning",
  "remedy",
];
/** Spreadsheets take a BOM for UTF-8. */
const BOM = "\uFEFF";
/** A cell that begins so is a formula to a spreadsheet, in full width too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The file is made at the first fault. */
export function faultFile(file: string): FaultReport {
  let stream: WriteStream | null = null;
  return {
    write: (line, fault) => {
      stream ??= begin(file);
      stream.write(toRow(line, fault));
    },
    close: async () => {
      if (stream === null) return null;
      stream.end();
      await finished(stream).catch((error: unknown) => {
        throw new Problem("DISK_FAILED", file, error);
      });
      return file;
    },
  };
}

function begin(file: string): WriteStream {
  const stream = createWriteStream(file, { mode: PRIVATE_MODE });
  // Told by close(); without a listener it would end the process.
  stream.on("error", () => undefined);
  stream.write(BOM + HEADER.map(toCell).join(",") + "\r\n");
  return stream;
}

function toRow(line: number, { field, code, value, words }: RecordFault): string {
  const cells = [String(line), field, code, value, words.zh, words.remedyZh, words.en];
  return `${[...cells, words.remedyEn].map(toCell).join(",")}\r\n`;
}

function toCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
