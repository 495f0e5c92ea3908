/** The error file of an issue: a CSV that opens in a spreadsheet, one row for each fault. */
import { closeSync, openSync, writeSync } from "node:fs";
import { Problem } from "../../core/problem.ts";
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { FaultReport } from "../../ports/record-source.ts";
import { PRIVATE_MODE } from "./durable-file.ts";

const HEADER = [
  "line 行",
  "column 列",
  "code 代码",
  "value 内容",
  "说明",
  "处理",
  "meaning",
  "remedy",
  "claim 照面信息",
];
/** Spreadsheets take a BOM for UTF-8. */
const BOM = "\uFEFF";
/** A cell that begins so is a formula to a spreadsheet, in full width too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** Rows are gathered up to this many characters before they are written: however many there are. */
const BUFFER_CHARACTERS = 1 << 16;

/** The file is made at the first fault. What goes wrong with it is told at the end. */
export function faultFile(file: string): FaultReport {
  let writer: FaultWriter | null = null;
  return {
    write: (line, fault, column = fault.field) => {
      writer ??= new FaultWriter(file);
      writer.write(toRow(line, column, fault));
    },
    close: async () => {
      await writer?.close();
      return writer === null ? null : file;
    },
  };
}

class FaultWriter {
  readonly #file: string;
  #descriptor: number | null = null;
  #pending = BOM + toLine(HEADER);
  #failure: Problem | null = null;

  constructor(file: string) {
    this.#file = file;
    this.#attempt(() => {
      this.#descriptor = openSync(file, "w", PRIVATE_MODE);
    });
  }

  write(row: string): void {
    this.#pending += row;
    if (this.#pending.length >= BUFFER_CHARACTERS) this.#flush();
  }

  /** @throws Problem DISK_FAILED */
  close(): Promise<void> {
    this.#flush();
    this.#attempt(() => {
      if (this.#descriptor !== null) closeSync(this.#descriptor);
      this.#descriptor = null;
    });
    return this.#failure === null ? Promise.resolve() : Promise.reject(this.#failure);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending);
    this.#pending = "";
    this.#attempt(() => {
      for (let done = 0; done < bytes.length && this.#descriptor !== null;) {
        done += writeSync(this.#descriptor, bytes, done);
      }
    });
  }

  #attempt(work: () => void): void {
    if (this.#failure !== null) return;
    try {
      work();
    } catch (error) {
      this.#failure = new Problem("DISK_FAILED", this.#file, error);
    }
  }
}

function toRow(line: number, column: string, fault: RecordFault): string {
  const { field, code, value, words } = fault;
  const { zh, remedyZh, en, remedyEn } = words;
  return toLine([String(line), column, code, value, zh, remedyZh, en, remedyEn, field]);
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
