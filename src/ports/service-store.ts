/**
 * What all instances of one verification service share: SQLite where there is one machine, PostgreSQL
 * where there are several. (The ledger is not in it: each instance follows the chain itself, into a store
 * of its own.) Every method may end in Problem DISK_FAILED, STORE_BUSY, STORE_DAMAGED, or
 * STORE_UNREACHABLE for a database over the network.
 */
import type { ReplayCache } from "./replay-cache.ts";
import type { RepeatedCalls } from "./repeated-calls.ts";
import type { Retention } from "./retention.ts";
import type { UseLog } from "./use-log.ts";
import type { CallCounts, ClientStore } from "./clients.ts";
import type { HeldPresentations, PresentationRequests } from "./presentation-requests.ts";

export interface ServiceStore {
  /** A path, or an address without any password. */
  readonly name: string;
  readonly replays: ReplayCache;
  readonly clients: ClientStore;
  readonly callCounts: CallCounts;
  readonly requests: PresentationRequests;
  readonly held: HeldPresentations;
  readonly uses: UseLog;
  readonly repeatedCalls: RepeatedCalls;
  readonly retention: Retention;
  /** One cheap question: resolves where the database answers. */
  probe(): Promise<void>;
  /** Once what is being written is written. */
  close(): Promise<void>;
}
