/** Reads the chain's events step by step, as much at once as a node gives willingly and memory holds. */
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { ChainReader } from "../ports/chain-reader.ts";
import type { Progress } from "../ports/progress.ts";

/** How many blocks are asked for at once: few at first, then more where they hold little. */
export const FIRST_STEP_BLOCKS = 250;
const MOST_STEP_BLOCKS = 2_000;
/** A step with more events than that is followed by a shorter one. */
const MANY_EVENTS = 5_000;
const FEW_EVENTS = 2_000;

/** The width of the step after one that was so wide and held so many events. */
export function nextWidth(width: number, events: number): number {
  if (events > MANY_EVENTS) return Math.max(1, width >> 1);
  return events < FEW_EVENTS ? Math.min(MOST_STEP_BLOCKS, width * 2) : width;
}

/** All events from block `from` to block `to`, both included, in the chain's order. */
export async function* readEvents(
  chain: ChainReader,
  from: number,
  to: number,
  progress?: Progress,
): AsyncGenerator<LedgerEvent> {
  let width = FIRST_STEP_BLOCKS;
  for (let at = from; at <= to;) {
    const last = Math.min(at + width - 1, to);
    const events = await chain.events(at, last);
    yield* events;
    progress?.("blocks", last - from + 1, to - from + 1);
    width = nextWidth(width, events.length);
    at = last + 1;
  }
}
