/** Making and ending recognition rules. A rule is never changed: another one is added, or it is ended. */
import { Option } from "commander";
import type { Command } from "commander";
import { ruleWords } from "../../app/rule-words.ts";
import type { LedgerEvent, RecognitionRule, RuleEffect } from "../../core/ledger/events.ts";
import { findRule } from "../../core/ledger/recognition.ts";
import type { LedgerState, RuleRecord } from "../../core/ledger/state.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { Problem } from "../../core/problem.ts";
import { requireTypes } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions, Outcome, Plan } from "../governance/governing.ts";
import { assurance, collect, integer, region, withWindow } from "../terminal/options.ts";
import type { WindowOptions } from "../terminal/options.ts";
import { both } from "../terminal/wording.ts";

const ANY = "any";
const EFFECTS: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];

export function addRuleCommands(group: Command): void {
  withWindow(withGovernance(withScope(group.command("add"))))
    .description("Add a recognition rule\n新增互认规则")
    .addHelpText("after", ADD_NOTES)
    .action(addRule);
  withWindow(withGovernance(group.command("suspend").argument("<rule>", "its number", integer)))
    .description("Suspend what a rule recognises, until that is ended\n暂停互认规则")
    .addHelpText("after", SUSPEND_NOTES)
    .action(suspendRule);
  withGovernance(group.command("end").argument("<rule>", "its number", integer))
    .description("End a rule, from this block on\n终止互认规则")
    .addHelpText("after", END_NOTES)
    .action(endRule);
}

function withScope(command: Command): Command {
  return command
    .requiredOption("--by <region>", "the region that recognises; 0 is the whole country", region)
    .option("--from <region>", "the region recognised, with all below it; or 'any'", anyRegion)
    .option("--group <name>", "the regions recognised, as a group such as 长三角 (not with --from)")
    .option("--type <code>", "the certificate type", ANY)
    .option("--item <text>", "a service item it holds for; give it several times", collect, [])
    .addOption(
      new Option("--effect <word>", "what the rule says").choices(EFFECTS).default("accept"),
    )
    .addOption(
      new Option("--least-assurance <letter>", "least assurance, A to D")
        .argParser(assurance)
        .default(0, "any"),
    )
    .addOption(
      new Option("--max-status-age <seconds>", "greatest age of the chain's data")
        .argParser(integer)
        .default(0, "any"),
    )
    .option("--condition <text>", "the words a counter is told, with --effect conditional", "");
}

const ADD_NOTES = `
Without a rule a region accepts only what its own agencies issue. Of several rules that fit, the most specific decides:
lz recognise explain says which, and why not the others.

Examples:
  ./lz recognise add --by 460000 --from 310000 --type 11100000000013338W011 --basis 国办发〔2022〕3号
  ./lz recognise group define 长三角 --regions 310000,320000,330000,340000
  ./lz recognise add --by 310000 --group 长三角 --basis 长三角政务服务“一网通办”
Next: ./lz verify FILE --region 460000`;

const SUSPEND_NOTES = `
Adds a rule of the same scope with the effect 'suspend', which comes before the one that accepts; ending that rule
resumes it. The number to end is printed.

Example:
  ./lz recognise suspend 1 --basis 琼府办函〔2026〕7号
Next: ./lz recognise end, with the number of the suspension, to resume`;

const END_NOTES = `
What was accepted before stays as it was: a verdict for a past day is by the rules of that day.

Example:
  ./lz recognise end 1
Next: ./lz recognise list`;

interface AddOptions extends GovernOptions, WindowOptions {
  readonly by: string;
  readonly from?: string;
  readonly group?: string;
  readonly type: string;
  readonly item: readonly string[];
  readonly effect: RuleEffect;
  readonly leastAssurance: number;
  readonly maxStatusAge: number;
  readonly condition: string;
}

function anyRegion(text: string): string {
  return text === ANY ? "0" : region(text);
}

async function addRule(options: AddOptions): Promise<void> {
  requireScope(options);
  await govern(options, ({ state, now }) => {
    const rule = ruleOf(options, now);
    requireGroup(state, rule.group);
    if (rule.type !== null) requireTypes(state, [rule.type]);
    const next = `./lz verify FILE --region ${rule.recognising === "0" ? "460000" : rule.recognising}`;
    return { ...addition(rule), next };
  });
}

