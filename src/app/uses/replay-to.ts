/** The ledger as it was after a block. */
import { emptyLedger } from "../../core/ledger/state.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { applyEvent } from "../../core/ledger/reduce.ts";
import { Problem } from "../../core/problem.ts";
import type { Block, ChainReader } from "../../ports/chain-reader.ts";
import type { Progress } from "../../ports/progress.ts";
import { readEvents } from "../read-events.ts";

/** @throws Problem RPC_… */
export async function replayTo(
  chain: ChainReader,
  number: number,
  progress?: Progress,
): Promise<{ readonly state: LedgerState; readonly block: Block }> {
  const block = await chain.block(number);
  if (block === null) throw new Problem("RPC_FAULT", `the node has no block ${String(number)}`);
  const state = emptyLedger(chain.identity);
  for await (const event of readEvents(chain, chain.firstBlock, number, progress)) {
    applyEvent(state, event);
  }
  return { state, block };
}
