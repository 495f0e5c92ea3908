/** Reads the chain's events step by step, as much at once as a node gives willingly. */
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { ChainReader, Progress } from "../ports.ts";

/** How many blocks are asked for at once. */
export const STEP_BLOCKS = 2_000;

/** All events from block `from` to block `to`, both included, in the chain's order. */
export async function* readEvents(
  chain: ChainReader,
  from: number,
  to: number,
  progress?: Progress,
): AsyncGenerator<LedgerEvent> {
  for (let at = from; at <= to; at += STEP_BLOCKS) {
    const last = Math.min(at + STEP_BLOCKS - 1, to);
    yield* await chain.events(at, last);
    progress?.("blocks", last - from + 1, to - from + 1);
  }
}
