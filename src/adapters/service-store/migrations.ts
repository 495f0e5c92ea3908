/** The schema and its changes, in order. One that was ever released is never altered: add another after it. */
import type { Database } from "../database/database.ts";
import { migrate as migrateDatabase } from "../database/migrations.ts";
import type { Migration } from "../database/migrations.ts";
import { createTables } from "../database/table.ts";
import { TABLES } from "./tables.ts";
import type { Tables } from "./tables.ts";
import { markCalls } from "./use-calls.ts";
import { divideUses } from "./use-chapters.ts";

const MIGRATIONS: readonly Migration<Tables>[] = [
  (transaction, types) => createTables(transaction, types, TABLES),
  divideUses,
  markCalls,
];

/** Brings the schema up to date; forward only. @throws Problem STORE_TOO_NEW */
export function migrate(database: Database<Tables>): Promise<void> {
  return migrateDatabase(database, MIGRATIONS);
}
