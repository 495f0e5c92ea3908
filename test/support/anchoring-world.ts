/** Jobs whose way onto the chain goes wrong: stores of their own, time that flies, blocks that come when told. */
import { join } from "node:path";
import { governance } from "../../src/adapters/chain/governance.ts";
import type { IssueOrder, IssueTools } from "../../src/app/issue/issue-job.ts";
import { issueJob } from "../../src/app/issue/issue-job.ts";
import type { Pacing } from "../../src/app/issue/anchor-tools.ts";
import { loadSettings } from "../../src/config.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { RecordSource } from "../../src/ports/record-source.ts";
import type { AgencyStore, IssueJob } from "../../src/ports/agency-store.ts";
import type { ChainWorld, Row } from "./chain-world.ts";
import { orderOf, systemClock, toolsFor, writeCsv } from "./chain-world.ts";
import { Fault, failingTools } from "./failing-ports.ts";
import { workersInProcess } from "./intake-in-memory.ts";

let homes = 0;

/** A place for a store of its own. */
export function newHome({ folder }: Pick<ChainWorld, "folder">): string {
  return join(folder, `home-${String(++homes)}`);
}

export function openStore(home: string): Promise<AgencyStore> {
  return openAgencyStore(loadSettings({ LZ_HOME: home }));
}

/** Waits no real time: a second goes by at each pause. */
export interface QuickTime {
  readonly pacing: Pacing;
  readonly clock: Clock;
}

/** @param atPause what happens in the world meanwhile, told how many pauses there were */
export function quickTime(
  { patience = 5, stuckAfter = 60 } = {},
  atPause: (count: number) => Promise<unknown> = () => Promise.resolve(),
): QuickTime {
  let now = systemClock.now();
  let count = 0;
  const pause = async (): Promise<void> => {
    now++;
    await atPause(++count);
  };
  return { pacing: { patience, stuckAfter, pause }, clock: { now: () => now } };
}

const sources: RecordSource[] = [];

/** What issues into that store, without threads, and marks what it replaces as the operator. */
export async function toolsOn(
  world: ChainWorld,
  store: AgencyStore,
  csv: string,
  changes: Partial<IssueTools> = {},
): Promise<IssueTools> {
  const quick = { store, openWorkers: workersInProcess, ...quickTime() };
  const supersession = {
    reader: world.proxiedReader,
    governance: governance(world.deployment, world.operator),
    clock: systemClock,
  };
  const tools = await toolsFor(world, csv, { ...quick, supersession, ...changes });
  sources.push(tools.source);
  return tools;
}

export async function closeSources(): Promise<void> {
  for (const source of sources.splice(0)) await source.close();
}

export interface HashedJob {
  readonly job: IssueJob;
  /** Closed with the world. */
  readonly store: AgencyStore;
  readonly order: IssueOrder;
  readonly csv: string;
}

/** A job whose certificates are made, each in a batch of its own, and of which nothing is signed. */
export async function hashedJob(
  world: ChainWorld,
  rows: readonly Row[],
  store?: AgencyStore,
): Promise<HashedJob> {
  const kept = store ?? (await openStore(newHome(world)));
  if (store === undefined) open.push(kept);
  const csv = await writeCsv(world, rows);
  const order = orderOf(world, { batchSize: 1 });
  const { tools } = failingTools(
    await toolsOn(world, kept, csv),
    (_number, name) => name === "outbox transactions",
    "before",
  );
  const error: unknown = await issueJob(order, tools).catch((thrown: unknown) => thrown);
  if (!(error instanceof Fault)) throw error;
  const [job] = await kept.jobs();
  if (job?.state !== "hashed") throw new Error("the job is not hashed");
  return { job, store: kept, order, csv };
}

const open: AgencyStore[] = [];

export async function closeStores(): Promise<void> {
  for (const store of open.splice(0)) await store.close();
}

/** Mines nothing by itself any more, until told otherwise. */
export async function withoutMining<T>(world: ChainWorld, work: () => Promise<T>): Promise<T> {
  const { provider } = world.rpc;
  await provider.send("evm_setAutomine", [false]);
  try {
    return await work();
  } finally {
    await provider.send("evm_setAutomine", [true]);
    await provider.send("evm_mine", []);
  }
}
