/** The service over HTTP beside the bare handler: one certificate a request, a hundred, and how soon. */
import { join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { median, medianRatio } from "./compare.ts";
import { HttpTarget } from "./http-target.ts";
import type { Load, LoadedRun } from "./http-target.ts";
import { CORES } from "./measured-process.ts";
import { against, atLeast, atMost, standsAlone, times } from "./report.ts";
import type { Row } from "./report.ts";
import type { VerifyingWorld } from "./verifying-world.ts";

export interface HttpTiming {
  readonly rounds: number;
  /** How long one server is asked in one round. */
  readonly seconds: number;
  /** How many certificates each process verifies before the first round: until then its code is compiled anew. */
  readonly warmUp: number;
}

interface Contest {
  readonly bare: readonly LoadedRun[];
  readonly ours: readonly LoadedRun[];
}

const BARE = join(import.meta.dirname, "http-bare.ts");
const PROCESSES = [1, 2];
/** Counters that ask at the same time. */
const CONNECTIONS = 64;
/** No longer than that, however few were answered. */
const MOST_WARM_UP_ROUNDS = 12;
const LEAST_SHARE = 0.7;
const LEAST_CERTIFICATES = 20_000;
const MOST_P99_MS = 25;
const SINGLE = "/v1/verifications";
const BATCH = "/v1/verifications/batch";

export async function httpRows(
  world: VerifyingWorld,
  timing: HttpTiming,
  say: (step: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const processes of PROCESSES) {
    say(`requests, ${processesWords(processes)}`);
    const ours = await world.serve(processes);
    try {
      rows.push(...(await singleRows(world, ours, processes, timing)));
      if (processes === CORES) rows.push(...(await batchRows(world, ours, timing)));
    } finally {
      await ours.stop();
    }
  }
  return rows;
}

async function singleRows(
  world: VerifyingWorld,
  ours: HttpTarget,
  processes: number,
  timing: HttpTiming,
): Promise<Row[]> {
  const load = loadOf(world, SINGLE, world.single, timing.seconds);
  const [body = ""] = (await readFile(world.single, "utf8")).split("\n", 1);
  const answer = await ours.answerTo(SINGLE, world.headers, body);
  const file = join(world.home, "answer.json");
  await writeFile(file, answer);
  const bare = await HttpTarget.start({ args: [BARE, file, String(processes)], env: {} });
  try {
    const warmUp = timing.warmUp * processes;
    const contest = await takeTurns(bare, ours, load, { ...timing, warmUp });
    const late = await halfLoad(ours, load, contest.ours, timing.rounds);
    const name = `one certificate a request, ${processesWords(processes)}`;
    const rows = [...contestRows(contest, name, LEAST_SHARE), latencyRow(late, processes)];
    return processes === 1 ? [...rows, await judgingRow(world, bare, load, timing)] : rows;
  } finally {
    await bare.stop();
  }
}

/** How near to the bare handler anything comes that judges: what else a service does is not in it. */
async function judgingRow(
  world: VerifyingWorld,
  bare: HttpTarget,
  load: Omit<Load, "url">,
  timing: HttpTiming,
): Promise<Row> {
  const args = [BARE, join(world.home, "answer.json"), "1", "--judging"];
  const judging = await HttpTarget.start({ args, env: { LZ_HOME: world.home } });
  try {
    const contest = await takeTurns(bare, judging, load, timing);
    return cpuRow(contest, "a bare handler that judges too, 1 process", null);
  } finally {
    await judging.stop();
  }
}

/** Round by round, so that what else the machine does falls on both. */
async function takeTurns(
  bare: HttpTarget,
  ours: HttpTarget,
  load: Omit<Load, "url">,
  { rounds, warmUp }: HttpTiming,
): Promise<Contest> {
  for (const target of [bare, ours]) await warm(target, load, warmUp);
  const runs = { bare: [] as LoadedRun[], ours: [] as LoadedRun[] };
  for (let round = 0; round < rounds; round++) {
    runs.bare.push(await bare.bear(load));
    runs.ours.push(await ours.bear(load));
  }
  return runs;
}

async function warm(target: HttpTarget, load: Omit<Load, "url">, requests: number): Promise<void> {
  let answered = 0;
  for (let round = 0; round < MOST_WARM_UP_ROUNDS && answered < requests; round++) {
    answered += (await target.bear(load)).answered;
  }
}

function contestRows(contest: Contest, name: string, target: number): Row[] {
  const byTheClock = `${name}, by the clock`;
  const rateOf = ({ answered, seconds }: LoadedRun): number => answered / seconds;
  return [
    cpuRow(contest, name, target),
    contestRow(contest, { name: byTheClock, unit: "requests a second", rateOf, target: null }),
  ];
}

function cpuRow(contest: Contest, name: string, target: number | null): Row {
  const rateOf = ({ answered, cpuSeconds }: LoadedRun): number => answered / cpuSeconds;
  return contestRow(contest, { name, unit: "requests a CPU second", rateOf, target });
}

interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly rateOf: (run: LoadedRun) => number;
  readonly target: number | null;
}

