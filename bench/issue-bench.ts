/** `./lz bench issue`: everything that is claimed of issuing, in one run. */
import { JUDGED_RECORDS, endToEndRows, forget, growthPoint, stageRows } from "./end-to-end.ts";
import type { Rounds } from "./end-to-end.ts";
import { growthRows } from "./growth.ts";
import type { GrowthPoint } from "./growth.ts";
import { checkedRecords, hashingAlone } from "./hashing-alone.ts";
import { openIssuingWorld } from "./issuing-world.ts";
import type { IssueRun, IssuingWorld } from "./issuing-world.ts";
import { kernelRows } from "./kernel-rows.ts";
import { secondsAlone } from "./measured-process.ts";
import { qrRows } from "./qr-rows.ts";
import { atMost } from "./report.ts";
import type { Row } from "./report.ts";
import { requireVerified, retrievalRow } from "./retrieval.ts";
import { PEERS, WrapContest, writeClaims } from "./wrap-rows.ts";

export interface IssueBenchOptions {
  /** How many certificates are issued end to end. */
  readonly records: number;
  /** A glance instead of figures to be held on to. */
  readonly isQuick: boolean;
  /** Ten million too. */
  readonly isLarge: boolean;
  /** Told what is measured next. */
  readonly say: (step: string) => void;
}

export interface IssueBench {
  readonly rows: readonly Row[];
  readonly growth: readonly GrowthPoint[];
}

const LARGE = 10_000_000;
const LARGE_MEGABYTES = 1200;
/** The prices of smaller tables, as shares of the whole: what growth is drawn from. */
const SMALLER = [0.3, 0.1, 0.03, 0.01];
const ROUNDS = 3;
const HASHED_ALONE = 100_000;
const WRAPPED = 10_000;

export async function benchIssuing(options: IssueBenchOptions): Promise<IssueBench> {
  const world = await openIssuingWorld();
  try {
    const { rows, growth } = await issuingRows(world, options);
    options.say("the kernel, and the peers' hashes");
    const kernel = await kernelRows(options.isQuick);
    options.say("QR pictures");
    return { rows: [...rows, ...kernel, ...(await qrRows(options.isQuick))], growth };
  } finally {
    await world.close();
  }
}

async function issuingRows(world: IssuingWorld, options: IssueBenchOptions): Promise<IssueBench> {
  const { records, isLarge, say } = options;
  const large = isLarge ? await issueLarge(world, say) : null;
  const { rounds, wrapping } = await playRounds(world, options);
  say("where the time goes");
  const stages = await stageRows(world, records);
  say("smaller tables");
  const growth = [
    ...(await smallerPoints(world, options)),
    growthPoint(records, rounds.runs),
    ...(large === null ? [] : [growthPoint(LARGE, [large])]),
  ];
  say("one certificate out of a large batch");
  const whole = await world.issue(records, { args: ["--batch-size", String(records)] });
  const retrieval = await retrievalRow(whole, rounds.runs.at(-1) as IssueRun);
  const each = (run: IssueRun, seconds: number): number => seconds / run.result.certificates;
  const isJudged = records >= JUDGED_RECORDS;
  return {
    growth,
    rows: [
      ...endToEndRows(rounds),
      ...(large === null ? [] : [largeRow(large)]),
      ...stages,
      ...wrapping.rows(
        {
          ours: rounds.runs.map((run) => each(run, secondsAlone(run))),
          cpu: rounds.runs.map((run) => each(run, run.cpuSeconds)),
          hashing: rounds.hashing,
        },
        isJudged,
      ),
      ...growthRows(growth, isJudged),
      retrieval,
    ],
  };
}

function roundsOf(isQuick: boolean): number {
  return isQuick ? 1 : ROUNDS;
}

/** They take turns: ours, its hashing alone, the peers; so that what else the machine does falls on all. */
async function playRounds(
  world: IssuingWorld,
  { records, isQuick, say }: IssueBenchOptions,
): Promise<{ readonly rounds: Rounds; readonly wrapping: WrapContest }> {
  const rounds = roundsOf(isQuick);
  const table = await world.table(records);
  const checked = await checkedRecords(world.type, table, HASHED_ALONE);
  const claims = await writeClaims(world.folder, checked);
  // To install them takes longer than a glance may, and hangs on whoever keeps the packages.
  const wrapping = new WrapContest(claims, WRAPPED, isQuick ? [] : PEERS);
  const runs: IssueRun[] = [];
  const hashing: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`${records.toLocaleString("en")} certificates end to end, round ${String(round)}`);
    const run = await world.issue(records);
    // The last one's store is wanted once more.
    if (round < rounds) await forget(run);
    else await requireVerified(world, run.home, run.result.batches);
    runs.push(run);
    hashing.push(hashingAlone(world.type, checked));
    say("the peers' documents");
    wrapping.round();
  }
  return { rounds: { records, runs, hashing }, wrapping };
}

/** @returns from the fewest certificates up */
async function smallerPoints(
  world: IssuingWorld,
  { records, isQuick }: IssueBenchOptions,
): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const share of SMALLER.toReversed()) {
    const count = Math.round(records * share);
    const runs: IssueRun[] = [];
    for (let round = 0; round < roundsOf(isQuick); round++) {
      const run = await world.issue(count);
      await forget(run);
      runs.push(run);
    }
    points.push(growthPoint(count, runs));
  }
  return points;
}

/** Once: it takes minutes. */
async function issueLarge(world: IssuingWorld, say: IssueBenchOptions["say"]): Promise<IssueRun> {
  say(`a table of ${LARGE.toLocaleString("en")} records`);
  await world.table(LARGE);
  say(`${LARGE.toLocaleString("en")} certificates end to end`);
  const run = await world.issue(LARGE);
  await forget(run);
  return run;
}

function largeRow(run: IssueRun): Row {
  return {
    ...{ name: `peak memory of issuing ${LARGE.toLocaleString("en")}`, against: null, ratio: null },
    ...atMost(run.peakMegabytes, LARGE_MEGABYTES, "MB"),
  };
}
