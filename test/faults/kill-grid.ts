/** Kills issuing processes, one run for each point and seed, and looks at what comes of the jobs. */
import { createPrng } from "../../src/app/sample/prng.ts";
import { cp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { anchorsOnChain, findWrong, openStore } from "./checks.ts";
import type { StorePlace } from "./checks.ts";
import { killAt } from "./issuing-pool.ts";
import type { Ending } from "./issuing-pool.ts";
import type { Home, Lane } from "./lane.ts";
import type { Moment } from "./points.ts";
import { scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

/** What a job comes to, by seed, when nothing kills it: how often it comes to each point. */
export type Itineraries = ReadonlyMap<number, Readonly<Record<string, number>>>;

/** One cell of the grid. */
export interface KillRun {
  readonly point: string;
  readonly seed: number;
}

export interface KillResult extends KillRun {
  /** What was wrong, in words; nothing where the job survived. */
  readonly wrong: readonly string[];
  readonly kills: readonly Moment[];
  /** Blocks from the last start to the job's end, without those that it had to wait for. */
  readonly blocks: number;
  readonly milliseconds: number;
}

/** How many kinds of jobs there are. */
export const SEEDS = 25;
/** Blocks without any of the job's transactions, after a restart. */
const MOST_IDLE_BLOCKS = 2;

export async function discover(
  lane: Lane,
  seed: number,
): Promise<Readonly<Record<string, number>>> {
  const home = await lane.begin(scenarioOf(seed));
  const ending = await lane.pool.issue(home.order);
  if (ending.kind !== "done") throw new Error(`seed ${String(seed)}: ${wordsOf(ending)}`);
  await lane.end(home);
  return ending.points;
}

/** Every point that any of the jobs comes to. */
export function pointsOf(itineraries: Itineraries): readonly string[] {
  return [...new Set([...itineraries.values()].flatMap((points) => Object.keys(points)))].sort();
}

/** The job of the seed where it comes to the point, or of the next seed that does. */
function planOf(
  { point, seed }: KillRun,
  itineraries: Itineraries,
): { scenario: Scenario; first: Moment; second: Moment | null } {
  const prng = createPrng(`${point} ${String(seed)}`);
  const seeds = [...itineraries.keys()];
  const rotated = seeds.map((_, i) => seeds[(seeds.indexOf(seed) + i) % seeds.length] as number);
  const own = rotated.find((each) => itineraries.get(each)?.[point] !== undefined);
  if (own === undefined) throw new Error(`no job comes to ${point}`);
  const points = itineraries.get(own) ?? {};
  const momentAt = (name: string): Moment => ({
    point: name,
    occurrence: 1 + prng.below(points[name] ?? 1),
  });
  const first = momentAt(point);
  const second = prng.below(3) === 0 ? momentAt(prng.pick(Object.keys(points).sort())) : null;
  return { scenario: scenarioOf(own), first, second };
}

/** Begins a job, kills it, perhaps kills the next one that goes on with it, and lets it end. */
export async function killOnce(
  lane: Lane,
  run: KillRun,
  itineraries: Itineraries,
): Promise<KillResult> {
  const startedAt = Date.now();
  const { scenario, first, second } = planOf(run, itineraries);
  const home = await lane.begin(scenario);
  const wrong: string[] = [];
  const killed = await lane.pool.issue({ ...home.order, happening: killAt(first) });
  if (killed.kind !== "killed") wrong.push(`was not killed: ${wordsOf(killed)}`);
  wrong.push(...(await unknownToStore(lane, home)));
  const kills = [first];
  if (second !== null && (await isKilled(lane, home, second, wrong))) kills.push(second);
  const { blocks, wrong: late } = await recover(lane, home, scenario);
  await lane.end(home);
  return {
    ...run,
    kills,
    blocks,
    wrong: [...wrong, ...late],
    milliseconds: Date.now() - startedAt,
  };
}

/** The second may never come to that moment. */
async function isKilled(lane: Lane, home: Home, kill: Moment, wrong: string[]): Promise<boolean> {
  const ending = await lane.pool.issue({ ...home.order, happening: killAt(kill) });
  if (ending.kind === "killed") {
    wrong.push(...(await unknownToStore(lane, home)));
    return true;
  }
  if (ending.kind !== "done") wrong.push(`goes on, to ${wordsOf(ending)}`);
  return false;
}

async function recover(
  lane: Lane,
  { order, expected }: Home,
  scenario: Scenario,
): Promise<{ blocks: number; wrong: readonly string[] }> {
  const before = await standOf(lane);
  const ending = await lane.pool.issue(order);
  if (ending.kind !== "done") return { blocks: 0, wrong: [`does not end: ${wordsOf(ending)}`] };
  const after = await standOf(lane);
  const transactions = after.nonce - before.nonce;
  const waited = scenario.confirmations + transactions;
  const blocks = Math.max(0, after.height - before.height - waited);
  const late = blocks > MOST_IDLE_BLOCKS ? [`took ${String(blocks)} blocks`] : [];
  const found = await findWrong(lane.world, order, { ...expected, job: ending.job });
  return { blocks, wrong: [...late, ...found] };
}

async function standOf({ world }: Lane): Promise<{ height: number; nonce: number }> {
  const { number: height } = await world.reader.latestBlock();
  const { address } = world.operator;
  return { height, nonce: await world.rpc.provider.getTransactionCount(address, "latest") };
}

/** What is on the chain was written down before it was sent: looked at in a copy, as the killed one left it. */
async function unknownToStore(lane: Lane, { folder, order, expected }: Home): Promise<string[]> {
  if (order.store !== null) return unknownTo(lane, order, expected);
  if (!existsSync(join(folder, "agency.sqlite"))) return [];
  const home = `${folder}-copy`;
  await cp(folder, home, { recursive: true });
  try {
    return await unknownTo(lane, { home, store: null }, expected);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function unknownTo(
  lane: Lane,
  place: StorePlace,
  { foreignRoots }: Home["expected"],
): Promise<string[]> {
  const store = await openStore(place);
  try {
    const jobs = await store.jobs();
    const kept = await Promise.all(jobs.map(({ id }) => store.outbox.transactions(id)));
    const known = new Set(kept.flat().map(({ hash }) => hash));
    const foreign = new Set(foreignRoots);
    return (await anchorsOnChain(lane.world))
      .filter(({ root, position }) => !foreign.has(root) && !known.has(position.transaction))
      .map(({ root }) => `${root} was sent before it was kept`);
  } finally {
    await store.close();
  }
}

function wordsOf(ending: Ending): string {
  switch (ending.kind) {
    case "problem":
      return `${ending.code} ${ending.detail}`;
    case "broken":
      return ending.words;
    case "killed":
    case "done":
      return ending.kind;
  }
}