function requireScope({ from, group, effect, condition }: AddOptions): void {
  if ((from === undefined) === (group === undefined)) {
    throw new Problem("USAGE", "exactly one of --from, --group expected");
  }
  if (effect === "conditional" && condition === "") {
    throw new Problem("USAGE", "--condition expected with --effect conditional");
  }
}

function requireGroup({ groups }: LedgerState, group: string | null): void {
  if (group !== null && !groups.has(group)) throw new Problem("GROUP_UNKNOWN", group);
}

function ruleOf(options: AddOptions, now: number): RecognitionRule {
  return {
    recognising: options.by,
    recognised: options.from ?? "0",
    group: options.group ?? null,
    type: options.type === ANY ? null : options.type,
    serviceItems: options.item,
    leastAssurance: options.leastAssurance,
    maxStatusAge: options.maxStatusAge,
    validFrom: options.validFrom ?? now,
    validUntil: options.validUntil ?? null,
    effect: options.effect,
    condition: options.condition,
    basis: options.basis,
  };
}

function addition(rule: RecognitionRule): Plan {
  return {
    changes: [(governance) => governance.addRule(rule)],
    result: { rule },
    outcome: (events) => added(events, rule),
  };
}

function added(events: readonly LedgerEvent[], rule: RecognitionRule): Outcome {
  const ruleId = events.find((event) => event.kind === "RuleAdded")?.ruleId ?? null;
  const line = `规则编号 Rule ${String(ruleId)}: ${both(ruleWords(rule))}`;
  return { lines: [line], result: { ruleId } };
}

async function suspendRule(ruleId: number, options: GovernOptions & WindowOptions): Promise<void> {
  await govern(options, ({ state, now }) => {
    const { rule } = requireOpenRule(state, ruleId);
    if (rule.effect === "deny" || rule.effect === "suspend") {
      throw new Problem("USAGE", `rule ${String(ruleId)} recognises nothing: end it instead`);
    }
    const suspension: RecognitionRule = {
      ...rule,
      ...{ effect: "suspend", condition: "", leastAssurance: 0, maxStatusAge: 0 },
      validFrom: options.validFrom ?? now,
      validUntil: options.validUntil ?? null,
      basis: options.basis,
    };
    return suspensionOf(ruleId, suspension);
  });
}

function suspensionOf(ruleId: number, suspension: RecognitionRule): Plan {
  const plan = addition(suspension);
  return {
    ...plan,
    result: { suspended: ruleId, ...plan.result },
    outcome: (events) => {
      const outcome = added(events, suspension);
      const number = String(outcome.result["ruleId"]);
      const zh = `规则 ${String(ruleId)} 仍在，由规则 ${number} 暂停；恢复：./lz recognise end ${number}`;
      const en = `Rule ${String(ruleId)} stays; rule ${number} suspends it until it is ended.`;
      return { ...outcome, lines: [...outcome.lines, zh, en] };
    },
    next: "./lz recognise list",
  };
}

async function endRule(ruleId: number, options: GovernOptions): Promise<void> {
  await govern(options, ({ state }) => {
    const { rule } = requireOpenRule(state, ruleId);
    return {
      changes: [(governance) => governance.endRule(ruleId, options.basis)],
      result: { ruleId, rule },
      outcome: () => ({
        lines: [`规则 Rule ${String(ruleId)}: ${both(ruleWords(rule))}`],
        result: {},
      }),
      next: "./lz recognise list",
    };
  });
}

/** @throws Problem RULE_UNKNOWN also for one that was ended. */
function requireOpenRule(state: LedgerState, ruleId: number): RuleRecord {
  const record = findRule(state, ruleId);
  if (record === undefined) throw new Problem("RULE_UNKNOWN", String(ruleId));
  if (record.endedAt === null) return record;
  const ended = formatInstant(record.endedAt);
  throw new Problem("RULE_UNKNOWN", `${String(ruleId)} was ended, ${ended}`);
}
