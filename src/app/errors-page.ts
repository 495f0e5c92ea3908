/** docs/errors.md, made from the registries of codes and from nothing else. */
import { FINDINGS } from "../core/audit/findings.ts";
import { RECORD_FAULTS } from "../core/catalogue/record-faults.ts";
import { PROBLEMS } from "../core/problem-codes.ts";
import { CHECK_WORDS, CODE_WORDS } from "../core/verify/code-words.ts";
import { CHECK_NAMES } from "../core/verify/codes.ts";

const INTRODUCTION = `# Codes 代码表

Made from the code registries by \`node scripts/errors-page.ts\`; a test fails when this page is not what
that makes. Codes are stable for ever.
`;

/** Every code with its words and what to do about it, in Chinese and English, as Markdown. */
export function errorsPage(): string {
  return [INTRODUCTION, verdicts(), records(), problems(), findings()].join("\n");
}

function verdicts(): string {
  const asks = CHECK_NAMES.map((check) => {
    const { zh, en } = CHECK_WORDS[check].asks;
    return [`\`${check}\``, zh, en];
  });
  const codes = Object.entries(CODE_WORDS).map(([code, { words, remedy }]) => {
    return [`\`${code}\``, words.zh, remedy.zh, words.en, remedy.en];
  });
  return [
    "## Verdicts 核验结论\n",
    "The ten checks, in order:\n",
    table(["check", "检查", "asks"], asks),
    "The codes a check ends in. One that fails rejects; one that can't be decided (`CHAIN_STALE`,",
    "`ANCHOR_NOT_FINAL`) makes the verdict 'can't tell'.\n",
    table(["code", "说明", "处理", "meaning", "remedy"], codes),
  ].join("\n");
}

function records(): string {
  const rows = Object.entries(RECORD_FAULTS).map(([code, words]) => {
    const severity = words.forgivable ? "warning" : "error";
    return [`\`${code}\``, words.zh, words.remedyZh, words.en, words.remedyEn, severity];
  });
  return [
    "## Records 记录\n",
    "Faults of one field of one record. All are errors when issuing but `OTHER_ISSUER`, which warns and stops",
    "nothing; the last column is for import.\n",
    table(["code", "说明", "处理", "meaning", "remedy", "on import"], rows),
  ].join("\n");
}

function problems(): string {
  const rows = Object.entries(PROBLEMS).map(([code, { words, remedy, exit, status }]) => {
    const numbers = [String(exit), String(status)];
    return [`\`${code}\``, ...numbers, words.zh, remedy.zh, words.en, remedy.en];
  });
  return [
    "## Problems 故障\n",
    "What stops a command (exit code) or a request (HTTP status) before there is a verdict.\n",
    table(["code", "exit", "HTTP", "说明", "处理", "meaning", "remedy"], rows),
  ].join("\n");
}

function findings(): string {
  const rows = Object.entries(FINDINGS).map(([code, { zh, en }]) => [`\`${code}\``, zh, en]);
  return ["## Audit 审计\n", table(["code", "说明", "meaning"], rows)].join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => {
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  };
  const rule = header.map(() => "---");
  return `${[header, rule, ...rows].map(line).join("\n")}\n`;
}
