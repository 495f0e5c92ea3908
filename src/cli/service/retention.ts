import { Command } from "commander";
import { requireErased } from "../../app/retention.ts";
import { loadSettings } from "../../config.ts";
import { openServiceStore, serviceStorePlace } from "../../main/stores/stores.ts";
import { readServiceSettings } from "../../main/settings/service-settings.ts";
import type { RetentionSettings } from "../../main/settings/service-settings.ts";
import { systemClock } from "../../main/system.ts";
import { KEPT_FOR_A_TIME } from "../../ports/retention.ts";
import { createOutput } from "../terminal/output.ts";

export function retentionCommand(): Command {
  const command = new Command("retention").description(
    "What a verification service keeps for a time only\n保存期限",
  );
  command
    .command("run")
    .description("Erase what is past its time: presentations seen, counts, old uses\n清理到期数据")
    .option("--dry-run", "count it, and erase nothing")
    .option("--config <file>", "the service's configuration: how long uses are kept, and where")
    .option("--service-store <place>", "file or postgres://… (default: LZ_SERVICE_STORE)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(runRetention);
  return command;
}

const NOTES = `
A service that runs does the same by itself, every hour unless its configuration says otherwise (retention:
everyMinutes, useDays). One process is at it at a time.

Examples:
  ./lz retention run --dry-run
  ./lz retention run --config /etc/liangzheng/service.yaml`;

interface RunOptions {
  readonly dryRun?: true;
  readonly config?: string;
  readonly serviceStore?: string;
  readonly json?: true;
}

/** How long what is kept, and where. @throws Problem CONFIGURATION_INVALID */
function settingsOf({ config, serviceStore }: RunOptions): {
  readonly retention: RetentionSettings;
  readonly place: string;
} {
  const { settings } = readServiceSettings(config === undefined ? {} : { config });
  const said = serviceStore ?? settings.serviceStore;
  return { retention: settings.retention, place: said ?? serviceStorePlace(loadSettings()) };
}

async function runRetention(options: RunOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const isDry = options.dryRun === true;
  const { retention: kept, place } = settingsOf(options);
  const store = await openServiceStore({ place, clock: systemClock });
  try {
    const limits = { now: systemClock.now(), useDays: kept.useDays };
    const { retention } = store;
    const counts = isDry
      ? await retention.outlived(limits)
      : await requireErased(retention, limits);
    output.say(isDry ? "到期数据 Past its time:" : "已清理 Erased:");
    const rows = counts.map(({ what, count }) => {
      const { zh, en } = KEPT_FOR_A_TIME[what];
      return [`${zh} ${en}`, String(count)];
    });
    output.table(["数据 What", "条数 Rows"], rows);
    const result = Object.fromEntries(counts.map(({ what, count }) => [what, count]));
    output.result({ store: store.name, isDryRun: isDry, counts: result });
  } finally {
    await store.close();
  }
}
