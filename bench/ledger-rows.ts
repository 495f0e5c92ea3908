/** What a large ledger takes: the first reading of it, the start from a snapshot, and its state in memory. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LedgerFigures } from "./ledger-size.ts";
import type { LedgerSize } from "./ledger-story.ts";
import { measured } from "./measured-process.ts";
import { atMost, standsAlone } from "./report.ts";
import type { Row } from "./report.ts";

const PROGRAM = join(import.meta.dirname, "ledger-size.ts");
/** 100,000 batches and 1,000,000 changes of statuses. */
const HISTORY: LedgerSize = { batches: 100_000, size: 4_000, changes: 10 };
/** 1,200,000,000 certificates, of which one in a hundred is revoked. */
const COUNTRY: LedgerSize = { batches: 300_000, size: 4_000, changes: 40 };
const START_SECONDS = 3;
/** What reading the chain may hold besides the state that it leads to. */
const READING_MEGABYTES = 200;
const STATE_MEGABYTES = 2_000;

export interface LedgerRowsOptions {
  /** A glance: a hundredth of it all. */
  readonly isQuick: boolean;
  readonly say: (step: string) => void;
}

/** Each in a process of its own. Figures of a glance are no more than that it works. */
export async function ledgerRows({ isQuick, say }: LedgerRowsOptions): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "lz-ledger-"));
  const file = join(folder, "ledger.sqlite");
  const scaled = (size: LedgerSize): LedgerSize => {
    return isQuick ? { ...size, batches: size.batches / 100 } : size;
  };
  const run = (mode: string, size: LedgerSize): Promise<LedgerFigures> =>
    figuresOf(folder, [PROGRAM, mode, "--file", file, ...argumentsOf(scaled(size))]);
  try {
    say("a large history read for the first time");
    const sync = await run("sync", HISTORY);
    say("a start from its snapshot");
    const start = await run("start", HISTORY);
    say("a country's state");
    const state = await run("state", COUNTRY);
    return [...readingRows(sync, isQuick), startRow(start, isQuick), stateRow(state, isQuick)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsOf({ batches, size, changes }: LedgerSize): string[] {
  const of = (name: string, value: number): string[] => [`--${name}`, String(value)];
  return [...of("batches", batches), ...of("size", size), ...of("changes", changes)];
}

async function figuresOf(folder: string, args: readonly string[]): Promise<LedgerFigures> {
  const { output } = await measured(folder, { args, nodeOptions: ["--expose-gc"] });
  return JSON.parse(output) as LedgerFigures;
}

function readingRows(
  { events, cpuSeconds, megabytes, megabytesAtMost }: LedgerFigures,
  isQuick: boolean,
): Row[] {
  const held = megabytesAtMost - megabytes;
  const most = isQuick ? null : READING_MEGABYTES;
  const rate = { name: "first reading of 100,000 batches and 1,000,000 statuses" };
  return [
    { ...rate, value: events / cpuSeconds, unit: "events/s", ...standsAlone },
    {
      ...{ name: "the same: memory held besides its state", against: null, ratio: null },
      ...atMost(Math.max(held, 1), most, "MB"),
    },
  ];
}

function startRow({ cpuSeconds }: LedgerFigures, isQuick: boolean): Row {
  const name = "start from a snapshot of that history, in processor time";
  return {
    ...{ name, against: null, ratio: null },
    ...atMost(cpuSeconds, isQuick ? null : START_SECONDS, "s"),
  };
}

function stateRow({ megabytes }: LedgerFigures, isQuick: boolean): Row {
  const name = "process with 300,000 batches of 1,200,000,000 certificates, 12,000,000 revoked";
  return {
    ...{ name, against: null, ratio: null },
    ...atMost(megabytes, isQuick ? null : STATE_MEGABYTES, "MB"),
  };
}
