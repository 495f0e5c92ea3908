import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { migrateLedger } from "../../main/chain/migrate.ts";
import type { Migrated } from "../../main/chain/migrate.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";

export function migrateCommand(): Command {
  return withChain(new Command("migrate"))
    .description(
      "Deploy the next version of the contracts, freeze the old ones, and carry over what is in force\n迁移账本",
    )
    .option("--basis <text>", "legal basis, kept on the chain with each change", "")
    .option("--key <file>", "the national authority's key (default: keys/authority.key)")
    .option("--administrator-key <file>", "the contracts' administrator's key (default: --key)")
    .addHelpText("after", NOTES)
    .action(migrateCommandAction);
}

const NOTES = `
1. deploys new contracts that name the old ones as their predecessor;
2. freezes the old ones: from that block nothing can be anchored there, and no authority has any power;
3. tells the new ones what is in force: authorities, groups, types, agencies, entitlements, keys, rules;
4. writes the new directory's address into the configuration.
What is past stays where it is: readers go through both. Run again after an interruption it goes on where it ended, and
nothing is done twice. An administrator with a delay announces the freeze in a first run, and a second one carries it out
when its time has come. To migrate from a deployment that the configuration does not name, name it with --directory.

Example:
  ./lz migrate --basis 国办发〔2022〕3号
Next: ./lz audit`;

interface MigrateOptions extends ChainOptions {
  readonly basis: string;
  readonly key?: string;
  readonly administratorKey?: string;
}

async function migrateCommandAction(options: MigrateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const settings = loadSettings();
  try {
    const order = {
      flags: options,
      keyFile: options.key,
      administratorKeyFile: options.administratorKey,
      basis: options.basis,
    };
    const migrated = await migrateLedger(settings, order, progress.show);
    progress.end();
    sayMigrated(output, migrated, settings.directory !== null);
  } finally {
    progress.end();
  }
}

function sayMigrated(output: Output, migrated: Migrated, isSetInEnvironment: boolean): void {
  const { from, to, receipts, state, configuration } = migrated;
  const inForce = countsOf(state);
  const wasDone = receipts.length === 0;
  output.say(
    wasDone
      ? "此前已迁移，未重复 Migrated before; nothing was done again."
      : `已迁移 Migrated in ${String(receipts.length)} transactions.`,
  );
  output.say(`旧目录合约 Old directory, frozen: ${from}`);
  output.say(`新目录合约 New directory:         ${to}`);
  output.say(`现行 In force: ${Object.entries(inForce).map(textOf).join(", ")}`);
  output.say(`配置 Configuration: ${configuration}`);
  if (isSetInEnvironment) output.say(`环境变量 LZ_DIRECTORY 也须改为 must be set to ${to}`);
  output.say("核验服务只需换成新目录合约地址后重启，其余不变；在此之前它回答“无法判断”。");
  output.say(`Verifiers: restart with the new address (./lz serve --directory ${to});`);
  output.say(
    "nothing else. Until then they say 'can't tell'. Certificates and batches stay as they are.",
  );
  output.say("下一步 Next: ./lz audit");
  const transactions = receipts.map(({ transaction }) => transaction);
  output.result({ from, to, wasDone, inForce, transactions, configuration });
}

/** What the new contracts were told and is in force. */
function countsOf(state: LedgerState): Record<string, number> {
  const rules = [...state.rules.values()].filter(({ endedAt }) => endedAt === null);
  return {
    types: state.types.size,
    agencies: state.agencies.size,
    operators: state.operators.size,
    rules: rules.length,
  };
}

function textOf([name, count]: [string, number]): string {
  return `${name} ${String(count)}`;
}
