/**
 * Which numbers were issued, by their keyed digests. An entry is nothing but its key: the digest, the batch
 * and the index, so that what was issued last under a number is the last entry of its digest. Many go into
 * one statement as one parameter: a parameter for each takes several times as long.
 */
import { sql } from "kysely";
import type { RawBuilder, Transaction } from "kysely";
import { giveBack } from "../../core/encoding/give-back.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { IssuedNumbers, NumberScope } from "../../ports/agency-store.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import { COUNTING } from "./jobs.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { StoreKeys } from "./store-keys.ts";
import type { Queries, Tables } from "./tables.ts";

export const ENTRY_BYTES = NUMBER_DIGEST_BYTES + 8;
const ENTRIES_AT_ONCE = 65_536;

/** Digests of certificates that follow each other in one batch. */
export interface DigestRun {
  readonly batch: number;
  readonly firstIndex: number;
  readonly digests: Uint8Array;
}

/** The entries of numbers; one that was erased has none. */
export function entriesOf(runs: readonly DigestRun[]): Uint8Array {
  const bytes = runs.reduce((sum, { digests }) => sum + digests.length, 0);
  const entries = Buffer.alloc((bytes / NUMBER_DIGEST_BYTES) * ENTRY_BYTES);
  let end = 0;
  for (const { batch, firstIndex, digests } of runs) {
    for (let at = 0; at < digests.length; at += NUMBER_DIGEST_BYTES) {
      if (isErased(digests, at)) continue;
      copyBytes(digests, at, entries, end, NUMBER_DIGEST_BYTES);
      entries.writeUInt32BE(batch, end + NUMBER_DIGEST_BYTES);
      entries.writeUInt32BE(firstIndex + at / NUMBER_DIGEST_BYTES, end + NUMBER_DIGEST_BYTES + 4);
      end += ENTRY_BYTES;
    }
  }
  return entries.subarray(0, end);
}

function isErased(digests: Uint8Array, at: number): boolean {
  for (let i = 0; i < NUMBER_DIGEST_BYTES; i++) if (digests[at + i] !== 0) return false;
  return true;
}

/** For so few, a view and a call of the platform's cost many times as much. */
function copyBytes(
  from: Uint8Array,
  at: number,
  to: Uint8Array,
  into: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) to[into + i] = from[at + i] as number;
}

/** In the order of the index, where each would otherwise land on another page of it. */
export async function insertEntries(
  database: StoreDatabase,
  transaction: Transaction<Tables>,
  entries: Uint8Array,
): Promise<void> {
  const inOrder = sorted(entries);
  for (const part of partsOf(inOrder)) {
    await sql`INSERT INTO issued_number (entry) ${slices(database, part, ENTRY_BYTES)}`.execute(
      transaction,
    );
  }
  giveBack([inOrder]);
}

export async function deleteEntries(
  database: StoreDatabase,
  transaction: Transaction<Tables>,
  entries: Uint8Array,
): Promise<void> {
  for (const part of partsOf(entries)) {
    const parts = slices(database, part, ENTRY_BYTES);
    await sql`DELETE FROM issued_number WHERE entry IN (${parts})`.execute(transaction);
  }
}

function* partsOf(entries: Uint8Array): Iterable<Uint8Array> {
  const bytes = ENTRIES_AT_ONCE * ENTRY_BYTES;
  for (let at = 0; at < entries.length; at += bytes) yield entries.subarray(at, at + bytes);
}

/** By their first four bytes, which is order enough: 2^20 entries are 52 bits with their places. */
function sorted(entries: Uint8Array): Uint8Array {
  const count = entries.length / ENTRY_BYTES;
  const view = new DataView(entries.buffer, entries.byteOffset, entries.length);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = view.getUint32(i * ENTRY_BYTES) * count + i;
  keys.sort();
  const inOrder = new Uint8Array(entries.length);
  for (let i = 0; i < count; i++) {
    const at = ((keys[i] as number) % count) * ENTRY_BYTES;
    copyBytes(entries, at, inOrder, i * ENTRY_BYTES, ENTRY_BYTES);
  }
  return inOrder;
}

/** A query whose rows are the parts of a parameter, each of so many bytes. */
function slices({ types }: StoreDatabase, bytes: Uint8Array, width: number): RawBuilder<unknown> {
  const count = bytes.length / width;
  return sql`
    WITH RECURSIVE slot(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < ${sql.lit(count)})
    SELECT substr(CAST(${bytes} AS ${types.bytes}), i * ${sql.lit(width)} + 1, ${sql.lit(width)}) FROM slot`;
}

export function numbersOf(
  database: StoreDatabase,
  keys: StoreKeys,
  scope: NumberScope,
): IssuedNumbers {
  const key = keys.numberKey(scope);
  return {
    key,
    hasAny: () => hasAny(database.db, scope),
    find: (digests, except) => find(database, digests, except),
    places: async (number) => {
      const { numberDigest } = await import("./number-digest.ts");
      return allPlaces(database.db, numberDigest(key, number), null);
    },
  };
}

