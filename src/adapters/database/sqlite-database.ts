/** A store's database in one SQLite file, or in memory. */
import { closeSync, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import { PRIVATE_MODE } from "../store/durable-file.ts";
import { openDatabase, sqliteDialect } from "./sqlite-dialect.ts";
import type { ColumnTypes, Database, DatabaseLock } from "./database.ts";
import { guardedDialect } from "./guarded-dialect.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

const MEMORY = ":memory:";
const TYPES: ColumnTypes = {
  now: sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  bytes: sql`blob`,
  integer: sql`integer`,
  table: sql`STRICT`,
  keyTable: sql`STRICT, WITHOUT ROWID`,
  placeholder: () => "?",
  uncompressed: () => [],
};

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

export interface SqlitePlace {
  /** A path, or ":memory:". */
  readonly file: string;
  /** Statements that are run first. */
  readonly settings: string;
  /** What a file is called that SQLite can't read. */
  readonly damaged: ProblemCode;
  /**
   * Whether the disk is waited for beside the event loop, and so is another's lock: for who answers others meanwhile.
   * With a write-ahead log.
   */
  readonly isWaitedForBeside?: true;
}

/** @throws Problem DISK_FAILED, or what it is called when damaged */
export function openSqlite<Tables>(place: SqlitePlace): Database<Tables> {
  const { file } = place;
  const toProblem = (error: unknown): Problem => sqliteProblem(place, error);
  const { database, log } = openFile(place, toProblem);
  const dialect = guardedDialect(sqliteDialect(database, log !== null), toProblem);
  const db = new Kysely<Tables>({ dialect });
  const write: Database<Tables>["write"] = (work) => {
    const transact = (): ReturnType<typeof work> => db.transaction().execute(work);
    return log === null ? transact() : synced(log, transact, toProblem);
  };
  return {
    ...{ name: file, types: TYPES, db, write },
    writeSchema: write,
    hasTable: async (table) => {
      const { rows } = await sql`SELECT 1 FROM sqlite_schema WHERE name = ${table}`.execute(db);
      return rows.length > 0;
    },
    lock: () => Promise.resolve(lockFile(place)),
    size: async () => (file === MEMORY ? 0 : (await stat(file)).size),
    close: async () => {
      await log?.close();
      await db.destroy();
    },
  };
}

interface OpenFile {
  readonly database: DatabaseSync;
  /** Null where SQLite waits for the disk itself. */
  readonly log: WriteAheadLog | null;
}

function openFile(
  { file, settings, isWaitedForBeside }: SqlitePlace,
  toProblem: (error: unknown) => Problem,
): OpenFile {
  try {
    // For its owner alone from the first byte on: SQLite gives its journal the same rights.
    if (file !== MEMORY) closeSync(openSync(file, "a", PRIVATE_MODE));
    const database = openDatabase(file, settings);
    if (isWaitedForBeside !== true) return { database, log: null };
    const log = logOf(database);
    // SQLite would sleep, and the process with it; the dialect tries again a little later.
    database.exec("PRAGMA busy_timeout = 0");
    return { database, log };
  } catch (error) {
    throw toProblem(error instanceof Problem ? error.cause : error);
  }
}

/** Null where there is none, as in memory. SQLite keeps it as long as anyone has the database open. */
function logOf(database: DatabaseSync): WriteAheadLog | null {
  const { journal_mode: journal } = database.prepare("PRAGMA journal_mode").get() ?? {};
  // It is made when something is first read.
  database.exec("SELECT 1 FROM sqlite_schema");
  return journal === "wal" ? new WriteAheadLog(String(database.location())) : null;
}

/** Others may read meanwhile what is not durable yet; whoever wrote it is told nothing before it is. */
async function synced<T>(
  log: WriteAheadLog,
  transact: () => Promise<T>,
  toProblem: (error: unknown) => Problem,
): Promise<T> {
  try {
    log.requireSound();
    const result = await transact();
    await log.sync();
    return result;
  } catch (error) {
    throw error instanceof Problem ? error : toProblem(error);
  }
}

function sqliteProblem({ file, damaged }: SqlitePlace, error: unknown): Problem {
  const { errcode = 0, message } = error as { readonly errcode?: number; readonly message: string };
  const primary = errcode & 0xff;
  const detail = `${file}: ${message}`;
  if (primary === BUSY) return new Problem("STORE_BUSY", detail, error);
  const isDamaged = primary === CORRUPT || primary === NOT_A_DATABASE;
  return new Problem(isDamaged ? damaged : "DISK_FAILED", detail, error);
}

/** A transaction that is never committed, in a database of its own. @returns null where another holds it */
function lockFile(place: SqlitePlace): DatabaseLock | null {
  const file = place.file === MEMORY ? MEMORY : `${place.file}.lock`;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    const problem = sqliteProblem({ ...place, file }, error);
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
