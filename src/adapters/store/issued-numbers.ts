/**
 * The certificate numbers that an agency has issued, in SQLite, without the numbers: of each there is a keyed
 * hash of 16 bytes. Many numbers are identity numbers, so few that a bare hash of each could be tried out; the
 * key is kept in another file. Two numbers have the same hash with a probability below 10^-20 for a billion.
 */
import { hash } from "node:crypto";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { IssuedNumbers, IssuedPlace } from "../../ports.ts";
import { openSqlite } from "./sqlite.ts";

/** One agency's certificates of one type on one ledger. */
export interface NumberScope {
  /** What no other ledger has: also not one that was started anew at the same address. */
  readonly ledger: string;
  readonly agency: string;
  readonly type: string;
}

export interface NumberIndex {
  numbersOf(scope: NumberScope): IssuedNumbers;
  close(): Promise<void>;
}

interface Tables {
  readonly number_key: { readonly id: number; readonly proof: string };
  readonly issued_batch: { readonly id: number; readonly scope: string; readonly root: string };
  /** By `digest`, 16 bytes; only ever asked and filled many at a time, see below. */
  readonly issued_number: {
    readonly digest: Uint8Array;
    readonly batch: number;
    readonly place: number;
  };
}

const DIGEST_DIGITS = 32;
/** How many numbers go into one statement, as one parameter: a parameter for each takes five times as long. */
const ROWS_AT_ONCE = 50_000;

/** @param file a path, or ":memory:". @throws Problem DISK_FAILED, KEY_MALFORMED for another key than before. */
export async function openNumberIndex(file: string, key: Uint8Array): Promise<NumberIndex> {
  const db = openSqlite<Tables>(file);
  try {
    await createTables(db);
    await requireSameKey(db, file, key);
  } catch (error) {
    await db.destroy();
    throw error instanceof Problem ? error : new Problem("DISK_FAILED", file, error);
  }
  return {
    numbersOf: (scope) => {
      const scoped = scopedOf(key, scope);
      return {
        find: (numbers) => guarded(file, () => find(db, scoped, numbers)),
        has: (root) => guarded(file, () => hasBatch(db, scoped.scope, root)),
        add: (root, numbers) => guarded(file, () => add(db, scoped, root, numbers)),
      };
    },
    close: () => db.destroy(),
  };
}

interface Scoped {
  readonly hash: NumberHash;
  /** As the tables name it: without saying which it is. */
  readonly scope: string;
}

function scopedOf(key: Uint8Array, { ledger, agency, type }: NumberScope): Scoped {
  const numberHash = hashOf(key, [ledger, agency, type].join("/"));
  return { hash: numberHash, scope: numberHash("") };
}

/** In hex. */
type NumberHash = (number: string) => string;

/**
 * SHA-256 over the key, which fills its first block, and the number, cut to half: without the key none can be
 * made, and one that is cut can't be carried on. HMAC would be the same in twice the time.
 */
function hashOf(key: Uint8Array, scope: string): NumberHash {
  const prefix = `${Buffer.from(key).toString("hex")}${scope}/`;
  return (number) => hash("sha256", prefix + number, "hex").slice(0, DIGEST_DIGITS);
}

async function createTables(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable("number_key")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("proof", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("issued_batch")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("root", "text", (column) => column.notNull())
    .addUniqueConstraint("issued_batch_key", ["scope", "root"])
    .execute();
  await schema
    .createTable("issued_number")
    .ifNotExists()
    .addColumn("digest", "blob", (column) => column.primaryKey().notNull())
    .addColumn("batch", "integer", (column) => column.notNull())
    .addColumn("place", "integer", (column) => column.notNull())
    .modifyEnd(sql`WITHOUT ROWID`)
    .execute();
}

/** With another key nothing would be found, and everything could be issued again. */
async function requireSameKey(db: Kysely<Tables>, file: string, key: Uint8Array): Promise<void> {
  const proof = hashOf(key, "the key itself")("");
  await db
    .insertInto("number_key")
    .values({ id: 1, proof })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await db.selectFrom("number_key").select("proof").executeTakeFirstOrThrow();
  if (kept.proof !== proof) throw new Problem("KEY_MALFORMED", `not the key of ${file}`);
}

interface Found {
  /** Which of those asked for, from 0. */
  readonly asked: number;
  readonly root: string;
  readonly place: number;
}

async function find(
  db: Kysely<Tables>,
  { hash: digestOf, scope }: Scoped,
  numbers: readonly string[],
): Promise<(IssuedPlace | null)[]> {
  const places = new Array<IssuedPlace | null>(numbers.length).fill(null);
  if (await isEmpty(db, scope)) return places;
  const digests = JSON.stringify(numbers.map(digestOf));
  const { rows } = await sql<Found>`
    SELECT wanted.key AS asked, issued_batch.root AS root, issued_number.place AS place
    FROM json_each(${digests}) AS wanted
    JOIN issued_number ON issued_number.digest = unhex(wanted.value)
    JOIN issued_batch ON issued_batch.id = issued_number.batch`.execute(db);
  for (const { asked, root, place } of rows) places[asked] = { root, index: place };
  return places;
}

/** Until an agency has issued something, nothing need be looked up. */
async function isEmpty(db: Kysely<Tables>, scope: string): Promise<boolean> {
  const any = db.selectFrom("issued_batch").select("id").where("scope", "=", scope).limit(1);
  return (await any.executeTakeFirst()) === undefined;
}

async function hasBatch(db: Kysely<Tables>, scope: string, root: string): Promise<boolean> {
  const found = db
    .selectFrom("issued_batch")
    .select("id")
    .where("scope", "=", scope)
    .where("root", "=", root);
  return (await found.executeTakeFirst()) !== undefined;
}

async function add(
  db: Kysely<Tables>,
  { hash: digestOf, scope }: Scoped,
  root: string,
  numbers: AsyncIterable<string>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (await hasBatch(transaction, scope, root)) return;
    const { insertId } = await transaction
      .insertInto("issued_batch")
      .values({ id: sql<number>`NULL`, scope, root })
      .executeTakeFirstOrThrow();
    const batch = Number(insertId);
    let digests: string[] = [];
    let first = 0;
    for await (const number of numbers) {
      digests.push(digestOf(number));
      if (digests.length < ROWS_AT_ONCE) continue;
      await takeIn(transaction, { batch, first, digests });
      first += digests.length;
      digests = [];
    }
    await takeIn(transaction, { batch, first, digests });
  });
}

interface Page {
  readonly batch: number;
  /** The place of the first of them. */
  readonly first: number;
  readonly digests: readonly string[];
}

/**
 * In the order of the hashes: in that of the certificates each would land on another page of the index. A
 * number that is there already now stands for the new certificate.
 */
async function takeIn(db: Kysely<Tables>, { batch, first, digests }: Page): Promise<void> {
  await sql`
    INSERT INTO issued_number (digest, batch, place)
    SELECT unhex(value), ${batch}, ${first} + key FROM json_each(${JSON.stringify(digests)})
    WHERE true ORDER BY 1
    ON CONFLICT (digest) DO UPDATE SET batch = excluded.batch, place = excluded.place`.execute(db);
}

async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("DISK_FAILED", file, error);
  }
}
