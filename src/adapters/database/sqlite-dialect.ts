/** SQLite as Node brings it (node:sqlite), behind Kysely. */
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { SqliteDialect } from "kysely";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { Problem } from "../../core/problem.ts";

/** Statements that are kept ready to be run again. */
const MOST_STATEMENTS = 100;

const SYNCED_AT_ONCE = "PRAGMA synchronous = FULL";
const SYNCED_AFTERWARDS = "PRAGMA synchronous = NORMAL";

/** @param isSyncedAfterwards whether somebody else makes each transaction durable once it is committed */
export function sqliteDialect(database: DatabaseSync, isSyncedAfterwards: boolean): SqliteDialect {
  return new SqliteDialect({ database: adapt(database, isSyncedAfterwards) });
}

/**
 * @param file a path, or ":memory:"
 * @param settings statements that are run first
 * @throws Problem DISK_FAILED
 */
export function openDatabase(file: string, settings: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    database.exec(settings);
    return database;
  } catch (error) {
    database?.close();
    throw new Problem("DISK_FAILED", file, error);
  }
}

/** Kysely speaks to better-sqlite3, whose interface differs from node:sqlite's in small things. */
function adapt(database: DatabaseSync, isSyncedAfterwards: boolean): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
    },
    prepare: (sql): SqliteStatement => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const isBound = isSyncedAfterwards && BOUNDS.includes(sql);
      const statement = isBound ? prepareBound(database, sql) : prepare(database, sql);
      if (prepared.size === MOST_STATEMENTS) prepared.clear();
      prepared.set(sql, statement);
      return statement;
    },
  };
}

/** As Kysely writes them. */
const BOUNDS: readonly string[] = ["begin", "commit", "rollback"];

/** Beginning or end of a transaction: SQLite waits for the disk where none is under way, and only there. */
function prepareBound(database: DatabaseSync, sql: string): SqliteStatement {
  return {
    ...prepare(database, sql),
    run: () => {
      if (sql === "begin") database.exec(SYNCED_AFTERWARDS);
      try {
        database.exec(sql === "begin" ? "begin immediate" : sql);
      } finally {
        if (!database.isTransaction) database.exec(SYNCED_AT_ONCE);
      }
      return { changes: 0, lastInsertRowid: 0 };
    },
  };
}

/**
 * A transaction takes its lock at once: one that first reads and then finds another writing can't wait for it
 * any more.
 */
function prepare(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql === "begin" ? "begin immediate" : sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => {
      return statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<never>;
    },
  };
}
