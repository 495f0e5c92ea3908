/** What of the ledger a state holds that was cut down to what somebody needs. */
import type { LedgerState } from "./state.ts";

export interface Coverage {
  /** Agencies of whose batches it holds none. */
  readonly without: ReadonlySet<string>;
  /** The one type of which it holds batches; null for all. */
  readonly type: string | null;
  /** The key of the one batch that it holds, with nothing about others; null for all. */
  readonly batch: string | null;
}

/** Whether the batch may be on the chain though the state does not hold it. */
export function isOutside(
  { without, type, batch }: Coverage,
  state: LedgerState,
  key: string,
  agency: string,
): boolean {
  if (state.anchors.has(key)) return false;
  if (batch !== null) return key !== batch;
  return state.agencies.has(agency) && (type !== null || without.has(agency));
}
