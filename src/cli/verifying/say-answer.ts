/** A verdict in words: what it is, as of when, why, and what to do. */
import type { Answer, AnswerCertificate, AnswerCheck } from "../../app/answer.ts";
import type { CounterAnswer } from "../../app/counter/counter-answer.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { loadVersions } from "../../main/catalogue.ts";
import type { Output } from "../terminal/output.ts";

/** What a command ends with for each verdict. */
export const VERDICT_EXIT_CODES = { accepted: 0, rejected: 1, indeterminate: 2 } as const;

const MARKS = { pass: "✓", fail: "✗", unknown: "?", skipped: "–" } as const;

/** For when a past day was asked about; seconds since 1970. */
export interface Moment {
  readonly at?: number;
  readonly asKnownAt?: number;
}

/** What a service adds to the answer of a counter. */
type Told = Answer & Partial<Pick<CounterAnswer, "masked" | "receipt">>;

export async function sayAnswer(output: Output, answer: Told, moment: Moment = {}): Promise<void> {
  if (output.isJson) return;
  const { words, authentic, usable, certificate, claims, masked = [], receipt } = answer;
  output.say(`${words.zh} ${words.en.toUpperCase()}`);
  sayMoment(output, moment);
  output.say(
    `  真实 authentic: ${word(authentic)}    此时此地可用 usable here and now: ${word(usable)}`,
  );
  if (certificate !== null) sayCertificate(output, certificate);
  const shown = Object.entries(claims);
  const names = shown.length === 0 ? NO_NAMES : await claimNames(certificate);
  for (const [name, value] of shown) {
    const note = masked.includes(name) ? "    已脱敏 masked" : "";
    const title = [names.get(name), name].filter(Boolean).join(" ");
    output.say(`  ${title}: ${typeof value === "string" ? value : JSON.stringify(value)}${note}`);
  }
  for (const check of answer.checks) sayCheck(output, check);
  sayGrounds(output, answer);
  if (receipt !== undefined && receipt !== null) output.say(`  回执 receipt: ${receipt.id}`);
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** What the catalogue calls the claims in Chinese, as on the certificate's face; a name it does not have stands alone. */
async function claimNames(certificate: AnswerCertificate | null): Promise<typeof NO_NAMES> {
  const { type = null, schemaVersion = null } = certificate ?? {};
  const versions = type === null ? [] : await loadVersions(type);
  const own = versions.find(({ version }) => version === schemaVersion) ?? versions.at(-1);
  return new Map((own?.claims ?? []).map(({ name, zh }) => [name, zh]));
}

/** 'Here and now' is then 'here and at that time': nobody is to take an old answer for today's. */
function sayMoment(output: Output, { at, asKnownAt }: Moment): void {
  if (at === undefined && asKnownAt === undefined) return;
  const time = at === undefined ? "此刻 now" : formatInstant(at);
  output.say(`  判断时点 judged for: ${time}`);
  if (asKnownAt === undefined) return;
  const known = formatInstant(asKnownAt);
  output.say(`  只计此时已上链的内容 knowing only what was on the chain by: ${known}`);
}

function sayCertificate(output: Output, certificate: AnswerCertificate): void {
  const { typeName, agencyName, agency, notBefore, notAfter, successor } = certificate;
  output.say(`  证照 ${typeName === null ? "?" : `${typeName.zh} ${typeName.en}`}`);
  const region = certificate.regionName?.zh ?? "?";
  output.say(`  发证机关 ${agencyName ?? "?"} (${agency}), ${region}`);
  if (successor !== null) {
    const { name, code } = successor;
    output.say(`  现由其承接 its work goes on in: ${name} (${code})`);
  }
  const until = notAfter === null ? "长期 no end" : dayInBeijing(notAfter);
  output.say(`  有效期 valid ${dayInBeijing(notBefore)} – ${until}`);
}

function sayGrounds(output: Output, { recognition, ledger }: Answer): void {
  const rule = recognition?.rule ?? null;
  if (rule !== null) {
    const basis = rule.basis === "" ? "" : `: ${rule.basis}`;
    output.say(`  依据规则 rule ${String(recognition?.ruleId)}${basis}`);
  }
  if (ledger === null) return;
  const { chainId, block, ageSeconds } = ledger;
  const age = `${String(ageSeconds)} s old`;
  output.say(`  链 chain ${String(chainId)}, 区块 block ${String(block)}, ${age}`);
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
