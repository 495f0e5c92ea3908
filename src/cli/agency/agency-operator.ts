/** The accounts that act for an agency: added, removed in good order, or distrusted when a key was stolen. */
import { Command } from "commander";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type { Change } from "../../app/change.ts";
import { coins } from "./agency-add.ts";
import { requireAgency, withAgencyCode } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions } from "../governance/governing.ts";
import { address, instant, withWindow } from "../terminal/options.ts";
import type { WindowOptions } from "../terminal/options.ts";

export function operatorCommand(): Command {
  const command = new Command("operator").description(
    "Add, remove and distrust the accounts that act for an agency\n经办账户",
  );
  withWindow(withAccount(command.command("add")))
    .description("Let an account issue and set statuses for an agency\n新增经办账户")
    .option("--fund <amount>", "coins for its fees, where the chain takes any", coins)
    .addHelpText("after", ADD_NOTES)
    .action(addOperator);
  withAccount(command.command("remove"))
    .description("End that an account acts for an agency, now\n停用经办账户")
    .addHelpText("after", REMOVE_NOTES)
    .action(removeOperator);
  withAccount(command.command("distrust"))
    .description(
      "A key was stolen: stop the account now, and reject what it anchored since\n不予信任",
    )
    .requiredOption("--since <time>", "since when the key was not its owner's alone", instant)
    .addHelpText("after", DISTRUST_NOTES)
    .action(distrustOperator);
  withAccount(command.command("lift"))
    .description("Trust again what a distrusted account anchored\n恢复信任")
    .addHelpText("after", LIFT_NOTES)
    .action(liftDistrust);
  return command;
}

function withAccount(command: Command): Command {
  return withGovernance(
    withAgencyCode(command).requiredOption("--account <address>", "the account", address),
  );
}

const ADD_NOTES = `
Two accounts at once let a key be changed without a gap: add the new one, then remove the old one.

Example:
  ./lz agency operator add 11310000MB1A00001C --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
Next: ./lz agency show 11310000MB1A00001C`;

const REMOVE_NOTES = `
What it anchored stays good. Where its key was stolen, use distrust instead.

Example:
  ./lz agency operator remove 11310000MB1A00001C --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
Next: ./lz agency show 11310000MB1A00001C`;

const DISTRUST_NOTES = `
One call stops the account and tells every verifier to reject what it anchored at or after --since, by the chain's own
time; what came before stays good. Said again with an earlier time, that one holds.

Example:
  ./lz agency operator distrust 11310000MB1A00001C --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 \\
    --since 2026-01-31T08:00:00Z --basis 沪网信〔2026〕5号
Next: ./lz agency operator add, with a new account`;

const LIFT_NOTES = `
Both the distrust and its end stay on the chain. The account may act again only once it is added again.

Example:
  ./lz agency operator lift 11310000MB1A00001C --account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
Next: ./lz agency show 11310000MB1A00001C`;

interface AccountOptions extends GovernOptions {
  readonly account: string;
}

interface AddOptions extends AccountOptions, WindowOptions {
  readonly fund?: bigint;
}

async function addOperator(code: string, options: AddOptions): Promise<void> {
  const account = options.account.toLowerCase();
  const { basis, fund } = options;
  await govern(options, ({ state, blockTime }) => {
    requireAgency(state, code);
    const { validFrom = blockTime, validUntil = null } = options;
    const window = { validFrom, validUntil, basis };
    const changes: Change[] = [(governance) => governance.addOperator(code, account, window)];
    if (fund !== undefined) changes.push((governance) => governance.fund(account, fund));
    return { changes, result: { agency: code, account, validFrom, validUntil }, next: next(code) };
  });
}

async function removeOperator(code: string, options: AccountOptions): Promise<void> {
  await changeOperator(code, options, (account, basis) => {
    return (governance) => governance.removeOperator(account, basis);
  });
}

interface DistrustOptions extends AccountOptions {
  readonly since: number;
}

async function distrustOperator(code: string, options: DistrustOptions): Promise<void> {
  const { since } = options;
  await changeOperator(code, options, (account, basis) => {
    return (governance) => governance.distrustOperator(code, account, since, basis);
  });
}

async function liftDistrust(code: string, options: AccountOptions): Promise<void> {
  await changeOperator(code, options, (account, basis) => {
    return (governance) => governance.liftOperatorDistrust(code, account, basis);
  });
}

async function changeOperator(
  code: string,
  options: AccountOptions,
  changeOf: (account: string, basis: string) => Change,
): Promise<void> {
  const account = options.account.toLowerCase();
  await govern(options, ({ state }) => {
    requireOperator(state, code, account);
    const changes = [changeOf(account, options.basis)];
    return { changes, result: { agency: code, account }, next: next(code) };
  });
}

/** removeOperator() is told no agency: another agency's account would be stopped by a slip of the pen. */
function requireOperator(state: LedgerState, code: string, account: string): void {
  requireAgency(state, code);
  if (state.operators.get(account)?.agency === code) return;
  throw new Problem("OPERATOR_UNKNOWN", `${account}, ${code}`);
}

function next(code: string): string {
  return `./lz agency show ${code}`;
}
