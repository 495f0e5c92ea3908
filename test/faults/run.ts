/**
 * Kills and starves issuing in every way there is a name for, and checks that nothing is lost and nothing is
 * anchored twice.
 *
 *     node test/faults/run.ts                               everything
 *     node test/faults/run.ts --only kills --seeds 3        every point, with three seeds
 *     node test/faults/run.ts --only kills --match '^sql.commit/after$' --seed 7      one run again
 *     node test/faults/run.ts --only calls --match '^fsync keys$' --fault EIO --n 1   one system call again
 *
 * --only kills, postgres (kills, with the store in PostgreSQL), calls, pairs (two at once) or weathers (of
 * the node); --match chooses among their names. --lanes N runs so many at a time, each on a chain of its own;
 * --minutes N begins nothing more of a kind after so long; --json ends with one line of JSON. Ends with 1 when anything was wrong.
 */
import { parseArgs } from "node:util";
import { startPostgres } from "../support/postgres.ts";
import { installStrace } from "../support/strace.ts";
import { inLanes, withLanes } from "./in-lanes.ts";
import { SEEDS, discover, killOnce, pointsOf } from "./kill-grid.ts";
import type { Itineraries, KillRun } from "./kill-grid.ts";
import { KILL_POINTS } from "./kill-points.ts";
import type { Lane } from "./lane.ts";
import { WEATHERS, issueThrough } from "./node-grid.ts";
import { PAIRS, issueTwice } from "./pair-grid.ts";
import { CALL_FAULTS, failOnce, findCalls } from "./system-calls.ts";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    match: { type: "string", default: "" },
    seeds: { type: "string", default: String(SEEDS) },
    seed: { type: "string" },
    fault: { type: "string" },
    n: { type: "string" },
    lanes: { type: "string", default: "2" },
    minutes: { type: "string", default: "Infinity" },
    json: { type: "boolean", default: false },
  },
});

/** Seeds for points that are not among KILL_POINTS, and for those with the store in PostgreSQL. */
const FEW_SEEDS = 2;
const WANTED = new RegExp(options.match);

/** What came of one kind of fault. */
interface Sum {
  readonly kind: string;
  readonly passed: number;
  readonly failed: number;
  /** Figures of that kind alone. */
  readonly more: Readonly<Record<string, unknown>>;
}

interface Outcome {
  readonly wrong: readonly string[];
}

const KINDS: Readonly<Record<string, () => Promise<Sum>>> = {
  kills: () =>
    withLanes(Number(options.lanes), null, (lanes) => runKills("kills", lanes, KILL_POINTS)),
  postgres: runInPostgres,
  calls: () => withLanes(Number(options.lanes), null, runCalls),
  pairs: () => withLanes(Number(options.lanes), null, runPairs),
  weathers: () => withLanes(Number(options.lanes), null, runWeathers),
};

