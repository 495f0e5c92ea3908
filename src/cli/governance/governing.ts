/**
 * What every command that changes the rules of trust has in common: who acts and on what basis, and what
 * became of it. A change is described from the bytes of its own call, whether it is sent or not.
 */
import { Option } from "commander";
import type { Command } from "commander";
import type { Change } from "../../app/change.ts";
import { loadSettings } from "../../config.ts";
import type { Settings } from "../../config.ts";
import type { LedgerEvent } from "../../core/ledger/events.ts";
import { ownFreeze } from "../../core/ledger/authorities.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type { Words } from "../../core/words.ts";
import { decodeCall } from "../../main/chain/calls.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { governAsAuthority, governOnPaper } from "../../main/chain/accounts.ts";
import { systemClock } from "../../main/system.ts";
import type { ChangeReceipt, Governance, PreparedCall } from "../../ports/governance.ts";
import { callWords } from "./call-words.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";

export interface ActOptions extends ChainOptions {
  readonly key?: string;
  readonly callOnly?: true;
}

export interface GovernOptions extends ActOptions {
  readonly basis: string;
}

/** --basis, --key, --call-only, and where the chain is. */
export function withGovernance(command: Command): Command {
  return withChain(
    withCallOnly(
      command
        .addOption(basisOption())
        .option("--key <file>", "the authority's key (default: keys/authority.key)"),
    ),
  );
}

function basisOption(): Option {
  return new Option("--basis <text>", "legal basis, kept on the chain with the change").default(
    "",
    "none",
  );
}

export function withCallOnly(command: Command): Command {
  return command.option(
    "--call-only",
    "send nothing, print the contract calls: for an authority that is a multi-signature contract",
  );
}

/** What a plan is made from. */
export interface Situation {
  readonly settings: Settings;
  readonly chain: Chain;
  readonly state: LedgerState;
  /** Seconds since 1970: from when a change holds in law, unless it is said otherwise. */
  readonly now: number;
  /** The time of the newest block: a window that is to be open at once begins here. */
  readonly blockTime: number;
}

export interface Plan {
  /** None: it is so already. */
  readonly changes: readonly Change[];
  /** Who makes a change, where that is not the authority of --key. */
  readonly by?: (change: Change) => Governance;
  /** What --json tells besides the transactions. */
  readonly result: Readonly<Record<string, unknown>>;
  /** What only the chain could say, read from the events of the changes. */
  readonly outcome?: (events: readonly LedgerEvent[]) => Outcome;
  /** The command that one would use next. */
  readonly next?: string;
}

export interface Outcome {
  readonly lines: readonly string[];
  readonly result: Readonly<Record<string, unknown>>;
}

/** Sends the planned changes one after the other, or prints their calls. */
export async function govern(
  options: ActOptions,
  plan: (situation: Situation) => Plan | Promise<Plan>,
): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  const chain = await openChain(settings, options);
  try {
    const planned = await plan(await situationOf(settings, chain));
    if (options.callOnly === true) await printCalls(output, chain, planned);
    else await carryOut(output, chain, settings, planned, options.key);
  } finally {
    chain.close();
  }
}

async function situationOf(settings: Settings, chain: Chain): Promise<Situation> {
  const { state } = await readLedger(chain);
  const freeze = ownFreeze(state, Infinity);
  if (freeze !== null) throw new Problem("LEDGER_FROZEN", freeze.successor);
  const { time } = await chain.reader.latestBlock();
  return { settings, chain, state, now: systemClock.now(), blockTime: time };
}

async function carryOut(
  output: Output,
  chain: Chain,
  settings: Settings,
  plan: Plan,
  keyFile?: string,
): Promise<void> {
  const by = plan.by ?? (await authorityOf(chain, settings, keyFile));
  const receipts: ChangeReceipt[] = [];
  for (const change of plan.changes) {
    const { words } = await describe(chain, change);
    const receipt = await change(by(change));
    receipts.push(receipt);
    output.say(`✓ ${words.zh}`);
    output.say(`  ${words.en}`);
    output.say(`  交易 transaction ${receipt.transaction}, ${String(receipt.gasUsed)} gas`);
  }
  if (receipts.length === 0) output.say("已是如此，无需更改。It is so already: nothing to change.");
  if (receipts.length > 1) sayTotals(output, receipts);
  const outcome = await outcomeOf(chain, plan, receipts);
  for (const line of outcome.lines) output.say(line);
  if (plan.next !== undefined) output.say(`下一步 Next: ${plan.next}`);
  output.result({ ...plan.result, ...outcome.result, ...totals(receipts) });
}

async function authorityOf(
  chain: Chain,
  settings: Settings,
  keyFile?: string,
): Promise<() => Governance> {
  const authority = await governAsAuthority(settings, chain, keyFile);
  return () => authority;
}

function sayTotals(output: Output, receipts: readonly ChangeReceipt[]): void {
  const gas = String(gasOf(receipts));
  output.say(`共 ${String(receipts.length)} 笔交易 transactions in all, ${gas} gas`);
}

function gasOf(receipts: readonly ChangeReceipt[]): number {
  return receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
}

/** A change as the call that it is, with nothing sent. */
interface DescribedCall {
  readonly call: PreparedCall;
  readonly decoded: ReturnType<typeof decodeCall>;
  readonly words: Words;
}

async function describe(chain: Chain, change: Change): Promise<DescribedCall> {
  const call = await change(governOnPaper(chain));
  const decoded = decodeCall(chain, call);
  return { call, decoded, words: callWords(decoded, call) };
}

async function outcomeOf(
  chain: Chain,
  { outcome }: Plan,
  receipts: readonly ChangeReceipt[],
): Promise<Outcome> {
  if (outcome === undefined) return { lines: [], result: {} };
  const events: LedgerEvent[] = [];
  for (const { block, transaction } of receipts) {
    const mined = await chain.reader.events(block, block);
    events.push(...mined.filter(({ position }) => position.transaction === transaction));
  }
  return outcome(events);
}

/** `block` is the last one's: a verifier that has read it knows of all of them. */
function totals(receipts: readonly ChangeReceipt[]): Record<string, unknown> {
  return {
    transactions: receipts.map(({ transaction }) => transaction),
    block: receipts.at(-1)?.block ?? null,
    gasUsed: gasOf(receipts),
  };
}

async function printCalls(output: Output, chain: Chain, plan: Plan): Promise<void> {
  const calls: DescribedCall[] = [];
  for (const change of plan.changes) calls.push(await describe(chain, change));
  output.say("未发送任何交易。由主管部门的多签账户按顺序发起：");
  output.say("Nothing was sent. For the authority's contract account to call, in this order:");
  for (const [i, call] of calls.entries()) sayCall(output, i + 1, call);
  output.result({ ...plan.result, calls: calls.map(callJson) });
}

function sayCall(output: Output, number: number, { call, decoded, words }: DescribedCall): void {
  output.say(`\n${String(number)}. ${words.zh}\n   ${words.en}`);
  output.say(`   合约 contract  ${call.to} ${decoded?.contract ?? ""}`.trimEnd());
  if (call.value > 0n) output.say(`   金额 value     ${String(call.value)}`);
  output.say(`   函数 function  ${decoded?.signature ?? "—"}`);
  output.say(`   数据 data      ${call.data}`);
}

function callJson({ call, decoded, words }: DescribedCall): Record<string, unknown> {
  const { to, data, value } = call;
  const { contract = null, signature = null, args = null } = decoded ?? {};
  return { to, data, value: String(value), contract, signature, args, words };
}
