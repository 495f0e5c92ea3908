/** A chain that fits in a few lines, for tests of everything before it. */
import { Problem } from "../../src/core/problem.ts";
import { ZERO_HASH } from "../../src/core/ledger/state.ts";
import type { AnchorRequest, Anchoring, SignedTransaction } from "../../src/ports.ts";

export interface AnchoringInMemory {
  readonly anchoring: Anchoring;
  readonly estimated: AnchorRequest[];
  readonly signed: SignedTransaction[];
  /** The roots on the chain, in order. */
  readonly anchored: string[];
  refuse(reason: string | null): void;
  loseTransactions(isLossy: boolean): void;
}

export function anchoringInMemory(): AnchoringInMemory {
  const estimated: AnchorRequest[] = [];
  const signed: SignedTransaction[] = [];
  const anchored: string[] = [];
  let refusal: string | null = null;
  let isLossy = false;
  const requireAllowed = (): void => {
    if (refusal !== null) throw new Problem("CONTRACT_REFUSED", refusal);
  };
  const anchoring: Anchoring = {
    estimate: async (request) => {
      requireAllowed();
      estimated.push(request);
      return { gas: 70_000, fee: 7n };
    },
    sign: async ({ root }) => {
      requireAllowed();
      const transaction = { hash: `hash of ${root}`, raw: root, nonce: signed.length };
      signed.push(transaction);
      return transaction;
    },
    send: async ({ raw }) => {
      if (!isLossy && !anchored.includes(raw)) anchored.push(raw);
    },
    findReceipt: async (root, transaction) => {
      const at = anchored.indexOf(root);
      if (at < 0) return null;
      const block = { block: at + 1, blockHash: ZERO_HASH, gasUsed: 70_000 };
      const hash = transaction?.hash ?? `hash of ${root}`;
      return { transaction: hash, sequence: at + 1, head: ZERO_HASH, ...block };
    },
    isPending: async ({ raw }) => !anchored.includes(raw),
  };
  return {
    anchoring,
    estimated,
    signed,
    anchored,
    refuse: (reason) => {
      refusal = reason;
    },
    loseTransactions: (lossy) => {
      isLossy = lossy;
    },
  };
}
