/** What a follower of the chain keeps on its disk. */
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { LedgerIdentity, LedgerState } from "../core/ledger/state.ts";
import type { Block, ChainFingerprint } from "./chain-reader.ts";

export interface Cursor extends Block {
  readonly identity: LedgerIdentity;
  /** When the chain confirmed it, in seconds since 1970 of this machine; missing in what older versions kept. */
  readonly asOf?: number;
  /** Pinned at the first reading; missing in what version 0.1.0 kept. */
  readonly fingerprint?: ChainFingerprint;
}

/** The state that all events up to a place lead to: what spares a restart folding them again. */
export interface LedgerSnapshot {
  readonly state: LedgerState;
  readonly cursor: Cursor;
}

/** Keeps the events a follower has taken, so that a restart need not ask the chain again. */
export interface LedgerStore {
  /** Up to where the contracts' own counters have confirmed what is kept; null in a new store. */
  cursor(): Promise<Cursor | null>;
  /** Up to where events are kept that nothing has confirmed yet; null where there are none. */
  ahead(): Promise<Block | null>;
  /** In the chain's order, those of blocks after `after`, up to block `upTo` or the last that is kept. */
  events(after: number, upTo?: number): AsyncIterable<LedgerEvent>;
  /** Events and cursor together, durably, or neither. What was kept ahead is confirmed with them. */
  append(events: readonly LedgerEvent[], cursor: Cursor): Promise<void>;
  /** Events that are not confirmed yet, and the block they end in, together, durably, or neither. */
  appendAhead(events: readonly LedgerEvent[], end: Block): Promise<void>;
  /** Forgets every event after the cursor. */
  dropAhead(): Promise<void>;
  /** Null where there is none, or none that this program can read: then every event is folded again. */
  snapshot(): Promise<LedgerSnapshot | null>;
  /** In place of the one before. */
  saveSnapshot(snapshot: LedgerSnapshot): Promise<void>;
}