function contestRow({ bare, ours }: Contest, { name, unit, rateOf, target }: Measure): Row {
  const [own, limit] = [ours.map(rateOf), bare.map(rateOf)];
  return {
    ...{ name, value: median(own), unit },
    against: against("a bare Koa handler, same body, same answer", median(limit)),
    ...times(medianRatio(own, limit), target),
  };
}

/** Requests that are due at a constant rate, half of the most that were answered. */
async function halfLoad(
  ours: HttpTarget,
  load: Omit<Load, "url">,
  contest: readonly LoadedRun[],
  rounds: number,
): Promise<LoadedRun[]> {
  const highest = Math.max(...contest.map(({ answered, seconds }) => answered / seconds));
  const runs: LoadedRun[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(await ours.bear({ ...load, rate: Math.floor(highest / 2) }));
  }
  return runs;
}

function latencyRow(runs: readonly LoadedRun[], processes: number): Row {
  const rate = Math.round(median(runs.map(({ answered, seconds }) => answered / seconds)));
  const load = `at ${rate.toLocaleString("en")} a second (half of the most)`;
  return {
    name: `99 of 100 answered within, ${processesWords(processes)}, ${load}`,
    ...standsAlone,
    ...atMost(median(runs.map(({ p99 }) => p99)), MOST_P99_MS, "ms"),
  };
}

async function batchRows(
  world: VerifyingWorld,
  ours: HttpTarget,
  { rounds, seconds, warmUp }: HttpTiming,
): Promise<Row[]> {
  const load = { ...loadOf(world, BATCH, world.batch, seconds), connections: 2 * CORES };
  await warm(ours, load, (CORES * warmUp) / world.certificatesInBatch);
  const runs: LoadedRun[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await ours.bear(load));
  const size = world.certificatesInBatch;
  const cpu = runs.map((run) => (CORES * run.answered * size) / run.cpuSeconds);
  const clock = runs.map((run) => (run.answered * size) / run.seconds);
  const name = `${String(size)} certificates a request`;
  return [
    {
      name: `${name}, on two cores of its own`,
      ...standsAlone,
      ...atLeast(median(cpu), LEAST_CERTIFICATES, "certificates a second"),
    },
    {
      name: `${name}, by the clock`,
      ...standsAlone,
      ...atLeast(median(clock), null, "certificates a second"),
    },
  ];
}

function loadOf(
  { headers }: VerifyingWorld,
  path: string,
  bodiesFile: string,
  seconds: number,
): Omit<Load, "url"> {
  return { path, headers, bodiesFile, seconds, connections: CONNECTIONS, rate: null };
}

function processesWords(processes: number): string {
  return processes === 1 ? "1 process" : `${String(processes)} processes`;
}
