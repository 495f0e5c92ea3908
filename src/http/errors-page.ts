/** The codes of problems as a page: plain, without script or style, each code with an anchor of its own. */
import type { ProblemCode } from "../core/problem-codes.ts";
import type { Words } from "../core/words.ts";
import type { AnswerLanguage } from "./language.ts";
import { wordsIn } from "./language.ts";

export interface ErrorWords {
  readonly code: ProblemCode;
  readonly status: number;
  readonly words: Words;
  readonly remedy: Words;
}

const TITLE = { zh: "错误代码", en: "Problem codes" };
const HEADINGS = [
  { zh: "代码", en: "Code" },
  { zh: "HTTP", en: "HTTP" },
  { zh: "说明", en: "Meaning" },
  { zh: "处理办法", en: "What to do" },
];

export function errorsPage(errors: readonly ErrorWords[], language: AnswerLanguage): string {
  const title = wordsIn(language, TITLE);
  const headings = HEADINGS.map((words) => `<th scope="col">${wordsIn(language, words)}</th>`);
  const rows = errors.map((error) => rowOf(error, language));
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<table>
<thead><tr>${headings.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</html>
`;
}

function rowOf({ code, status, words, remedy }: ErrorWords, language: AnswerLanguage): string {
  const [meaning, advice] = [words, remedy].map((said) => escaped(wordsIn(language, said)));
  const heading = `<th scope="row"><code>${code}</code></th>`;
  return `<tr id="${code}">${heading}<td>${String(status)}</td><td>${String(meaning)}</td><td>${String(advice)}</td></tr>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
