/** SQLite as Node brings it (node:sqlite), behind Kysely. */
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { Kysely, SqliteDialect } from "kysely";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { Problem } from "../../core/problem.ts";

const SETTINGS = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";

/**
 * Full synchronisation: what is committed survives a power cut.
 * @param file a path, or ":memory:". @throws Problem DISK_FAILED
 */
export function openSqlite<Tables>(file: string): Kysely<Tables> {
  const database = openDatabase(file);
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database) }) });
}

function openDatabase(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file);
    database.exec(SETTINGS);
    return database;
  } catch (error) {
    throw new Problem("DISK_FAILED", file, error);
  }
}

/** Kysely speaks to better-sqlite3, whose interface differs from node:sqlite's in small things. */
function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      database.close();
    },
    prepare: (sql): SqliteStatement => {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => {
          return statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<never>;
        },
      };
    },
  };
}
