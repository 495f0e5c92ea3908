/** Reads the chain once and keeps nothing but the state: for a command that asks one question. */
import { applyEvent } from "../core/ledger/reduce.ts";
import { emptyLedger } from "../core/ledger/state.ts";
import type { LedgerView } from "../core/verify/case.ts";
import { ChainWalk } from "./walk-chain.ts";
import type { WalkOptions } from "./walk-chain.ts";

/** @throws Problem of the node, CHAIN_INCONSISTENT, CHAIN_REORGANISED, NODES_DISAGREE. */
export async function readLedger(options: WalkOptions): Promise<LedgerView> {
  const state = emptyLedger(options.chain.identity);
  let walk = ChainWalk.from(options, state, null);
  for (;;) {
    const head = await walk.head();
    const step = await walk.step(head);
    if (step !== null) {
      for (const event of step.events) applyEvent(state, event);
      walk = step.onward;
    }
    if (step?.isLast === false) continue;
    const pending = await walk.pendingKeys(head);
    const { number, hash, time } = walk.block ?? head.latest;
    return { state, block: { number, hash, time }, asOf: head.askedAt, pending };
  }
}
