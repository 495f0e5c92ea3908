/** What a verifier keeps of the chain: the events it has taken, its place, and snapshots of the state. */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type {
  EventPosition,
  LedgerEvent,
  Positioned,
  StatusEvent,
} from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";
import type { Block } from "../../ports/chain-reader.ts";
import type { Cursor, LedgerSnapshot, LedgerStore } from "../../ports/ledger-store.ts";
import type { Database } from "../database/database.ts";
import { migrate } from "../database/migrations.ts";
import { openSqlite } from "../database/sqlite-database.ts";
import { LEDGER_MIGRATIONS } from "./ledger-migrations.ts";
import type { LedgerTables } from "./ledger-tables.ts";
import { readStatusEvents } from "./status-events.ts";
import { packSnapshot, unpackSnapshot } from "./ledger-snapshot.ts";

/** Full synchronisation: what is committed survives a power cut. */
const SETTINGS = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
const CURSOR_ID = 1;
const AHEAD_ID = 2;
const PAGE = 1_000;
/** No block has so many. */
const LAST_LOG = 2 ** 31 - 1;
const PART_BYTES = 4 * 2 ** 20;

export interface LedgerFile extends LedgerStore {
  /** Those after a place, up to block `upTo`, in the chain's order, at most `limit`. */
  statusEvents(
    after: Pick<EventPosition, "block" | "logIndex">,
    upTo: number,
    limit: number,
  ): Promise<Positioned<StatusEvent>[]>;
  close(): Promise<void>;
}

/**
 * @param file a path, or ":memory:" for a verifier that reads the chain anew at each start
 * @throws Problem DISK_FAILED, STORE_TOO_NEW
 */
export async function openLedgerStore(file: string): Promise<LedgerFile> {
  const database = await openDatabase(file);
  const { db } = database;
  return {
    cursor: async () => (await readPlace(db, CURSOR_ID)) as Cursor | null,
    ahead: () => readPlace(db, AHEAD_ID),
    events: (after, upTo = Number.MAX_SAFE_INTEGER) => readEvents(db, after, upTo),
    statusEvents: (after, upTo, limit) => readStatusEvents(db, after, upTo, limit),
    append: (events, cursor) => append(database, events, CURSOR_ID, cursor),
    appendAhead: (events, end) => append(database, events, AHEAD_ID, end),
    dropAhead: () => dropAhead(database),
    snapshot: () => readSnapshot(db),
    saveSnapshot: (snapshot) => saveSnapshot(database, snapshot),
    close: () => database.close(),
  };
}

/** A file that is damaged is only a copy of what the chain says: whoever deletes it loses nothing. */
async function openDatabase(file: string): Promise<Database<LedgerTables>> {
  let database: Database<LedgerTables> | null = null;
  try {
    database = openSqlite<LedgerTables>({ file, settings: SETTINGS, damaged: "DISK_FAILED" });
    await migrate(database, LEDGER_MIGRATIONS);
    return database;
  } catch (error) {
    await database?.close();
    const isTooNew = error instanceof Problem && error.code === "STORE_TOO_NEW";
    throw isTooNew ? error : new Problem("DISK_FAILED", file, error);
  }
}

async function readPlace(db: Kysely<LedgerTables>, id: number): Promise<Block | null> {
  const row = await db
    .selectFrom("ledger_cursor")
    .select("body")
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.body) as Block);
}

/** Page by page, each from where the one before ended. */
async function* readEvents(
  db: Kysely<LedgerTables>,
  after: number,
  upTo: number,
): AsyncIterable<LedgerEvent> {
  let last = { block: after, log_index: LAST_LOG };
  for (;;) {
    const rows = await readPage(db, last, upTo);
    for (const { body } of rows) yield JSON.parse(body) as LedgerEvent;
    if (rows.length < PAGE) return;
    last = rows.at(-1) as LedgerTables["ledger_event"];
  }
}

function readPage(
  db: Kysely<LedgerTables>,
  { block, log_index }: Pick<LedgerTables["ledger_event"], "block" | "log_index">,
  upTo: number,
): Promise<LedgerTables["ledger_event"][]> {
  return db
    .selectFrom("ledger_event")
    .selectAll()
    .where(sql<boolean>`(block, log_index) > (${block}, ${log_index})`)
    .where("block", "<=", upTo)
    .orderBy("block")
    .orderBy("log_index")
    .limit(PAGE)
    .execute();
}

/** One statement for many events: SQLite takes them apart itself. */
async function append(
  { write }: Database<LedgerTables>,
  events: readonly LedgerEvent[],
  id: number,
  place: Block,
): Promise<void> {
  await write(async (transaction) => {
    for (let at = 0; at < events.length; at += PAGE) {
      const page = JSON.stringify(events.slice(at, at + PAGE));
      await sql`INSERT INTO ledger_event (block, log_index, body)
        SELECT value ->> '$.position.block', value ->> '$.position.logIndex', value
        FROM json_each(${page})`.execute(transaction);
    }
    const row = { id, body: JSON.stringify(place) };
    await transaction.replaceInto("ledger_cursor").values(row).execute();
    if (id !== CURSOR_ID) return;
    await transaction.deleteFrom("ledger_cursor").where("id", "=", AHEAD_ID).execute();
  });
}

async function dropAhead({ write }: Database<LedgerTables>): Promise<void> {
  await write(async (transaction) => {
    const { number } = (await readPlace(transaction, CURSOR_ID)) ?? { number: -1 };
    await transaction.deleteFrom("ledger_event").where("block", ">", number).execute();
    await transaction.deleteFrom("ledger_cursor").where("id", "=", AHEAD_ID).execute();
  });
}

async function readSnapshot(db: Kysely<LedgerTables>): Promise<LedgerSnapshot | null> {
  const rows = await db.selectFrom("ledger_snapshot").select("content").orderBy("part").execute();
  const parts = rows.map(({ content }) => content);
  return parts.length === 0 ? null : unpackSnapshot(Buffer.concat(parts));
}

async function saveSnapshot(
  { write }: Database<LedgerTables>,
  snapshot: LedgerSnapshot,
): Promise<void> {
  const bytes = packSnapshot(snapshot);
  await write(async (transaction) => {
    await transaction.deleteFrom("ledger_snapshot").execute();
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const row = { part: at / PART_BYTES, content: bytes.subarray(at, at + PART_BYTES) };
      await transaction.insertInto("ledger_snapshot").values(row).execute();
    }
  });
}
