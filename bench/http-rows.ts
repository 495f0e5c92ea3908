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
  /** How many certificates are verified before the first round: until then code is compiled again and again. */
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
    const contest = await takeTurns(bare, ours, load, timing);
    const late = await halfLoad(ours, load, contest.ours);
    return [...contestRows(contest, processes), latencyRow(late, processes)];
  } finally {
    await bare.stop();
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

function contestRows({ bare, ours }: Contest, processes: number): Row[] {
  const name = `one certificate a request, ${processesWords(processes)}`;
  const row = (
    unit: string,
    rateOf: (run: LoadedRun) => number,
    target: number | null,
    words: string,
  ): Row => {
    const [own, limit] = [ours.map(rateOf), bare.map(rateOf)];
    return {
      ...{ name: `${name}${words}`, value: median(own), unit },
      against: against("a bare Koa handler, same body, same answer", median(limit)),
      ...times(medianRatio(own, limit), target),
    };
  };
  return [
    row("requests a CPU second", (run) => run.answered / run.cpuSeconds, LEAST_SHARE, ""),
    row("requests a second", (run) => run.answered / run.seconds, null, ", by the clock"),
  ];
}

/** Requests that are due at a constant rate, half of the most that were answered. */
function halfLoad(
  ours: HttpTarget,
  load: Omit<Load, "url">,
  runs: readonly LoadedRun[],
): Promise<LoadedRun> {
  const highest = Math.max(...runs.map(({ answered, seconds }) => answered / seconds));
  return ours.bear({ ...load, rate: Math.floor(highest / 2) });
}

function latencyRow({ p99, answered, seconds }: LoadedRun, processes: number): Row {
  const rate = Math.round(answered / seconds).toLocaleString("en");
  return {
    name: `99 of 100 answered within, ${processesWords(processes)}, at ${rate} a second (half of the most)`,
    ...standsAlone,
    ...atMost(p99, MOST_P99_MS, "ms"),
  };
}

async function batchRows(
  world: VerifyingWorld,
  ours: HttpTarget,
  { rounds, seconds, warmUp }: HttpTiming,
): Promise<Row[]> {
  const load = { ...loadOf(world, BATCH, world.batch, seconds), connections: 2 * CORES };
  await warm(ours, load, warmUp / world.certificatesInBatch);
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
