/**
 * A migration as a command runs it: the next deployment, the freeze of the old one, what is carried over, and
 * the configuration that names the new one. Killed anywhere it is run again: what was deployed stands in a job
 * file until the old contracts name it, and from then on everything is on the chain.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "../../adapters/chain/account.ts";
import { administrationDelay, delayAdministration } from "../../adapters/chain/administration.ts";
import { deployContracts } from "../../adapters/chain/deploy.ts";
import { findDeployment, readAt } from "../../adapters/chain/deployment.ts";
import { makeFolder, writeDurably } from "../../adapters/store/durable-file.ts";
import { migrate } from "../../app/migrate.ts";
import type { Successor } from "../../app/migrate.ts";
import { writeConfiguration } from "../../config.ts";
import type { Settings } from "../../config.ts";
import { ownFreeze } from "../../core/ledger/authorities.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem, toProblem } from "../../core/problem.ts";
import type { ChangeReceipt } from "../../ports/governance.ts";
import type { Progress } from "../../ports/progress.ts";
import { openChain, readLedger } from "./chain.ts";
import type { Chain, ChainFlags } from "./chain.ts";
import { authorityAccount, estimatesOf, governanceOf } from "./accounts.ts";
import { forgetStore, verifierStoreFile } from "../stores/verifier-store.ts";

export interface MigrationOrder {
  readonly flags: ChainFlags;
  /** Of the national authority; the administrator's is the same unless it is named. */
  readonly keyFile?: string | undefined;
  readonly administratorKeyFile?: string | undefined;
  readonly basis: string;
}

export interface Migrated {
  /** The directories. */
  readonly from: string;
  readonly to: string;
  /** Of this run: none where an earlier one had done it all. */
  readonly receipts: readonly ChangeReceipt[];
  /** The ledger as the new deployment goes on with it. */
  readonly state: LedgerState;
  /** The file that names the new directory now. */
  readonly configuration: string;
}

/** @throws Problem LEDGER_FROZEN, CONTRACT_REFUSED, KEY_…, RPC_…: run again, it goes on where it ended. */
export async function migrateLedger(
  settings: Settings,
  order: MigrationOrder,
  progress: Progress,
): Promise<Migrated> {
  const job = readJob(settings);
  const old = await openChain(settings, sourceOf(settings, order.flags, job));
  const opened: Chain[] = [old];
  try {
    const accounts = await accountsOf(settings, old, order);
    const to = await nextDirectory(settings, old, accounts.administrator, progress);
    const open = async (): Promise<Successor<ChangeReceipt>> => {
      const next = await openChain(settings, { rpc: old.rpc.url, directory: to });
      opened.push(next);
      return successorIn(next, accounts);
    };
    const { reader } = old;
    const administrator = governanceOf(old, accounts.administrator);
    const { basis } = order;
    const tools = { old: reader, administrator, directory: to, basis, open, progress };
    const receipts = await migrate(tools);
    await keepDelay(opened, accounts.administrator);
    return await conclude(settings, opened, to, receipts);
  } finally {
    for (const chain of opened) chain.close();
  }
}

/** The directories of a migration whose new contracts are deployed. */
interface MigrationJob {
  readonly chainId: number;
  readonly from: string;
  readonly to: string;
}

function jobFile({ home }: Settings): string {
  return join(home, "migration.json");
}

/** Null where there is none; one that can't be read is none: the chain knows better. */
function readJob(settings: Settings): MigrationJob | null {
  const file = jobFile(settings);
  if (!existsSync(file)) return null;
  try {
    const { chainId, from, to } = JSON.parse(readFileSync(file, "utf8")) as MigrationJob;
    return { chainId, from: from.toLowerCase(), to: to.toLowerCase() };
  } catch {
    return null;
  }
}

