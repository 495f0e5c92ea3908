/** Who speaks for which region: appointed by one above it, and dismissed at once. */
import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { LedgerEvent } from "../../core/ledger/events.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { address, region, withChain } from "../terminal/options.ts";
import { govern, withGovernance } from "./governing.ts";
import type { GovernOptions, Outcome } from "./governing.ts";
import { regionText } from "../terminal/wording.ts";

export function authorityCommand(): Command {
  const command = new Command("authority").description(
    "Appoint, dismiss and list the authorities of regions\n主管部门",
  );
  withAppointment(command.command("appoint"))
    .description("Appoint an account authority over a region and all below it\n任命主管部门")
    .addHelpText("after", APPOINT_NOTES)
    .action(appoint);
  withAppointment(command.command("dismiss"))
    .description("Dismiss an authority, at once\n免去主管部门")
    .addHelpText("after", DISMISS_NOTES)
    .action(dismiss);
  withChain(command.command("list"))
    .description("List who speaks for which region\n列出主管部门")
    .option("--region <code>", "only those of this region", region)
    .addHelpText("after", LIST_NOTES)
    .action(listAuthorities);
  return command;
}

function withAppointment(command: Command): Command {
  return withGovernance(
    command
      .requiredOption("--region <code>", "the region (GB/T 2260); 0 is the whole country", region)
      .requiredOption("--account <address>", "the account; also that of a contract", address),
  );
}

const APPOINT_NOTES = `
An authority is appointed by one over a region above: the country's or a province's for a city. It takes effect
after the delay that the deployment was given (--appointment-delay of lz deploy), so that a stolen key can't hand on
its power unseen. Authorities of the whole country (--region 0) are appointed by the contracts' administrator.
The account may be a contract that wants several signatures; what it is to call, --call-only prints.

Example:
  ./lz authority appoint --region 310000 --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 --basis 沪府办〔2026〕1号
Next: ./lz authority list`;

const DISMISS_NOTES = `
Taking trust away does not wait: from this block on the account can change nothing. What it did stands.

Example:
  ./lz authority dismiss --region 310000 --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
Next: ./lz authority list`;

const LIST_NOTES = `
Example:
  ./lz authority list --region 310000`;

interface AppointmentOptions extends GovernOptions {
  readonly region: string;
  readonly account: string;
}

async function appoint(options: AppointmentOptions): Promise<void> {
  const { region: where, basis } = options;
  const account = options.account.toLowerCase();
  await govern(options, () => ({
    changes: [(governance) => governance.appoint(where, account, basis)],
    result: { region: where, account },
    outcome: appointed,
    next: `./lz authority list --region ${where}`,
  }));
}

function appointed(events: readonly LedgerEvent[]): Outcome {
  const event = events.find((each) => each.kind === "AuthorityAppointed");
  if (event === undefined) return { lines: [], result: {} };
  const from = formatInstant(event.effectiveFrom);
  const isAtOnce = event.effectiveFrom <= event.position.time;
  const line = isAtOnce ? "即时生效 In force at once." : `自 ${from} 起生效 In force from ${from}.`;
  return { lines: [line], result: { effectiveFrom: event.effectiveFrom } };
}

async function dismiss(options: AppointmentOptions): Promise<void> {
  const { region: where, basis } = options;
  const account = options.account.toLowerCase();
  await govern(options, () => ({
    changes: [(governance) => governance.dismiss(where, account, basis)],
    result: { region: where, account },
    next: "./lz authority list",
  }));
}

interface ListOptions extends ChainOptions {
  readonly region?: string;
}

async function listAuthorities(options: ListOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state, block } = await readLedger(chain);
    const authorities = [...state.authorities]
      .filter(([where]) => options.region === undefined || where === options.region)
      .sort(([a], [b]) => Number(a) - Number(b))
      .flatMap(([where, accounts]) =>
        [...accounts].map(([account, since]) => {
          return { region: where, account, since, isInForce: since <= block.time };
        }),
      );
    output.table(
      ["region", "name", "account", "in force from"],
      authorities.map(({ region: where, account, since, isInForce }) => [
        where,
        regionText(where),
        account,
        isInForce ? formatInstant(since) : `${formatInstant(since)} (尚未生效 not yet)`,
      ]),
    );
    output.result(authorities);
  } finally {
    chain.close();
  }
}
