/** Holders and delegations on the agency's database; see ports/holdings.ts. */
import { createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type {
  Delegation,
  DelegationTerms,
  Delegations,
  HolderMark,
  Holdings,
  NewDelegation,
} from "../../ports/holdings.ts";
import { claimCodeDigest, endClaimCode } from "./claim-codes.ts";
import { cipherOf } from "./page-cipher.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries, Tables } from "./tables.ts";

type Row = Selectable<Tables["delegation"]>;

const MARK_BYTES = 16;
const CIPHER = cipherOf(1);
const NOBODY = "";

/** @param key 32 bytes, the claim codes' */
export function holdingsOf({ db, write }: StoreDatabase, key: Uint8Array): Holdings {
  return {
    mark: (thumbprint) => markOf(key, thumbprint),
    find: async (place) => {
      const row = await atPlace(db, place).executeTakeFirst();
      if (row === undefined) return null;
      return { holder: row.holder as HolderMark, code: row.code, since: row.since };
    },
    claim: (code, { root, index }, holder, now) =>
      write(async (transaction) => {
        if ((await endClaimCode(transaction, code, { used_at: now }, now)) !== 1) return false;
        const values = { holder, code, since: now };
        await transaction
          .insertInto("holding")
          .values({ root, place: index, ...values })
          .onConflict((conflict) => conflict.columns(["root", "place"]).doUpdateSet(values))
          .execute();
        return true;
      }),
  };
}

function atPlace(db: Queries, { root, index }: IssuedPlace) {
  return db.selectFrom("holding").selectAll().where("root", "=", root).where("place", "=", index);
}

function markOf(key: Uint8Array, thumbprint: Uint8Array): HolderMark {
  const digest = createHmac("sha256", key).update("holder/").update(thumbprint).digest();
  return toHex(digest.subarray(0, MARK_BYTES)) as HolderMark;
}

/** @param keys of 32 bytes: the claim codes', and the one that terms are encrypted with */
export function delegationsOf(
  { db, write, name }: StoreDatabase,
  keys: { readonly claimKey: Uint8Array; readonly termsKey: Uint8Array },
): Delegations {
  const read = (row: Row): Delegation => delegationOf(row, keys.termsKey, name);
  const one = async (rows: Promise<Row | undefined>): Promise<Delegation | null> => {
    const row = await rows;
    return row === undefined ? null : read(row);
  };
  const all = () => db.selectFrom("delegation").selectAll();
  return {
    add: (delegation, now) => write((transaction) => add(transaction, keys, delegation, now)),
    find: (id) => one(all().where("id", "=", id).executeTakeFirst()),
    findByCode: (code) => {
      const digest = claimCodeDigest(keys.claimKey, code);
      return one(all().where("code", "=", digest).executeTakeFirst());
    },
    ofHolder: async ({ root, index }, holder) => {
      const found = all().where("root", "=", root).where("place", "=", index);
      const theirs = found.where("holder", "=", holder).orderBy("created_at", "desc");
      return (await theirs.orderBy("id").execute()).map(read);
    },
    ofGrantor: async (grantor, limit) => {
      const theirs = all().where("grantor", "=", grantor).orderBy("created_at", "desc");
      return (await theirs.orderBy("id").limit(limit).execute()).map(read);
    },
    countOpen: (place, now) => countOpen(db, place, now),
    claim: (id, holder, now) => claim(db, id, holder, now),
    noteBinding: (id, until) => noteBinding(db, id, until),
    withdraw: async (id, now) => {
      const open = db.updateTable("delegation").set({ withdrawn_at: now }).where("id", "=", id);
      await open.where("withdrawn_at", "=", 0).execute();
    },
  };
}

async function add(
  transaction: Queries,
  { claimKey, termsKey }: { readonly claimKey: Uint8Array; readonly termsKey: Uint8Array },
  delegation: NewDelegation,
  now: number,
): Promise<boolean> {
  const { id, root, index, grantor, code, codeExpiresAt, until } = delegation;
  const digest = claimCodeDigest(claimKey, code);
  const fresh = { code: digest, code_expires_at: codeExpiresAt };
  const known = transaction.updateTable("delegation").set(fresh).where("id", "=", id);
  const { numUpdatedRows } = await known
    .where("claimed_at", "=", 0)
    .where("withdrawn_at", "=", 0)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 1) return true;
  const { numInsertedOrUpdatedRows: added } = await transaction
    .insertInto("delegation")
    .values({
      ...{ id, root, place: index, grantor, ...fresh, until, created_at: now },
      ...{ holder: NOBODY, claimed_at: 0, withdrawn_at: 0, bound_until: 0 },
      terms: sealTerms(termsKey, delegation),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return Number(added) === 1;
}

async function countOpen(db: Queries, { root, index }: IssuedPlace, now: number): Promise<number> {
  const { count } = await db
    .selectFrom("delegation")
    .select(({ fn }) => fn.countAll<number | string>().as("count"))
    .where("root", "=", root)
    .where("place", "=", index)
    .where("withdrawn_at", "=", 0)
    .where("until", ">", now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function claim(db: Queries, id: string, holder: HolderMark, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("delegation")
    .set({ holder, claimed_at: now })
    .where("id", "=", id)
    .where("claimed_at", "=", 0)
    .where("withdrawn_at", "=", 0)
    .where("code_expires_at", ">", now)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** The later of two that are signed at once counts. */
async function noteBinding(db: Queries, id: string, until: number): Promise<boolean> {
  const later = sql<number>`CASE WHEN bound_until > ${until} THEN bound_until ELSE ${until} END`;
  const { numUpdatedRows } = await db
    .updateTable("delegation")
    .set({ bound_until: later })
    .where("id", "=", id)
    .where("withdrawn_at", "=", 0)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

function sealTerms(key: Uint8Array, { id, delegate, reason, matters, claims }: NewDelegation) {
  const terms: DelegationTerms = { delegate, reason, matters, claims };
  const nonce = new Uint8Array(randomBytes(CIPHER.nonceBytes));
  const plain = new TextEncoder().encode(JSON.stringify(terms));
  const { content, tag } = CIPHER.seal({ key, nonce, place: Buffer.from(id, "hex") }, plain);
  return new Uint8Array(Buffer.concat([nonce, tag, content]));
}

/** @throws Problem BATCH_DAMAGED */
function openTerms(key: Uint8Array, { id, terms }: Row, store: string): DelegationTerms {
  const { nonceBytes, tagBytes } = CIPHER;
  const nonce = terms.subarray(0, nonceBytes);
  const tag = terms.subarray(nonceBytes, nonceBytes + tagBytes);
  const content = terms.subarray(nonceBytes + tagBytes);
  const plain = CIPHER.open({ key, nonce, place: Buffer.from(id, "hex") }, { content, tag });
  if (plain === null) throw new Problem("BATCH_DAMAGED", `${store}: delegation ${id}`);
  return JSON.parse(new TextDecoder().decode(plain)) as DelegationTerms;
}

function delegationOf(row: Row, key: Uint8Array, store: string): Delegation {
  return {
    id: row.id,
    root: row.root,
    index: row.place,
    ...openTerms(key, row, store),
    grantor: row.grantor as HolderMark,
    codeExpiresAt: row.code_expires_at,
    until: row.until,
    createdAt: row.created_at,
    holder: row.holder === NOBODY ? null : (row.holder as HolderMark),
    claimedAt: orNull(row.claimed_at),
    withdrawnAt: orNull(row.withdrawn_at),
    boundUntil: orNull(row.bound_until),
  };
}

function orNull(time: number): number | null {
  return time === 0 ? null : time;
}

/** Who holds a certificate that is erased, and who may show it, goes with it. */
export async function forgetHoldings(
  transaction: Queries,
  { root, index }: IssuedPlace,
): Promise<void> {
  for (const table of ["holding", "delegation"] as const) {
    const rows = transaction.deleteFrom(table).where("root", "=", root);
    await rows.where("place", "=", index).execute();
  }
}