async function main(): Promise<number> {
  const sums: Sum[] = [];
  for (const [kind, run] of Object.entries(KINDS)) {
    if (options.only?.includes(kind) ?? true) sums.push(await run());
  }
  const failed = sums.reduce((count, sum) => count + sum.failed, 0);
  const passed = sums.reduce((count, sum) => count + sum.passed, 0);
  for (const { kind, more, ...counts } of sums)
    say(`${kind}: ${JSON.stringify({ ...counts, ...more })}`);
  if (options.json) process.stdout.write(`${JSON.stringify({ passed, failed, sums })}\n`);
  process.stdout.write(`faults: ${String(passed)} survived, ${String(failed)} not\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function chosenSeeds(): readonly number[] {
  if (options.seed !== undefined) return [Number(options.seed)];
  return Array.from({ length: Number(options.seeds) }, (_, i) => i + 1);
}

function endOf(): number {
  return Date.now() + 60_000 * Number(options.minutes);
}

/** All seeds at the points of the list, a few at all others; one seed or one name at all that match. */
async function runKills(
  kind: string,
  lanes: readonly Lane[],
  list: readonly string[],
): Promise<Sum> {
  const all = Array.from({ length: SEEDS }, (_, i) => i + 1);
  say("what each of the jobs comes to when nothing kills it");
  const found = await inLanes(lanes, all, (lane, seed) => discover(lane, seed));
  const itineraries: Itineraries = new Map(all.map((seed, i) => [seed, found[i] ?? {}]));
  const points = pointsOf(itineraries).filter((point) => WANTED.test(point));
  const runs = chosenSeeds().flatMap((seed): KillRun[] => {
    const isFew = options.seed !== undefined || seed <= FEW_SEEDS;
    const here = points.filter((point) => isFew || list.includes(point));
    return here.map((point) => ({ point, seed }));
  });
  say(`${kind}: ${String(points.length)} points, ${String(runs.length)} runs`);
  const results = await inLanes(
    lanes,
    runs,
    async (lane, run) => {
      const result = await killOnce(lane, run, itineraries);
      return told(result, `--only ${kind} --match '^${run.point}$' --seed ${String(run.seed)}`);
    },
    endOf(),
  );
  return sumOf(kind, results, {
    points: new Set(results.map(({ point }) => point)).size,
    seeds: new Set(results.map(({ seed }) => seed)).size,
    kills: results.reduce((count, { kills }) => count + kills.length, 0),
    mostIdleBlocks: Math.max(0, ...results.map(({ blocks }) => blocks)),
  });
}

async function runInPostgres(): Promise<Sum> {
  const postgres = await startPostgres();
  try {
    return await withLanes(1, postgres, (lanes) => runKills("postgres", lanes, []));
  } finally {
    await postgres.stop();
  }
}

async function runCalls(lanes: readonly Lane[]): Promise<Sum> {
  installStrace();
  const sites = await findCalls(lanes[0] as Lane);
  const chosen = sites
    .filter(({ call, file, n }) => WANTED.test(`${call} ${file}`) && n === Number(options.n ?? n))
    .flatMap((site) => CALL_FAULTS.map((fault) => ({ site, fault })))
    .filter(({ fault }) => fault === (options.fault ?? fault));
  say(`calls: ${String(sites.length)} system calls write, ${String(chosen.length)} runs`);
  const results = await inLanes(
    lanes,
    chosen,
    async (lane, { site, fault }) => {
      const name = `${site.call} ${site.file}`;
      const again = `--only calls --match '^${name}$' --fault ${fault} --n ${String(site.n)}`;
      return told(await failOnce(lane, site, fault), again);
    },
    endOf(),
  );
  const endings = results.map(({ fault, ending }) => `${fault}: ${ending}`);
  return sumOf("calls", results, { systemCalls: sites.length, endings: countsOf(endings) });
}

async function runPairs(lanes: readonly Lane[]): Promise<Sum> {
  const pairs = PAIRS.filter((pair) => WANTED.test(pair));
  const runs = chosenSeeds().flatMap((seed) => pairs.map((pair) => ({ pair, seed })));
  const results = await inLanes(
    lanes,
    runs,
    async (lane, { pair, seed }) => {
      const again = `--only pairs --match '^${pair}$' --seed ${String(seed)}`;
      return told(await issueTwice(lane, pair, seed), again);
    },
    endOf(),
  );
  return sumOf("pairs", results, { endings: countsOf(results.flatMap(({ endings }) => endings)) });
}

async function runWeathers(lanes: readonly Lane[]): Promise<Sum> {
  const weathers = Object.keys(WEATHERS).filter((weather) => WANTED.test(weather));
  const runs = chosenSeeds().flatMap((seed) => weathers.map((weather) => ({ weather, seed })));
  const results = await inLanes(
    lanes,
    runs,
    async (lane, { weather, seed }) => {
      const again = `--only weathers --match '^${weather}$' --seed ${String(seed)}`;
      return told(await issueThrough(lane, weather, seed), again);
    },
    endOf(),
  );
  return sumOf("weathers", results, {
    endings: countsOf(results.flatMap(({ endings }) => endings)),
  });
}

let ended = 0;

/** Tells what was wrong, and how to see it again. */
function told<Result extends Outcome>(result: Result, again: string): Result {
  if (++ended % 100 === 0) say(`${String(ended)} runs`);
  if (result.wrong.length > 0) say(`✗ node test/faults/run.ts ${again}`);
  for (const words of result.wrong) say(`    ${words}`);
  return result;
}

function sumOf(kind: string, results: readonly Outcome[], more: Sum["more"]): Sum {
  const failed = results.filter(({ wrong }) => wrong.length > 0).length;
  return { kind, passed: results.length - failed, failed, more };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(names, (name) => name));
  return Object.fromEntries(groups.map(([name, all]) => [name, all?.length ?? 0]));
}

function say(words: string): void {
  process.stderr.write(`faults: ${words}\n`);
}

process.exitCode = await main();
