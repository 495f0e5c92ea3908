/** What a command prints: words for people on a terminal, tab-separated rows in a pipe, JSON with --json. */
import type { Problem } from "../../core/problem.ts";
import { refusalWords } from "./refusal-words.ts";

export interface Output {
  readonly isJson: boolean;
  /** A line for people; nothing with --json. */
  say(line: string): void;
  /** Columns that line up on a terminal; tab-separated elsewhere; nothing with --json. */
  table(header: readonly string[], rows: readonly (readonly string[])[]): void;
  /** The one JSON line that --json ends with; nothing without it. */
  result(value: unknown): void;
}

export function createOutput(isJson: boolean, stream: NodeJS.WriteStream = process.stdout): Output {
  const write = (text: string): void => {
    stream.write(`${text}\n`);
  };
  return {
    isJson,
    say: (line) => {
      if (!isJson) write(line);
    },
    table: (header, rows) => {
      if (isJson) return;
      const lines = [header, ...rows];
      for (const line of stream.isTTY ? aligned(lines) : lines.map(tabbed)) write(line);
    },
    result: (value) => {
      if (isJson) write(JSON.stringify(value));
    },
  };
}

function tabbed(cells: readonly string[]): string {
  return cells.map((cell) => cell.replace(/[\t\r\n]/g, " ")).join("\t");
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = lines.reduce<number[]>((known, cells) => {
    return cells.map((cell, i) => Math.max(known[i] ?? 0, width(cell)));
  }, []);
  return lines.map((cells) => {
    const padded = cells.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - width(cell)));
    return padded.join("  ").trimEnd();
  });
}

/** Chinese characters and full-width signs take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

function width(text: string): number {
  return Array.from(text).reduce(
    (columns, character) => columns + (WIDE.test(character) ? 2 : 1),
    0,
  );
}

/** A problem as --json shows it: what, where, why a contract refused, and what to do. */
export function problemJson(problem: Problem): Record<string, unknown> {
  const { code, words: entry } = problem;
  const { words, remedy, exit } = entry;
  const [detail, reason] = [detailOf(problem), refusalWords(problem)];
  return { code, detail, words, ...(reason !== null && { reason }), remedy, exit };
}

/** What went wrong, where, and what to do: in Chinese and English, never a stack. */
export function printProblem(problem: Problem, isJson: boolean): void {
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ problem: problemJson(problem) })}\n`);
    return;
  }
  const { code, words: entry } = problem;
  const { words } = entry;
  const remedy = refusalWords(problem) ?? entry.remedy;
  process.stderr.write(
    `lz: ${words.zh} ${words.en} [${code}]\n    ${detailOf(problem)}\n    → ${remedy.zh}\n    → ${remedy.en}\n`,
  );
}

/** Of a disk also what the system called it: a full one (ENOSPC) is mended in another way than a missing right (EACCES). */
function detailOf({ code, detail, cause }: Problem): string {
  if (code !== "DISK_FAILED") return detail;
  const { code: errno } = (cause ?? {}) as NodeJS.ErrnoException;
  const isUnsaid = errno !== undefined && /^E[A-Z]+$/.test(errno) && !detail.includes(errno);
  return isUnsaid ? `${detail}: ${errno}` : detail;
}
