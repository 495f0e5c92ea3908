import type { KeptForATime, RetentionLimits } from "../../ports/retention.ts";
import type { ServiceDatabase, ServiceTransaction } from "./tables.ts";

/** What a feature says of rows that are to go. */
export interface Purge {
  readonly what: KeptForATime;
  readonly count: (db: ServiceDatabase["db"], limits: RetentionLimits) => Promise<number>;
  /** @returns how many it erased, `most` at most. Called until that is none. */
  readonly erase: (
    transaction: ServiceTransaction,
    limits: RetentionLimits,
    most: number,
  ) => Promise<number>;
}