/** The deployment to end. Where the configuration names the new one already, a rerun means the same migration. */
function sourceOf({ file }: Settings, flags: ChainFlags, job: MigrationJob | null): ChainFlags {
  if (flags.directory !== undefined || job === null) return flags;
  const isDone = file?.directory.toLowerCase() === job.to && file.chainId === job.chainId;
  return isDone ? { ...flags, directory: job.from } : flags;
}

interface Accounts {
  readonly administrator: Account;
  readonly authority: Account;
}

async function accountsOf(
  settings: Settings,
  { rpc }: Chain,
  { keyFile, administratorKeyFile }: MigrationOrder,
): Promise<Accounts> {
  return {
    administrator: await authorityAccount(settings, rpc, administratorKeyFile ?? keyFile),
    authority: await authorityAccount(settings, rpc, keyFile),
  };
}

/** The directory that goes on: the one the old contracts name, the one an earlier run deployed, or a new one. */
async function nextDirectory(
  settings: Settings,
  old: Chain,
  administrator: Account,
  progress: Progress,
): Promise<string> {
  const { chainId, directory: from } = old.reader.identity;
  const { state } = await readLedger(old);
  const named = ownFreeze(state, Infinity)?.successor;
  if (named !== undefined) return named;
  const job = readJob(settings);
  if (job?.chainId === chainId && job.from === from && (await isDeployed(old, job.to))) {
    return job.to;
  }
  const delay = await readAt(old.deployment, "AuthorityRegistry", "appointmentDelay", [], "latest");
  const options = { predecessor: from, appointmentDelay: Number(delay) };
  const to = await deployContracts(old.rpc, administrator, options, progress);
  await saveJob(settings, { chainId, from, to });
  return to;
}

/** A local chain that was started anew has forgotten what the job file remembers. */
async function isDeployed({ rpc }: Chain, directory: string): Promise<boolean> {
  try {
    await findDeployment(rpc, directory);
    return true;
  } catch (error) {
    const { code } = toProblem(error);
    if (code === "DIRECTORY_NOT_FOUND") return false;
    if (code === "PREDECESSOR_NOT_FROZEN") return true;
    throw error;
  }
}

async function saveJob(settings: Settings, job: MigrationJob): Promise<void> {
  await makeFolder(settings.home);
  await writeDurably(jobFile(settings), `${JSON.stringify(job, null, 2)}\n`);
}

function successorIn(next: Chain, accounts: Accounts): Successor<ChangeReceipt> {
  const authority = governanceOf(next, accounts.authority);
  return {
    chain: next.reader,
    administrator: governanceOf(next, accounts.administrator),
    authority,
    estimates: estimatesOf(next, authority),
  };
}

/** The administrator waits as long in the new contracts as in the old: from now on, its first acts being done. */
async function keepDelay([old, next]: readonly Chain[], administrator: Account): Promise<void> {
  if (old === undefined || next === undefined) return;
  const { address } = administrator;
  const delay = await administrationDelay(old.deployment, address);
  if (delay === (await administrationDelay(next.deployment, address))) return;
  const registry = next.deployment.addresses.AuthorityRegistry;
  await delayAdministration(administrator, registry, address, delay);
}

async function conclude(
  settings: Settings,
  [old, next]: readonly Chain[],
  to: string,
  receipts: readonly ChangeReceipt[],
): Promise<Migrated> {
  if (old === undefined || next === undefined) throw new Problem("INTERNAL", "nothing was opened");
  const { state } = await readLedger(next);
  const { chainId, directory: from } = old.reader.identity;
  const { confirmations, rpc } = old;
  if (receipts.length > 0) await forgetStore(verifierStoreFile(settings, next.reader.identity));
  const useLog = settings.file?.useLog;
  const beside = useLog === undefined ? {} : { useLog };
  const file = { rpc: rpc.url, chainId, directory: to, confirmations, ...beside };
  const configuration = await writeConfiguration(settings.home, file);
  return { from, to, receipts, state, configuration };
}
