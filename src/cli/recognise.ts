import { Command, Option } from "commander";
import { loadSettings } from "../config.ts";
import type { RecognitionRule, RuleEffect } from "../core/ledger/events.ts";
import { Problem } from "../core/problem.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import { openChain, readLedger } from "../main/chain.ts";
import { authorityAccount, governanceOf } from "../main/keys.ts";
import { systemClock } from "../main/system.ts";
import { createOutput } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { assurance, collect, instant, integer, region, withChain } from "./options.ts";

const EFFECTS: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];
const ANY = "any";

export function recogniseCommand(): Command {
  const command = new Command("recognise").description(
    "Say which certificates a region accepts from another\n互认规则",
  );
  withChain(command.command("add"))
    .description("Add a recognition rule\n新增互认规则")
    .requiredOption("--by <region>", "the region that recognises; 0 is the whole country", region)
    .requiredOption(
      "--from <region>",
      "the region recognised, with all below it; or 'any'",
      anyRegion,
    )
    .option("--type <code>", "the certificate type", ANY)
    .option("--item <text>", "a service item it holds for; give it several times", collect, [])
    .addOption(
      new Option("--effect <word>", "what the rule says").choices(EFFECTS).default("accept"),
    )
    .option("--least-assurance <letter>", "least assurance, A to D", assurance, 0)
    .option("--max-status-age <seconds>", "greatest age of the chain's data", integer, 0)
    .option("--valid-from <time>", "from when it holds (default: now)", instant)
    .option("--valid-until <time>", "until when it holds (default: no end)", instant)
    .option("--condition <text>", "the words a counter is told, with --effect conditional", "")
    .option("--basis <text>", "legal basis", "")
    .option("--key <file>", "the authority's key (default: keys/authority.key)")
    .addHelpText("after", ADD_NOTES)
    .action(addRule);
  withChain(command.command("list"))
    .description("List the rules on the chain\n列出互认规则")
    .addHelpText("after", "\nExample:\n  ./lz recognise list")
    .action(listRules);
  return command;
}

const ADD_NOTES = `
Without a rule a region accepts only what its own agencies issue.

Example:
  ./lz recognise add --by 460000 --from 310000 --type 11100000000013338W011 --basis 国办发〔2022〕3号
Next: ./lz verify FILE --region 460000`;

interface AddOptions extends ChainOptions {
  readonly by: string;
  readonly from: string;
  readonly type: string;
  readonly item: readonly string[];
  readonly effect: RuleEffect;
  readonly leastAssurance: number;
  readonly maxStatusAge: number;
  readonly validFrom?: number;
  readonly validUntil?: number;
  readonly condition: string;
  readonly basis: string;
  readonly key?: string;
}

function anyRegion(text: string): string {
  return text === ANY ? "0" : region(text);
}

async function addRule(options: AddOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  const rule = ruleOf(options);
  const chain = await openChain(settings, options);
  try {
    const authority = await authorityAccount(settings, chain.rpc, options.key);
    const { transaction, block } = await governanceOf(chain, authority).addRule(rule);
    const { state } = await readLedger(chain);
    const added = [...state.rules.values()].at(-1);
    output.say(`已新增规则 Added rule ${String(added?.id)}: ${sentence(rule)}`);
    output.result({ ruleId: added?.id, rule, transaction, block });
  } finally {
    chain.close();
  }
}

function ruleOf(options: AddOptions): RecognitionRule {
  if (options.effect === "conditional" && options.condition === "") {
    throw new Problem("USAGE", "--condition expected with --effect conditional");
  }
  return {
    recognising: options.by,
    recognised: options.from,
    group: null,
    type: options.type === ANY ? null : options.type,
    serviceItems: options.item,
    leastAssurance: options.leastAssurance,
    maxStatusAge: options.maxStatusAge,
    validFrom: options.validFrom ?? systemClock.now(),
    validUntil: options.validUntil ?? null,
    effect: options.effect,
    condition: options.condition,
    basis: options.basis,
  };
}

function sentence({ recognising, recognised, type, effect, group }: RecognitionRule): string {
  const from = group ?? (recognised === "0" ? ANY : recognised);
  return `${recognising} ${effect} ← ${from}, ${type ?? "any type"}`;
}

async function listRules(options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const records = [...state.rules.values()];
    output.table(
      ["rule", "what", "service items", "from", "until", "basis", "ended"],
      records.map(({ id, rule, endedAt }) => [
        String(id),
        sentence(rule),
        rule.serviceItems.length === 0 ? "all" : rule.serviceItems.join(" "),
        formatInstant(rule.validFrom),
        rule.validUntil === null ? "—" : formatInstant(rule.validUntil),
        rule.basis,
        endedAt === null ? "—" : formatInstant(endedAt),
      ]),
    );
    output.result(records);
  } finally {
    chain.close();
  }
}
