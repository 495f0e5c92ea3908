/**
 * Claim codes on the agency's database. Of a code there is a keyed hash, so that a copy of the database without
 * the store's key lets nobody fetch anything; of a client that tries, likewise.
 */
import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type {
  AttemptWindow,
  ClaimCode,
  ClaimCodeCounts,
  ClaimCodes,
  NewClaimCode,
} from "../../ports/claim-codes.ts";
import type { ClaimCodeText } from "../../core/identifiers/claim-code.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries, Tables } from "./tables.ts";

type Row = Selectable<Tables["claim_code"]>;

const DIGEST_BYTES = 16;
const ID_DIGITS = 16;
const ROWS_AT_ONCE = 500;

/** @param key 32 bytes */
export function claimCodesOf({ db, write }: StoreDatabase, key: Uint8Array): ClaimCodes {
  return {
    add: (codes, now) =>
      write(async (transaction) => {
        for (let at = 0; at < codes.length; at += ROWS_AT_ONCE) {
          await addRows(transaction, key, codes.slice(at, at + ROWS_AT_ONCE), now);
        }
      }),
    list: async (limit) => {
      const newest = db.selectFrom("claim_code").selectAll().orderBy("created_at", "desc");
      return (await newest.orderBy("root").orderBy("place").limit(limit).execute()).map(codeOf);
    },
    counts: (now) => countsOf(db, now),
    find: (idStart) => findCode(db, idStart),
    revoke: async (id, now) => (await endClaimCode(db, id, { revoked_at: now })) === 1,
    enter: (code) => enter(db, claimCodeDigest(key, code)),
    countAttempt: (client, window) => countAttempt(db, digestOf(key, "client", client), window),
  };
}

/** By which a code is found. */
export function claimCodeDigest(key: Uint8Array, code: ClaimCodeText): Uint8Array {
  return digestOf(key, "code", code);
}

function digestOf(key: Uint8Array, what: "code" | "client", text: string): Uint8Array {
  const digest = createHmac("sha256", key).update(`${what}/${text}`).digest();
  return new Uint8Array(digest.subarray(0, DIGEST_BYTES));
}

async function addRows(
  transaction: Queries,
  key: Uint8Array,
  codes: readonly NewClaimCode[],
  now: number,
): Promise<void> {
  for (const [root, places] of placesByRoot(codes)) {
    await transaction
      .updateTable("claim_code")
      .set({ revoked_at: now })
      .where("root", "=", root)
      .where("place", "in", places)
      .where("used_at", "=", 0)
      .where("revoked_at", "=", 0)
      .execute();
  }
  const rows = codes.map(({ code, root, index, expiresAt }) => ({
    ...{ digest: claimCodeDigest(key, code), root, place: index },
    ...{ created_at: now, expires_at: expiresAt, used_at: 0, revoked_at: 0, attempts: 0 },
  }));
  await transaction.insertInto("claim_code").values(rows).execute();
}

function placesByRoot(codes: readonly NewClaimCode[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { root, index } of codes) {
    const known = places.get(root);
    if (known === undefined) places.set(root, [index]);
    else known.push(index);
  }
  return places;
}

function codeOf(row: Row): ClaimCode {
  return {
    id: Buffer.from(row.digest).toString("hex").slice(0, ID_DIGITS),
    root: row.root,
    index: row.place,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at === 0 ? null : row.used_at,
    revokedAt: row.revoked_at === 0 ? null : row.revoked_at,
    attempts: row.attempts,
  };
}

async function countsOf(db: Queries, now: number): Promise<ClaimCodeCounts> {
  const { rows } = await sql<{ state: keyof ClaimCodeCounts; count: number | string }>`
    SELECT state, count(*) AS count FROM (SELECT CASE WHEN used_at > 0 THEN 'used'
      WHEN revoked_at > 0 THEN 'revoked' WHEN expires_at <= ${now} THEN 'expired' ELSE 'open' END AS state
      FROM claim_code) AS states GROUP BY state`.execute(db);
  const counts = rows.map(({ state, count }) => [state, Number(count)] as const);
  return { open: 0, used: 0, expired: 0, revoked: 0, ...Object.fromEntries(counts) };
}

/** Every digest that begins with those digits. */
function within(idStart: string): readonly [Uint8Array, Uint8Array] {
  const digits = 2 * DIGEST_BYTES;
  const bytes = (filler: string): Uint8Array => {
    return new Uint8Array(Buffer.from(idStart.slice(0, ID_DIGITS).padEnd(digits, filler), "hex"));
  };
  return [bytes("0"), bytes("f")];
}

async function findCode(db: Queries, idStart: string): Promise<ClaimCode | null> {
  const [from, to] = within(idStart);
  const rows = await db
    .selectFrom("claim_code")
    .selectAll()
    .where("digest", ">=", from)
    .where("digest", "<=", to)
    .limit(2)
    .execute();
  const [row] = rows;
  return row === undefined || rows.length > 1 ? null : codeOf(row);
}

/** In one statement, so that of two that come at once only one changes the row. @returns how many rows changed */
export async function endClaimCode(
  db: Queries,
  id: string,
  change: Partial<Pick<Row, "used_at" | "revoked_at">>,
  openAt: number | null = null,
): Promise<number> {
  const [from, to] = within(id);
  let update = db
    .updateTable("claim_code")
    .set(change)
    .where("digest", ">=", from)
    .where("digest", "<=", to)
    .where("used_at", "=", 0)
    .where("revoked_at", "=", 0);
  if (openAt !== null) update = update.where("expires_at", ">", openAt);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}

async function enter(db: Queries, digest: Uint8Array): Promise<ClaimCode | null> {
  const row = await db
    .updateTable("claim_code")
    .set({ attempts: sql<number>`attempts + 1` })
    .where("digest", "=", digest)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : codeOf(row);
}

/** A window begins with the first attempt after the last one ended. */
async function countAttempt(
  db: Queries,
  client: Uint8Array,
  { now, seconds }: AttemptWindow,
): Promise<number> {
  const ended = now - seconds;
  await db.deleteFrom("claim_attempt").where("since", "<=", ended).execute();
  const { count } = await db
    .insertInto("claim_attempt")
    .values({ client, since: now, count: 1 })
    .onConflict((conflict) =>
      conflict.column("client").doUpdateSet({ count: sql<number>`claim_attempt.count + 1` }),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return count;
}
