import type { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { LedgerState, RuleRecord } from "../../core/ledger/state.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { namedRuleWords } from "./type-name.ts";
import { both, endText } from "../terminal/wording.ts";

export function addListCommand(group: Command): void {
  withChain(group.command("list"))
    .description("List the rules on the chain, those that were ended too\n列出互认规则")
    .addHelpText("after", NOTES)
    .action(listRules);
}

const NOTES = `
Example:
  ./lz recognise list
Next: ./lz recognise explain, for which of them decides`;

async function listRules(options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const records = [...state.rules.values()];
    output.table(
      ["rule", "what", "type", "service items", "from", "until", "basis", "ended"],
      records.map((record) => {
        const { rule, endedAt } = record;
        return [
          ruleNumber(state, record),
          both(namedRuleWords(state, rule)),
          rule.type ?? "any",
          rule.serviceItems.length === 0 ? "all" : rule.serviceItems.join(" "),
          formatInstant(rule.validFrom),
          endText(rule.validUntil),
          rule.basis,
          endText(endedAt),
        ];
      }),
    );
    output.result(records);
  } finally {
    chain.close();
  }
}

/** A rule's number; with the deployment that it was made in, where another one has taken over since. */
export function ruleNumber({ freezes }: LedgerState, { id, generation }: RuleRecord): string {
  const isPresent = generation === freezes.length;
  return isPresent ? String(id) : `${String(id)} (deployment ${String(generation + 1)})`;
}