async function hasAny(db: Queries, { ledger, agency, type }: NumberScope): Promise<boolean> {
  const any = db
    .selectFrom("job")
    .select("id")
    .where("ledger", "=", ledger)
    .where("agency", "=", agency)
    .where("type", "=", type)
    .where("state", "in", COUNTING)
    .where("certificates", ">", 0);
  return (await any.executeTakeFirst()) !== undefined;
}

interface Found {
  /** Which of those asked for, from 0. */
  readonly asked: number;
  readonly entry: Uint8Array;
}

/** The last entry of each digest, and where that doesn't count, the last that does. */
async function find(
  database: StoreDatabase,
  digests: Uint8Array,
  except: string | null,
): Promise<(IssuedPlace | null)[]> {
  const places = new Array<IssuedPlace | null>(digests.length / NUMBER_DIGEST_BYTES).fill(null);
  if (places.length === 0) return places;
  const found = await lastEntries(database, digests);
  const batches = await countingBatches(
    database.db,
    found.map(({ entry }) => entry),
    except,
  );
  for (const { asked, entry } of found) {
    const digest = entry.subarray(0, NUMBER_DIGEST_BYTES);
    const place = placeOf(batches, entry);
    places[asked] = place ?? (await allPlaces(database.db, digest, except))[0] ?? null;
  }
  return places;
}

async function lastEntries(database: StoreDatabase, digests: Uint8Array): Promise<Found[]> {
  const count = digests.length / NUMBER_DIGEST_BYTES;
  const bytes = sql`CAST(${upperBounds(digests)} AS ${database.types.bytes})`;
  const part = (width: number): RawBuilder<unknown> =>
    sql`substr(${bytes}, i * ${sql.lit(ENTRY_BYTES)} + 1, ${sql.lit(width)})`;
  const { rows } = await sql<Found>`
    WITH RECURSIVE slot(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM slot WHERE i + 1 < ${sql.lit(count)}),
    found(asked, entry) AS (SELECT i, (SELECT entry FROM issued_number
      WHERE entry > ${part(NUMBER_DIGEST_BYTES)} AND entry < ${part(ENTRY_BYTES)}
      ORDER BY entry DESC LIMIT 1) FROM slot)
    SELECT asked, entry FROM found WHERE entry IS NOT NULL`.execute(database.db);
  return rows;
}

/** Each digest with what no batch and index are above. */
function upperBounds(digests: Uint8Array): Uint8Array {
  const count = digests.length / NUMBER_DIGEST_BYTES;
  const bounds = new Uint8Array(count * ENTRY_BYTES).fill(0xff);
  for (let i = 0; i < count; i++) {
    const at = i * NUMBER_DIGEST_BYTES;
    bounds.set(digests.subarray(at, at + NUMBER_DIGEST_BYTES), i * ENTRY_BYTES);
  }
  return bounds;
}

async function allPlaces(
  db: Queries,
  digest: Uint8Array,
  except: string | null,
): Promise<IssuedPlace[]> {
  const rows = await db
    .selectFrom("issued_number")
    .select("entry")
    .where("entry", ">", digest)
    .where("entry", "<", upperBounds(digest))
    .orderBy("entry", "desc")
    .execute();
  const entries = rows.map(({ entry }) => entry);
  const batches = await countingBatches(db, entries, except);
  return entries.map((entry) => placeOf(batches, entry)).filter((place) => place !== null);
}

function placeOf(batches: ReadonlyMap<number, string>, entry: Uint8Array): IssuedPlace | null {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.length);
  const root = batches.get(view.getUint32(NUMBER_DIGEST_BYTES));
  return root === undefined ? null : { root, index: view.getUint32(NUMBER_DIGEST_BYTES + 4) };
}

const BATCHES_AT_ONCE = 1000;

/** The roots of those batches of the entries that count. */
async function countingBatches(
  db: Queries,
  entries: readonly Uint8Array[],
  except: string | null,
): Promise<Map<number, string>> {
  const ids = [...new Set(entries.map(batchOf))];
  const roots = new Map<number, string>();
  for (let from = 0; from < ids.length; from += BATCHES_AT_ONCE) {
    const rows = await db
      .selectFrom("batch")
      .innerJoin("job", "job.id", "batch.job")
      .select(["batch.id", "batch.root"])
      .where("batch.id", "in", ids.slice(from, from + BATCHES_AT_ONCE))
      .where("job.state", "in", COUNTING)
      .where("job.id", "!=", except ?? "")
      .execute();
    for (const { id, root } of rows) roots.set(id, root);
  }
  return roots;
}

function batchOf(entry: Uint8Array): number {
  return new DataView(entry.buffer, entry.byteOffset).getUint32(NUMBER_DIGEST_BYTES);
}
