/** What a verifier keeps: the events it has taken with its place in the chain, and presentations seen. */
import type { Kysely } from "kysely";
import type { LedgerEvent } from "../../core/ledger/events.ts";
import type { Clock, Cursor, LedgerSnapshot, LedgerStore, ReplayCache } from "../../ports.ts";
import { packSnapshot, unpackSnapshot } from "./ledger-snapshot.ts";
import { openSqlite } from "./sqlite.ts";

interface Tables {
  readonly ledger_event: {
    readonly block: number;
    readonly log_index: number;
    readonly body: string;
  };
  readonly ledger_cursor: { readonly id: number; readonly body: string };
  /** A snapshot in parts: a database takes a value of a few megabytes more willingly than one of a gigabyte. */
  readonly ledger_snapshot: { readonly part: number; readonly content: Uint8Array };
  readonly seen_presentation: { readonly key: string; readonly expires_at: number };
}

export interface VerifierStore extends LedgerStore, ReplayCache {
  close(): Promise<void>;
}

const CURSOR_ID = 1;
const PAGE = 1_000;
/** No block has so many. */
const LAST_LOG = 2 ** 31 - 1;
const PART_BYTES = 4 * 2 ** 20;

/** @param file a path, or ":memory:" for a verifier that reads the chain anew at each start. */
export async function openVerifierStore(file: string, clock: Clock): Promise<VerifierStore> {
  const db = openSqlite<Tables>(file);
  await createTables(db);
  return {
    cursor: () => readCursor(db),
    events: (after) => readEvents(db, after),
    append: (events, cursor) => append(db, events, cursor),
    snapshot: () => readSnapshot(db),
    saveSnapshot: (snapshot) => saveSnapshot(db, snapshot),
    isFirstUse: (key, expiresAt) => isFirstUse(db, key, expiresAt, clock.now()),
    close: () => db.destroy(),
  };
}

async function createTables(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
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
  await schema
    .createTable("seen_presentation")
    .ifNotExists()
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("expires_at", "integer", (column) => column.notNull())
    .execute();
}

async function readCursor(db: Kysely<Tables>): Promise<Cursor | null> {
  const row = await db.selectFrom("ledger_cursor").select("body").executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.body) as Cursor);
}

/** Page by page, each from where the one before ended. */
async function* readEvents(db: Kysely<Tables>, after: number): AsyncIterable<LedgerEvent> {
  let last = { block: after, log_index: LAST_LOG };
  for (;;) {
    const { block, log_index } = last;
    const rows = await db
      .selectFrom("ledger_event")
      .selectAll()
      .where((row) => {
        const isLater = row.and([row("block", "=", block), row("log_index", ">", log_index)]);
        return row.or([row("block", ">", block), isLater]);
      })
      .orderBy("block")
      .orderBy("log_index")
      .limit(PAGE)
      .execute();
    for (const { body } of rows) yield JSON.parse(body) as LedgerEvent;
    if (rows.length < PAGE) return;
    last = rows.at(-1) as Tables["ledger_event"];
  }
}

async function readSnapshot(db: Kysely<Tables>): Promise<LedgerSnapshot | null> {
  const rows = await db.selectFrom("ledger_snapshot").select("content").orderBy("part").execute();
  const parts = rows.map(({ content }) => content);
  return parts.length === 0 ? null : unpackSnapshot(Buffer.concat(parts));
}

async function saveSnapshot(db: Kysely<Tables>, snapshot: LedgerSnapshot): Promise<void> {
  const bytes = packSnapshot(snapshot);
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom("ledger_snapshot").execute();
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const row = { part: at / PART_BYTES, content: bytes.subarray(at, at + PART_BYTES) };
      await transaction.insertInto("ledger_snapshot").values(row).execute();
    }
  });
}

async function append(
  db: Kysely<Tables>,
  events: readonly LedgerEvent[],
  cursor: Cursor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const event of events) {
      const { block, logIndex } = event.position;
      const row = { block, log_index: logIndex, body: JSON.stringify(event) };
      await transaction.insertInto("ledger_event").values(row).execute();
    }
    const row = { id: CURSOR_ID, body: JSON.stringify(cursor) };
    await transaction.replaceInto("ledger_cursor").values(row).execute();
  });
}

async function isFirstUse(
  db: Kysely<Tables>,
  key: string,
  expiresAt: number,
  now: number,
): Promise<boolean> {
  await db.deleteFrom("seen_presentation").where("expires_at", "<", now).execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("seen_presentation")
    .values({ key, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
