/** `./lz bench verify`: everything that is claimed of verifying, in one run. */
import { httpRows } from "./http-rows.ts";
import { JUDGE_PEERS, judgeRows } from "./judge-rows.ts";
import { ledgerRows } from "./ledger-rows.ts";
import { refusalRow } from "./refusal-row.ts";
import type { Row } from "./report.ts";
import { trustPackRows } from "./trust-pack-rows.ts";
import { openVerifyingWorld } from "./verifying-world.ts";

export interface VerifyBenchOptions {
  /** A glance instead of figures to be held on to. */
  readonly isQuick: boolean;
  /** Told what is measured next. */
  readonly say: (step: string) => void;
}

export async function benchVerifying(options: VerifyBenchOptions): Promise<Row[]> {
  const { isQuick, say } = options;
  say("the judge alone");
  const judging = isQuick ? { rounds: 2, milliseconds: 100 } : { rounds: 5, milliseconds: 400 };
  const judged = await judgeRows(judging, isQuick ? [] : JUDGE_PEERS, say);
  const served = await servedRows(options);
  const packs = await trustPackRows({ isQuick, say });
  return [...judged, ...served, ...packs, ...(await ledgerRows({ isQuick, say }))];
}

async function servedRows({ isQuick, say }: VerifyBenchOptions): Promise<Row[]> {
  say("a chain, and a batch on it");
  const world = await openVerifyingWorld();
  try {
    const timing = isQuick
      ? { rounds: 2, seconds: 1, warmUp: 500 }
      : { rounds: 5, seconds: 3, warmUp: 40_000 };
    const served = await httpRows(world, timing, say);
    say("from a revocation to its refusal");
    return [...served, await refusalRow(world, isQuick ? 1 : 5)];
  } finally {
    await world.close();
  }
}
