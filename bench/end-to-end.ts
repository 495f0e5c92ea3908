/** Certificates from a table to anchored batches, by the command that agencies use, and what that took. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { median } from "./compare.ts";
import type { GrowthPoint } from "./growth.ts";
import type { IssueRun, IssuingWorld } from "./issuing-world.ts";
import { secondsAlone } from "./measured-process.ts";
import { against, atMost, standsAlone } from "./report.ts";
import type { Row } from "./report.ts";
import { readProfiles, secondsByStage } from "./stage-profile.ts";

/** From how many certificates on the targets hold: with few of them, starting is what takes the time. */
export const JUDGED_RECORDS = 1_000_000;
const MOST_SECONDS = 12;
const MOST_TIMES_HASHING = 3;
const MOST_MEGABYTES = 700;
/** A profile of more would take long to read, and say the same. */
const MOST_PROFILED = 200_000;

/** What the rounds took. */
export interface Rounds {
  readonly records: number;
  readonly runs: readonly IssueRun[];
  /** CPU seconds that the hashing alone takes for one certificate, in each round. */
  readonly hashing: readonly number[];
}

export function medianOf(runs: readonly IssueRun[], figure: (run: IssueRun) => number): number {
  return median(runs.map(figure));
}

export function endToEndRows({ records, runs, hashing }: Rounds): Row[] {
  const isJudged = records >= JUDGED_RECORDS;
  const judged = (most: number): number | null => (isJudged ? most : null);
  const name = `${records.toLocaleString("en")} certificates, table to anchored`;
  const alone = medianOf(runs, secondsAlone);
  const hashingAlone = runs.map((_, i) => ((hashing[i] ?? Number.NaN) * records) / 2);
  const ratio = median(runs.map((run, i) => secondsAlone(run) / (hashingAlone[i] ?? Number.NaN)));
  return [
    {
      ...{ name: `${name}, by the clock`, against: null, ratio: null },
      ...atMost(
        medianOf(runs, ({ seconds }) => seconds),
        judged(MOST_SECONDS),
        "seconds",
      ),
    },
    {
      ...{ name: `${name}, on two cores of its own`, against: null, ratio: null },
      ...atMost(alone, judged(MOST_SECONDS), "seconds"),
    },
    {
      ...{ name: "the whole against its hashing alone", value: alone, unit: "seconds" },
      ...{ against: against("values, salts, leaves, trees", median(hashingAlone)), ratio },
      ...(isJudged
        ? { target: "≤ 3 ×", met: ratio <= MOST_TIMES_HASHING }
        : { target: null, met: null }),
    },
    {
      ...{ name: "peak memory of issuing them", against: null, ratio: null },
      ...atMost(
        medianOf(runs, (run) => run.peakMegabytes),
        judged(MOST_MEGABYTES),
        "MB",
      ),
    },
  ];
}

/** Where the time goes, from a run of its own that is watched. */
export async function stageRows(world: IssuingWorld, records: number): Promise<Row[]> {
  const folder = join(world.folder, "profiles");
  await mkdir(folder);
  const count = Math.min(records, MOST_PROFILED);
  const run = await world.issue(count, {
    nodeOptions: ["--cpu-prof", `--cpu-prof-dir=${folder}`],
  });
  const { main, others } = await readProfiles(folder);
  await forget(run);
  const work = [
    { profiles: main, cpuSeconds: run.mainSeconds },
    { profiles: others, cpuSeconds: run.cpuSeconds - run.mainSeconds },
  ];
  return secondsByStage(work).map(([stage, seconds]) => ({
    name: `of it: ${stage}`,
    value: (seconds * 1e9) / count,
    unit: "ns of CPU a certificate",
    ...standsAlone,
  }));
}

export function growthPoint(records: number, runs: readonly IssueRun[]): GrowthPoint {
  return { certificates: records, cpuSeconds: medianOf(runs, ({ cpuSeconds }) => cpuSeconds) };
}

/** A store of a million certificates is hundreds of megabytes. */
export async function forget(run: IssueRun): Promise<void> {
  await rm(run.home, { recursive: true });
}
