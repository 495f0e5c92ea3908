/** A small world with real parts in one process: a ledger on a chain, and an agency's store to issue from. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account } from "../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../src/adapters/chain/anchoring.ts";
import { walletSigner } from "../../src/adapters/chain/wallet-signer.ts";
import { openSource } from "../../src/adapters/sources/open-source.ts";
import { faultFile } from "../../src/adapters/store/fault-file.ts";
import { issueJob } from "../../src/app/issue/issue-job.ts";
import type { IssueOrder, IssueTools } from "../../src/app/issue/issue-job.ts";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import { toCsv } from "../../src/app/sample/to-csv.ts";
import { loadSettings } from "../../src/config.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import { openIssuingWorkers } from "../../src/main/issuing/issuing-workers.ts";
import type { AgencyStore, IssueJob, IssuedBatch } from "../../src/ports/agency-store.ts";
import { SHANGHAI, startLedgerWorld, systemClock } from "./ledger-world.ts";
import type { LedgerWorld } from "./ledger-world.ts";

export * from "./ledger-world.ts";

export const TODAY = "2026-06-01";
/** The certificates of a world hold from long before its chain until long after it. */
const WINDOW = { firstIssueDate: "2024-01-01", issueDate: "2024-01-01", validFrom: "2024-01-01" };
const END = { validUntil: "2099-12-31" };

export type Row = Record<string, string>;

export interface ChainWorld extends LedgerWorld {
  /** A folder of its own, gone at the end. */
  readonly folder: string;
  /** In SQLite, in that folder. */
  readonly store: AgencyStore;
}

export async function startChainWorld(): Promise<ChainWorld> {
  const world = await startLedgerWorld();
  const folder = await mkdtemp(join(tmpdir(), "lz-world-"));
  const store = await openAgencyStore(loadSettings({ LZ_HOME: join(folder, "home") }));
  return {
    ...world,
    folder,
    store,
    close: async () => {
      await store.close();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Valid records of the world's type, each another holder's. */
export function goodRows({ type }: Pick<ChainWorld, "type">, count: number, seed = "rows"): Row[] {
  const rows = generateRecords(type, { count, seed, today: TODAY });
  return [...rows].map((row) => ({ ...row, ...WINDOW, ...END }));
}

let files = 0;

/** A new file of the world's folder with these rows. */
export async function writeCsv(
  { folder }: Pick<ChainWorld, "folder">,
  rows: readonly Row[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
): Promise<string> {
  const file = join(folder, `records-${String(++files)}.csv`);
  await writeFile(file, [...toCsv(columns, rows)].join(""));
  return file;
}

/** What `lz issue` would be told. */
export function orderOf(world: ChainWorld, changes: Partial<IssueOrder> = {}): IssueOrder {
  const { code: agency, region } = SHANGHAI;
  const kind = { type: world.type, agency, region, suite: 1, today: TODAY } as const;
  const shape = { batchSize: 4096, isPadded: false, skipInvalid: false, command: {} };
  return { ...kind, ...shape, ...changes };
}

/** What it works with, by way of the proxy; it gives up after two seconds without any news. */
export async function toolsFor(
  world: ChainWorld,
  file: string,
  changes: Partial<IssueTools> = {},
): Promise<IssueTools> {
  const { store, primitives, proxiedReader: reader, governance } = world;
  const operator = new Account(world.proxied, walletSigner(world.operatorKey));
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    ...{ store, primitives, reader },
    source: await openSource(file),
    faultsOf: () => faultFile(`${file}.errors.csv`),
    anchoring: await anchoringFor(world.proxiedDeployment, operator, SHANGHAI.code),
    identity: world.deployment.identity,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    openWorkers: (order) => openIssuingWorkers(order, 1),
    confirmations: 0,
    clock: systemClock,
    pacing: { pause, patience: 2, stuckAfter: 60 },
    supersession: { reader, governance, clock: systemClock },
    ...changes,
  };
}

export interface IssuedRows {
  readonly job: IssueJob;
  /** The only one. */
  readonly batch: IssuedBatch;
  readonly rows: readonly Row[];
}

/** One batch issued and anchored in the usual way. */
export async function issueRows(
  world: ChainWorld,
  rows: readonly Row[],
  changes: Partial<IssueOrder> = {},
): Promise<IssuedRows> {
  const tools = await toolsFor(world, await writeCsv(world, rows));
  const { job } = await issueJob(orderOf(world, changes), tools);
  const [batch] = await world.store.batches(job.id);
  if (batch === undefined) throw new Error(`job ${job.id} has no batch`);
  return { job, batch, rows };
}
