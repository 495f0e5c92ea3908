/**
 * An agency's store in one SQLite file. Large database pages, since what is kept is in blobs of tens of
 * kilobytes; a rollback journal, since what is only ever appended is then written once, and with a write-ahead
 * log twice; synchronised so that what was committed survives a power cut.
 */
import { closeSync, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { AgencyLock } from "../../ports/agency-store.ts";
import { PRIVATE_MODE } from "../store/durable-file.ts";
import { sqliteDialect } from "../store/sqlite.ts";
import { guardedDialect } from "./guarded-dialect.ts";
import type { ColumnTypes, StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

/** Deleted and overwritten content is zeroed (secure_delete): a key that was destroyed is gone. */
const SETTINGS = `PRAGMA page_size = 32768; PRAGMA busy_timeout = 100; PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON`;
const TYPES: ColumnTypes = {
  bytes: sql`blob`,
  integer: sql`integer`,
  table: sql`STRICT`,
  keyTable: sql`STRICT, WITHOUT ROWID`,
  afterwards: [],
};

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** @throws Problem DISK_FAILED, BATCH_DAMAGED */
export function openSqliteDatabase(file: string): StoreDatabase {
  const toProblem = (error: unknown): Problem => sqliteProblem(file, error);
  const dialect = guardedDialect(openDialect(file, toProblem), toProblem);
  const db = new Kysely<Tables>({ dialect });
  const write: StoreDatabase["write"] = (work) => db.transaction().execute(work);
  return {
    ...{ name: file, types: TYPES, db, write },
    writeAway: async (work) => {
      await sql`PRAGMA secure_delete = OFF`.execute(db);
      try {
        await write(work);
      } finally {
        await sql`PRAGMA secure_delete = ON`.execute(db);
      }
    },
    writeSchema: write,
    hasTable: async (table) => {
      const { rows } = await sql`SELECT 1 FROM sqlite_schema WHERE name = ${table}`.execute(db);
      return rows.length > 0;
    },
    lock: () => Promise.resolve(lockFile(`${file}.lock`)),
    scrub: () => Promise.resolve(),
    size: async () => (await stat(file)).size,
    close: () => db.destroy(),
  };
}

function openDialect(
  file: string,
  toProblem: (error: unknown) => Problem,
): ReturnType<typeof sqliteDialect> {
  try {
    // For its owner alone from the first byte on: SQLite gives its journal the same rights.
    closeSync(openSync(file, "a", PRIVATE_MODE));
    return sqliteDialect(file, SETTINGS);
  } catch (error) {
    throw toProblem(error instanceof Problem ? error.cause : error);
  }
}

function sqliteProblem(file: string, error: unknown): Problem {
  const { errcode = 0, message } = error as { readonly errcode?: number; readonly message: string };
  const primary = errcode & 0xff;
  const detail = `${file}: ${message}`;
  if (primary === BUSY) return new Problem("STORE_BUSY", detail, error);
  const isDamaged = primary === CORRUPT || primary === NOT_A_DATABASE;
  return new Problem(isDamaged ? "BATCH_DAMAGED" : "DISK_FAILED", detail, error);
}

/**
 * A transaction that is never committed, in a database of its own: the system lets go of its lock when the
 * process ends, however it ends. @returns null where another holds it
 */
function lockFile(file: string): AgencyLock | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    const problem = sqliteProblem(file, error);
    if (problem.code === "STORE_BUSY") return null;
    throw problem;
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
      return Promise.resolve();
    },
  };
}
