/** SQLite as Node brings it (node:sqlite), behind Kysely. */
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { Kysely, SqliteDialect } from "kysely";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { Problem } from "../../core/problem.ts";

const SETTINGS = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
/** Statements that are kept ready to be run again. */
const MOST_STATEMENTS = 100;

/**
 * Full synchronisation: what is committed survives a power cut.
 * @param file a path, or ":memory:". @throws Problem DISK_FAILED
 */
export function openSqlite<Tables>(file: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: sqliteDialect(file, SETTINGS) });
}

/** @param settings statements that are run first. @throws Problem DISK_FAILED */
export function sqliteDialect(file: string, settings: string): SqliteDialect {
  return new SqliteDialect({ database: adapt(openDatabase(file, settings)) });
}

function openDatabase(file: string, settings: string): DatabaseSync {
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
function adapt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
    },
    prepare: (sql): SqliteStatement => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const statement = prepare(database, sql);
      if (prepared.size === MOST_STATEMENTS) prepared.clear();
      prepared.set(sql, statement);
      return statement;
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
