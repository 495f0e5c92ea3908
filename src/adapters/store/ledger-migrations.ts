/** The schema of the ledger store, and how it came to be: forward only. */
import type { Migration } from "../database/migrations.ts";
import type { LedgerTables } from "./ledger-tables.ts";
import { withStatusIndex } from "./status-events.ts";

/** Version 0.1.0 made these tables without a number of their version: they may be there. */
const tablesOfFirstVersion: Migration<LedgerTables> = async ({ schema }) => {
  await schema
    .createTable("ledger_event")
    .ifNotExists()
    .addColumn("block", "integer", (column) => column.notNull())
    .addColumn("log_index", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("ledger_event_key", ["block", "log_index"])
    .execute();
  await schema
    .createTable("ledger_cursor")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("ledger_snapshot")
    .ifNotExists()
    .addColumn("part", "integer", (column) => column.primaryKey())
    .addColumn("content", "blob", (column) => column.notNull())
    .execute();
};

/** The presentations that were seen are kept in the service's store. */
const withoutPresentations: Migration<LedgerTables> = async ({ schema }) => {
  await schema.dropTable("seen_presentation").ifExists().execute();
};

/** One that was ever released is never altered; another is added after it. */
export const LEDGER_MIGRATIONS: readonly Migration<LedgerTables>[] = [
  tablesOfFirstVersion,
  withoutPresentations,
  withStatusIndex,
];
