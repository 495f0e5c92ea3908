/**
 * An agency's store in one SQLite file. Large database pages, since what is kept is in blobs of tens of
 * kilobytes; a rollback journal, since what is only ever appended is then written once, and with a write-ahead
 * log twice; synchronised so that what was committed survives a power cut.
 */
import { sql } from "kysely";
import { openSqlite } from "../database/sqlite-database.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

/** Deleted and overwritten content is zeroed (secure_delete): a key that was destroyed is gone. */
const SETTINGS = `PRAGMA page_size = 32768; PRAGMA busy_timeout = 100; PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON`;

/** @throws Problem DISK_FAILED, BATCH_DAMAGED */
export function openSqliteDatabase(file: string): StoreDatabase {
  const database = openSqlite<Tables>({ file, settings: SETTINGS, damaged: "BATCH_DAMAGED" });
  const { db, write } = database;
  return {
    ...database,
    writeAway: async (work) => {
      await sql`PRAGMA secure_delete = OFF`.execute(db);
      try {
        await write(work);
      } finally {
        await sql`PRAGMA secure_delete = ON`.execute(db);
      }
    },
    scrub: () => Promise.resolve(),
  };
}
