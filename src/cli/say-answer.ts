/** A verdict in words: what it is, why, and what to do. */
import type { Answer, AnswerCheck } from "../app/answer.ts";
import type { Output } from "./output.ts";

const MARKS = { pass: "✓", fail: "✗", unknown: "?", skipped: "–" } as const;

export function sayAnswer(output: Output, answer: Answer): void {
  const { words, authentic, usable, certificate, claims, recognition, ledger } = answer;
  output.say(`${words.zh} ${words.en.toUpperCase()}`);
  output.say(
    `  真实 authentic: ${word(authentic)}    此时此地可用 usable here and now: ${word(usable)}`,
  );
  if (certificate !== null) {
    const { typeName, agencyName, agency, notBefore, notAfter } = certificate;
    output.say(`  证照 ${typeName === null ? "?" : `${typeName.zh} ${typeName.en}`}`);
    const region = certificate.regionName?.zh ?? "?";
    output.say(`  发证机关 ${agencyName ?? "?"} (${agency}), ${region}`);
    const until = notAfter === null ? "长期 no end" : dayInBeijing(notAfter);
    output.say(`  有效期 valid ${dayInBeijing(notBefore)} – ${until}`);
  }
  for (const [name, value] of Object.entries(claims)) {
    output.say(`  ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  }
  for (const check of answer.checks) sayCheck(output, check);
  const rule = recognition?.rule ?? null;
  if (rule !== null) output.say(`  依据规则 rule ${String(recognition?.ruleId)}: ${rule.basis}`);
  if (ledger !== null) {
    const age = `${String(ledger.ageSeconds)} s old`;
    output.say(`  链 ${String(ledger.chainId)}, 区块 block ${String(ledger.block)}, ${age}`);
  }
}

/** Dates on a certificate are days in Beijing; the last second of a day belongs to it. */
function dayInBeijing(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

function word(answer: boolean | null): string {
  if (answer === null) return "无法判断 can't tell";
  return answer ? "是 yes" : "否 no";
}

function sayCheck(
  output: Output,
  { check, result, code, detail, words, remedy }: AnswerCheck,
): void {
  const suffix = code === undefined ? "" : ` [${code}]${detail === undefined ? "" : ` ${detail}`}`;
  output.say(`  ${MARKS[result]} ${check.padEnd(11)} ${words.zh} ${words.en}${suffix}`);
  if (remedy !== undefined) output.say(`      → ${remedy.zh} ${remedy.en}`);
}
