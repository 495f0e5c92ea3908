/** A ledger as a test compares it: what packs its content away is replaced by that content. */
import type { LedgerState } from "../../src/core/ledger/state.ts";

export function laidOpen(state: LedgerState | undefined): unknown {
  if (state === undefined) return undefined;
  const statuses = [...state.statuses].map(([key, { whole, certificates }]) => {
    return [key, whole, [...certificates.all()]];
  });
  return { ...state, statuses };
}
