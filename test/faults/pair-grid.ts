/** Two that issue at once, in processes of their own, one of them perhaps killed on the way. */
import { setTimeout } from "node:timers/promises";
import { createPrng } from "../../src/app/sample/prng.ts";
import { anchorsOnChain, findWrong, openStore } from "./checks.ts";
import { killAt } from "./issuing-pool.ts";
import type { Ending, IssuingOrder } from "./issuing-pool.ts";
import type { Home, Lane } from "./lane.ts";
import type { Moment } from "./points.ts";
import { scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

/** What the two have in common: always the chain, the agency and the operator's key. */
export const PAIRS = ["store and table", "store", "table", "nothing else"] as const;
export type Pair = (typeof PAIRS)[number];

export interface PairResult {
  readonly pair: Pair;
  readonly seed: number;
  /** What the commands ended in that were not done, in their order. */
  readonly endings: readonly string[];
  readonly wrong: readonly string[];
}

/** What tells the clerk to run the same command again. */
const AGAIN = /^(STORE_BUSY|NOT_CONFIRMED|NONCE_CONTESTED|RPC_\w+)$/;
/** Milliseconds; the other may take its time. */
const LONGEST = 30_000;
/** Milliseconds that the second begins later, at most. */
const LATEST_START = 400;
const KILLS: readonly Moment[] = [
  "intake.complete/after",
  "anchoring.sign/after",
  "outbox.save:signed/after",
  "anchoring.send/after",
  "outbox.confirm/before",
].map((point) => ({ point, occurrence: 1 }));

export async function issueTwice(lane: Lane, pair: Pair, seed: number): Promise<PairResult> {
  const prng = createPrng(`pair ${pair} ${String(seed)}`);
  const scenario = pairScenario(seed);
  const homes = await homesOf(lane, pair, scenario);
  const kill = prng.below(2) === 0 ? prng.pick(KILLS) : null;
  const delay = prng.below(LATEST_START);
  const endings: string[] = [];
  const jobs = await Promise.all([
    untilDone(lane, { ...homes[0].order, happening: kill && killAt(kill) }, endings),
    setTimeout(delay).then(() => untilDone(lane, homes[1].order, endings)),
  ]);
  const wrong = await wrongAfter(lane, homes, jobs);
  for (const home of homes) await lane.end(home);
  return { pair, seed, endings, wrong };
}

/** Both of a pair would supersede the same older certificates: that is another matter. */
function pairScenario(seed: number): Scenario {
  const scenario = scenarioOf(seed);
  const records = Math.min(scenario.records, 40);
  const mining = scenario.mining === "at once" ? "at once" : "while waiting";
  return { ...scenario, records, supersedes: false, mining };
}

async function homesOf(lane: Lane, pair: Pair, scenario: Scenario): Promise<readonly [Home, Home]> {
  const first = await lane.begin(scenario);
  const firstRow = pair.endsWith("table") ? 0 : scenario.records;
  if (!pair.startsWith("store")) return [first, await lane.addHome(scenario, firstRow)];
  return [first, await lane.addTable(first.order, scenario, firstRow)];
}

/** Runs the same command again for as long as it is told to. @returns the job, or what it ended in at last */
async function untilDone(lane: Lane, order: IssuingOrder, endings: string[]): Promise<Ending> {
  const end = Date.now() + LONGEST;
  let ending = await lane.pool.issue(order);
  while (ending.kind !== "done" && Date.now() < end) {
    endings.push(ending.kind === "problem" ? ending.code : ending.kind);
    if (ending.kind === "problem" && !AGAIN.test(ending.code)) break;
    if (ending.kind === "broken") break;
    await setTimeout(LATEST_START / 2);
    ending = await lane.pool.issue({ ...order, happening: null });
  }
  return ending;
}

async function wrongAfter(
  lane: Lane,
  homes: readonly [Home, Home],
  endings: readonly Ending[],
): Promise<string[]> {
  const wrong: string[] = [];
  const roots = await rootsIn(homes);
  for (const [i, home] of homes.entries()) {
    const ending = endings[i];
    if (ending?.kind !== "done") {
      wrong.push(`the ${i === 0 ? "first" : "second"} ends in ${JSON.stringify(ending)}`);
      continue;
    }
    const foreignRoots = [...home.expected.foreignRoots, ...roots];
    const expected = { ...home.expected, foreignRoots, job: ending.job };
    wrong.push(...(await findWrong(lane.world, home.order, expected)));
  }
  const known = new Set([...roots, ...homes[0].expected.foreignRoots]);
  const anchors = await anchorsOnChain(lane.world);
  const others = anchors.filter(({ root }) => !known.has(root));
  return [...wrong, ...others.map(({ root }) => `${root} is on the chain, in no store`)];
}

async function rootsIn(homes: readonly Home[]): Promise<string[]> {
  const roots: string[] = [];
  for (const { order } of homes) {
    const store = await openStore(order);
    for (const { id } of await store.jobs()) {
      roots.push(...(await store.batches(id)).map(({ root }) => root));
    }
    await store.close();
  }
  return roots;
}
