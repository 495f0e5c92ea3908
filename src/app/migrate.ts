/**
 * Migrates a ledger to the next deployment (迁移): freezes the old one in its favour, and then tells it all
 * that is in force. What an earlier run has told is left out, so that one that broke off can be run again.
 */
import { ownFreeze } from "../core/ledger/authorities.ts";
import type { LedgerEvent } from "../core/ledger/events.ts";
import { applyEvent } from "../core/ledger/reduce.ts";
import { emptyLedger } from "../core/ledger/state.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { ChainReader } from "../ports/chain-reader.ts";
import type { Governance } from "../ports/governance.ts";
import type { Progress } from "../ports/progress.ts";
import { packCalls } from "./pack-calls.ts";
import { keyOf, planMigration, stepOf } from "./plan-migration.ts";
import type { MigrationStep, TypeStep } from "./plan-migration.ts";
import { readEvents } from "./read-events.ts";

/** Who acts on the new deployment; often it is one account. */
export interface Successor<Done> {
  readonly chain: ChainReader;
  readonly administrator: Governance<Done>;
  readonly authority: Governance<Done>;
  /** Of the authority's account: what a call would take. */
  readonly estimates: Governance<number>;
}

export interface MigrationTools<Done> {
  readonly old: ChainReader;
  /** The administrator of the old contracts. */
  readonly administrator: Governance<Done>;
  /** The directory of the new deployment, which names the old one's. */
  readonly directory: string;
  readonly basis: string;
  /** Opens the new deployment; only once the old one is frozen does it count as its successor. */
  open(): Promise<Successor<Done>>;
  readonly progress?: Progress;
}

/**
 * @returns what was done: nothing where an earlier run had done it all
 * @throws Problem LEDGER_FROZEN where the old ledger is frozen in favour of another, CONTRACT_REFUSED, RPC_…
 */
export async function migrate<Done>(tools: MigrationTools<Done>): Promise<Done[]> {
  const { old, administrator, directory, basis } = tools;
  const frozen = await freezeOnce(old, administrator, directory, basis);
  const successor = await tools.open();
  const steps = await remainingSteps(old, successor.chain, successor.authority.account, basis);
  return [...frozen, ...(await carryOver(successor, steps, tools.progress))];
}

async function freezeOnce<Done>(
  old: ChainReader,
  administrator: Governance<Done>,
  directory: string,
  basis: string,
): Promise<Done[]> {
  const state = emptyLedger(old.identity);
  const { number } = await old.latestBlock();
  for await (const event of readEvents(old, old.firstBlock, number)) applyEvent(state, event);
  const freeze = ownFreeze(state, Infinity);
  if (freeze === null) return [await administrator.freeze(directory, basis)];
  if (freeze.successor === directory.toLowerCase()) return [];
  throw new Problem("LEDGER_FROZEN", freeze.successor);
}

/** What the new deployment must still be told. */
export async function remainingSteps(
  old: ChainReader,
  next: ChainReader,
  authority: string,
  basis: string,
): Promise<MigrationStep[]> {
  const { number, time } = await next.latestBlock();
  const state = await ledgerBeforeFreeze(old, number);
  const told = await toldSteps(next, number);
  const steps = planMigration(state, { authority, basis, now: time });
  return steps.filter(({ kind, subject }) => !told.has(keyOf(kind, subject)));
}

/** What was in force in a ledger when it was frozen, up to that block; or now, where it is not frozen. */
export async function ledgerBeforeFreeze(old: ChainReader, to: number): Promise<LedgerState> {
  const state = emptyLedger(old.identity);
  for await (const event of readEvents(old, old.firstBlock, to)) {
    if (isOwnFreeze(event, state)) break;
    applyEvent(state, event);
  }
  return state;
}

function isOwnFreeze({ kind }: LedgerEvent, { freezes, identity }: LedgerState): boolean {
  return kind === "LedgerFrozen" && freezes.length === identity.predecessors.length;
}

/** The steps that the newest deployment was told already. */
async function toldSteps(next: ChainReader, to: number): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  for await (const event of readEvents(next, next.firstBlock, to)) {
    const step = stepOf(event);
    if (event.kind === "LedgerFrozen") told.clear();
    else if (step !== null) told.add(step);
  }
  return told;
}

/** Carries the steps out in their order, types many at a time. */
export async function carryOver<Done>(
  successor: Omit<Successor<Done>, "chain">,
  steps: readonly MigrationStep[],
  progress?: Progress,
): Promise<Done[]> {
  const done: Done[] = [];
  let count = 0;
  const tell = (what: Done, more: number): void => {
    done.push(what);
    progress?.("migration", (count += more), steps.length);
  };
  const types = steps.filter((step) => step.kind === "type");
  for (const step of steps) {
    if (step.kind !== "type") tell(await step.change(successor[step.by]), 1);
    else if (step === types[0]) await publishAll(successor, types, tell);
  }
  return done;
}

async function publishAll<Done>(
  { authority, estimates }: Omit<Successor<Done>, "chain">,
  steps: readonly TypeStep[],
  tell: (what: Done, more: number) => void,
): Promise<void> {
  const publications = steps.map(({ publication }) => publication);
  for await (const part of packCalls(publications, (some) => estimates.publishTypes(some))) {
    tell(await authority.publishTypes(part), part.length);
  }
}
