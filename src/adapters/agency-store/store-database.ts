/** The database that an agency's store is kept in. */
import type { Transaction } from "kysely";
import type { Database } from "../database/database.ts";
import type { Tables } from "./tables.ts";

/** `write`: nobody else writes meanwhile. `lock`: the issuing lock. */
export interface StoreDatabase extends Database<Tables> {
  /** As `write`, while what it changes need leave no trace: what only a destroyed key could read. */
  writeAway(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void>;
  /** Removes what an overwritten key may have left behind, as far as the database can. */
  scrub(table: "page_key" | "job_key"): Promise<void>;
}
