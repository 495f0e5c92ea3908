/** Why a region accepts a certificate type from another, or does not: which rule decides, and why not the others. */
import type { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { consideredWords } from "../../core/ledger/recognition-words.ts";
import { explainRecognition } from "../../core/ledger/recognition.ts";
import type {
  RecognitionExplanation,
  RecognitionQuestion,
  RuleOutcome,
} from "../../core/ledger/recognition.ts";
import type { LedgerState, RuleRecord } from "../../core/ledger/state.ts";
import type { Words } from "../../core/words.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { systemClock } from "../../main/system.ts";
import { requireAgency } from "../terminal/agency-code.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { instant, region, requireOne, withChain } from "../terminal/options.ts";
import { ruleNumber } from "./recognise-list.ts";
import { namedRuleWords, requireKnownType, typeText } from "./type-name.ts";
import { both, regionText } from "../terminal/wording.ts";

export function addExplainCommand(group: Command): void {
  withMoment(withChain(group.command("explain")))
    .description("Say which rule decides for a counter, and why not the others\n解释互认结论")
    .requiredOption("--region <code>", "the counter's region", region)
    .option("--issuer-region <code>", "the issuing agency's region", region)
    .option("--agency <code>", "the issuing agency, instead of its region")
    .requiredOption("--type <code>", "the certificate type")
    .option("--item <text>", "the service item it is wanted for")
    .option("--all", "show also the rules of other regions than the counter's")
    .addHelpText("after", NOTES)
    .action(explain);
}

/** --at and --as-known-at. */
export function withMoment(command: Command): Command {
  return command
    .option("--at <time>", "for which time (default: now)", instant)
    .option("--as-known-at <time>", "count only what was recorded until then", instant);
}

const NOTES = `
It is the answer that a verifier at that counter gives in its check 'recognition', by the same resolution.

Examples:
  ./lz recognise explain --region 460000 --issuer-region 310000 --type 11100000000013338W001
  ./lz recognise explain --region 460000 --agency 11310000MB1A00001C --type 11100000000013338W001 --at 2026-01-31
Next: ./lz recognise matrix --type 11100000000013338W001`;

export interface MomentOptions {
  readonly at?: number;
  readonly asKnownAt?: number;
}

interface ExplainOptions extends ChainOptions, MomentOptions {
  readonly region: string;
  readonly issuerRegion?: string;
  readonly agency?: string;
  readonly type: string;
  readonly item?: string;
  readonly all?: true;
}

async function explain(options: ExplainOptions): Promise<void> {
  requireOne(options, ["issuerRegion", "agency"]);
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    requireKnownType(state, options.type);
    const question = questionOf(state, options);
    const explanation = explainRecognition(state, question, options.asKnownAt);
    sayQuestion(output, state, question, options.asKnownAt);
    sayDecision(output, state, explanation);
    sayOthers(output, state, explanation, options.all === true);
    output.result({ question, asKnownAt: options.asKnownAt ?? null, ...explanation });
  } finally {
    chain.close();
  }
}

function questionOf(state: LedgerState, options: ExplainOptions): RecognitionQuestion {
  const { region: recognising, issuerRegion, agency, type, item } = options;
  const recognised =
    agency === undefined ? String(issuerRegion) : requireAgency(state, agency).region;
  return {
    ...{ recognising, recognised, type, at: options.at ?? systemClock.now() },
    ...(item !== undefined && { serviceItem: item }),
  };
}

function sayQuestion(
  output: Output,
  state: LedgerState,
  { recognising, recognised, type, serviceItem, at }: RecognitionQuestion,
  asKnownAt?: number,
): void {
  output.say(`窗口 counter  ${regionText(recognising)}`);
  output.say(`发证地 issuer ${regionText(recognised)}`);
  output.say(`证照 type     ${typeText(state, type)}`);
  if (serviceItem !== undefined) output.say(`事项 item     ${serviceItem}`);
  const known =
    asKnownAt === undefined ? "" : `, 按当时已知 as known at ${formatInstant(asKnownAt)}`;
  output.say(`时点 at       ${formatInstant(at)}${known}\n`);
}

const OWN: Words = {
  zh: "认可：属本地区（或上下级）机关颁发，无需规则",
  en: "Accepted: a region's own agencies, and those above and below it, need no rule.",
};
const NOTHING: Words = { zh: "不认可：没有适用的规则", en: "Not accepted: no rule applies." };

function sayDecision(
  output: Output,
  state: LedgerState,
  { decision }: RecognitionExplanation,
): void {
  if (decision.by === "rule") sayRule(output, state, decision.record);
  else if (decision.by === "own") output.say(`✓ ${both(OWN)}`);
  else output.say(`✗ ${both(NOTHING)}`);
  if (decision.by === "nothing" && decision.expired !== null) {
    const number = ruleNumber(state, decision.expired);
    output.say(
      `  规则 ${number} 曾予认可，已到期 Rule ${number} recognised it once; its days ran out.`,
    );
  }
}

const MARKS = { accept: "✓", conditional: "✓", suspend: "✗", deny: "✗" } as const;

function sayRule(output: Output, state: LedgerState, record: RuleRecord): void {
  const { rule } = record;
  const { zh, en } = namedRuleWords(state, rule);
  const number = ruleNumber(state, record);
  output.say(`${MARKS[rule.effect]} 由规则 ${number} 决定：${zh}`);
  output.say(`  Rule ${number} decides: ${en}`);
  if (rule.condition !== "") output.say(`  条件 condition ${rule.condition}`);
  if (rule.basis !== "") output.say(`  依据 basis ${rule.basis}`);
}

/** In the order in which a person would ask: what came close, first. */
const ORDER: readonly RuleOutcome[] = [
  ...(["outranked", "otherServiceItem", "ended", "runOut", "notYetInForce"] as const),
  ...(["notYetRecorded", "otherType", "otherIssuerRegion", "otherRecognisingRegion"] as const),
];

function sayOthers(
  output: Output,
  state: LedgerState,
  { considered }: RecognitionExplanation,
  isAll: boolean,
): void {
  const others = considered.filter(({ outcome }) => outcome !== "decides");
  const near = others.filter(({ outcome }) => isAll || outcome !== "otherRecognisingRegion");
  const sorted = near.sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  if (sorted.length > 0) {
    output.say("\n其他规则 The others:");
    output.table(
      ["rule", "what", "why not"],
      sorted.map((considered) => {
        const { record } = considered;
        const what = both(namedRuleWords(state, record.rule));
        return [ruleNumber(state, record), what, both(consideredWords(considered))];
      }),
    );
  }
  sayFar(output, others.length - near.length);
}

function sayFar(output: Output, count: number): void {
  if (count === 0) return;
  const en = `${String(count)} rules of other regions are not shown; --all shows them.`;
  output.say(`\n另有其他地区的规则 ${String(count)} 条未列出（--all）。${en}`);
}
