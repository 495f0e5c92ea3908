/** What anchoring works with. */
import type { Anchoring } from "../../ports/anchoring.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Progress } from "../../ports/progress.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";

/** How long to wait for what, and how to let time pass between two looks. */
export interface Pacing {
  pause(): Promise<void>;
  /** Seconds without anything moving on, after which to give up. */
  readonly patience: number;
  /** Seconds after which a transaction that is not mined is replaced by a dearer one. */
  readonly stuckAfter: number;
}

export interface AnchorTools {
  readonly store: Pick<AgencyStore, "outbox" | "batches" | "job" | "setJobState">;
  readonly anchoring: Anchoring;
  readonly reader: Pick<ChainReader, "latestBlock" | "block">;
  /** How many blocks must follow a block before it is final. */
  readonly confirmations: number;
  readonly clock: Clock;
  readonly pacing: Pacing;
  readonly progress?: Progress;
}
