/**
 * One measurement of a large ledger, in a process of its own so that its memory is its own; says a JSON object.
 *
 *     node --expose-gc bench/ledger-size.ts sync|start|state --file F --batches N --size N --changes N
 */
import { parseArgs } from "node:util";
import { loadPrimitives } from "../src/adapters/hashing/primitives.ts";
import { openLedgerStore } from "../src/adapters/store/ledger-store.ts";
import { ChainFollower } from "../src/app/follow-chain.ts";
import { applyEvent } from "../src/core/ledger/reduce.ts";
import { emptyLedger } from "../src/core/ledger/state.ts";
import type { LedgerState } from "../src/core/ledger/state.ts";
import type { Primitives } from "../src/core/hashing.ts";
import { IDENTITY, LedgerStory } from "./ledger-story.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: "string", default: ":memory:" },
    batches: { type: "string", default: "1000" },
    size: { type: "string", default: "4000" },
    changes: { type: "string", default: "10" },
  },
});
const size = {
  batches: Number(values.batches),
  size: Number(values.size),
  changes: Number(values.changes),
};
const clock = { now: () => Math.floor(Date.now() / 1_000) };

export interface LedgerFigures {
  /** Of the processor, which others that use it at the same time don't change. */
  readonly cpuSeconds: number;
  readonly events: number;
  /** Resident when it is done and what is no longer needed was let go, in megabytes. */
  readonly megabytes: number;
  /** The same before it began. */
  readonly megabytesBefore: number;
  /** The most that was resident at any time. */
  readonly megabytesAtMost: number;
}

function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}

async function figures(work: () => Promise<LedgerState>): Promise<LedgerFigures> {
  const megabytesBefore = residentMegabytes();
  const began = process.cpuUsage();
  const state = await work();
  const { user, system } = process.cpuUsage(began);
  const cpuSeconds = (user + system) / 1e6;
  const megabytes = residentMegabytes();
  const changes = [...state.statuses.values()].reduce((sum, of) => sum + of.certificates.count, 0);
  const events = state.anchors.size + changes;
  const megabytesAtMost = process.resourceUsage().maxRSS / 1_024;
  return { cpuSeconds, events, megabytes, megabytesBefore, megabytesAtMost };
}

/** From the chain into the store, and a snapshot in the end. */
async function follow(primitives: Primitives, story: LedgerStory): Promise<LedgerState> {
  const store = await openLedgerStore(values.file);
  const options = { chain: story.reader, store, primitives, clock, confirmations: 0 };
  const follower = await ChainFollower.open(options);
  await follower.poll();
  await follower.keep();
  await store.close();
  const { view } = follower;
  if (view === null) throw new Error("there is no view");
  return view.state;
}

function fold(story: LedgerStory): LedgerState {
  const state = emptyLedger(IDENTITY);
  for (let block = 1; block <= story.last; block++) {
    for (const event of story.eventsOf(block)) applyEvent(state, event);
  }
  return state;
}

const primitives = await loadPrimitives();
const story = new LedgerStory(primitives, size);
const [mode] = positionals;
const measured = await figures(async () =>
  mode === "state" ? fold(story) : await follow(primitives, story),
);
process.stdout.write(`${JSON.stringify(measured)}\n`);
