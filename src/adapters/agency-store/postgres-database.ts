/** An agency's store in PostgreSQL, where several machines share it. */
import { sql } from "kysely";
import type { Transaction } from "kysely";
import { PostgresDatabase } from "../database/postgres-database.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

/** The issuing lock's number: one process issues at a time. */
const ISSUING = 1;

/**
 * @param password for an address without one, before ~/.pgpass is asked
 * @throws Problem CONFIGURATION_INVALID
 */
export function openPostgresDatabase(url: string, password: string | null): StoreDatabase {
  return new AgencyDatabase({
    ...{ url, password, setting: "LZ_STORE", damaged: "BATCH_DAMAGED" },
    ...{ lock: ISSUING, isFenced: true },
  });
}

class AgencyDatabase extends PostgresDatabase<Tables> implements StoreDatabase {
  writeAway(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    return this.write(work);
  }

  /** An overwritten row stays in its table until the table is written anew. */
  async scrub(table: "page_key" | "job_key"): Promise<void> {
    await sql`VACUUM FULL ${sql.table(table)}`.execute(this.db);
  }
}
