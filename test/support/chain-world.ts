/** A small world with real parts in one process: a ledger on a chain, and a folder to issue batches from. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account } from "../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../src/adapters/chain/anchoring.ts";
import { openSource } from "../../src/adapters/sources/open-source.ts";
import { batchFolder } from "../../src/adapters/store/batch-folder.ts";
import { faultFile } from "../../src/adapters/store/fault-file.ts";
import type { IssueOrder, IssueTools } from "../../src/app/issue/issue-batch.ts";
import { issueBatch } from "../../src/app/issue/issue-batch.ts";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import { toCsv } from "../../src/app/sample/to-csv.ts";
import type { BatchJob, BatchStore } from "../../src/ports.ts";
import { SHANGHAI, startLedgerWorld } from "./ledger-world.ts";
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
}

export async function startChainWorld(): Promise<ChainWorld> {
  const world = await startLedgerWorld();
  const folder = await mkdtemp(join(tmpdir(), "lz-world-"));
  return {
    ...world,
    folder,
    close: async () => {
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

export function newFolder({ folder }: Pick<ChainWorld, "folder">): string {
  return join(folder, `batch-${String(++files)}`);
}

/** What `lz issue` would be told. */
export function orderOf(world: ChainWorld, changes: Partial<IssueOrder> = {}): IssueOrder {
  const { code: agency, region } = SHANGHAI;
  const order = { type: world.type, agency, region, skipInvalid: false, today: TODAY };
  return { ...order, suite: 1, ...changes };
}

/** What it works with, by way of the proxy; it looks three times for a receipt. */
export async function toolsFor(
  world: ChainWorld,
  file: string,
  folder: string,
  changes: Partial<IssueTools> = {},
): Promise<IssueTools> {
  const operator = new Account(world.proxied, world.operatorKey);
  return {
    source: await openSource(file),
    store: batchFolder(folder),
    faults: faultFile(`${folder}.errors.csv`),
    anchoring: await anchoringFor(world.proxiedDeployment, operator, SHANGHAI.code),
    identity: world.deployment.identity,
    primitives: world.primitives,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    waiting: { attempts: 3, pause: () => Promise.resolve(), isFinal: () => Promise.resolve(true) },
    ...changes,
  };
}

export interface IssuedFolder {
  readonly job: BatchJob;
  readonly store: BatchStore;
  readonly folder: string;
  readonly rows: readonly Row[];
}

/** A batch issued and anchored in the usual way. */
export async function issueRows(
  world: ChainWorld,
  rows: readonly Row[],
  changes: Partial<IssueOrder> = {},
): Promise<IssuedFolder> {
  const folder = newFolder(world);
  const tools = await toolsFor(world, await writeCsv(world, rows), folder);
  const { job } = await issueBatch(orderOf(world, changes), tools);
  return { job, store: tools.store, folder, rows };
}
