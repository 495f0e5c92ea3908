/** Many files, one after the other: a table out. */
import type { Given } from "../../../core/verify/case.ts";
import type { Words } from "../../../core/words.ts";
import { shownText } from "../../parts/shown-text.ts";
import type { PageWord } from "../../parts/verdict-words.ts";
import { PAGE_WORDS, pageVerdict } from "../../parts/verdict-words.ts";
import { faultWords } from "../../parts/tell-fault.ts";
import type { Dropped } from "../../scanning/dropped-file.ts";
import type { DeskVerdict } from "./desk.ts";

export interface BatchRow {
  readonly file: string;
  /** "unread" where there was nothing to judge, or the service would not. */
  readonly word: PageWord | "unread";
  readonly reason: Words | null;
  readonly type: Words | null;
  readonly agency: string | null;
  readonly source: DeskVerdict["source"] | null;
  readonly receipt: string | null;
}

export interface BatchTools {
  read(file: File): Promise<Dropped>;
  /** One end for each, in their order. */
  verify(givens: readonly Given[]): Promise<readonly (DeskVerdict | Error)[]>;
}

/** So many go to the service in one call. */
const TOGETHER = 20;

/** Never throws. Rows come as they are done; it ends early once the signal says so. */
export async function* runBatch(
  tools: BatchTools,
  files: readonly File[],
  signal: AbortSignal,
): AsyncGenerator<BatchRow> {
  for (let from = 0; from < files.length && !signal.aborted; from += TOGETHER) {
    yield* await runSome(tools, files.slice(from, from + TOGETHER));
  }
}

async function runSome(tools: BatchTools, files: readonly File[]): Promise<BatchRow[]> {
  const read = await Promise.all(files.map((file) => tools.read(file)));
  const givens = read.flatMap((one) => ("given" in one ? [one.given] : []));
  const ends = givens.length === 0 ? [] : await tools.verify(givens);
  let next = 0;
  return files.map(({ name }, i) => {
    const one = read[i];
    if (one !== undefined && "given" in one) return rowOf(name, ends[next++]);
    return unread(name, one?.trouble ?? null);
  });
}

function rowOf(file: string, end: DeskVerdict | Error | undefined): BatchRow {
  if (end === undefined || end instanceof Error) return unread(file, faultWords(end).words);
  const { word, reason } = pageVerdict(end.answer);
  const { certificate } = end.answer;
  const facts = { type: certificate?.typeName ?? null, agency: certificate?.agencyName ?? null };
  return { file, word, reason, ...facts, source: end.source, receipt: end.receipt };
}

function unread(file: string, reason: Words | null): BatchRow {
  return { file, word: "unread", reason, type: null, agency: null, source: null, receipt: null };
}

export const UNREAD: Words = { zh: "未能读取", en: "Could not be read" };

export function wordsOfRow({ word }: BatchRow): Words {
  return word === "unread" ? UNREAD : PAGE_WORDS[word];
}

/** Nothing in a cell may end it, and no table program may take it for a formula. */
function cell(text: string): string {
  const plain = shownText(text.replace(/[\t\r\n]+/g, " "));
  return /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
}

/** @param heads of the columns. @param say the words in the language of the page */
export function toTsv(
  heads: readonly string[],
  rows: readonly BatchRow[],
  say: (words: Words) => string,
): string {
  const lines = rows.map((row) => [
    row.file,
    say(wordsOfRow(row)),
    row.reason === null ? "" : say(row.reason),
    row.type === null ? "" : say(row.type),
    row.agency ?? "",
    row.source ?? "",
    row.receipt ?? "",
  ]);
  const text = [heads, ...lines].map((line) => line.map(cell).join("\t")).join("\r\n");
  // The mark of UTF-8, without which table programs take Chinese for something else.
  return `\ufeff${text}\r\n`;
}
