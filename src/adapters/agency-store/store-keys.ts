/**
 * The keys of a store, each encrypted under another (信封加密): the store's key, which is kept elsewhere, wraps
 * each job's page key and the key that numbers are digested with; pages' keys are made with their job's.
 */
import { createHmac, randomBytes } from "node:crypto";
import { Problem } from "../../core/problem.ts";
import type { SuiteId } from "../../core/hashing.ts";
import type { JobSecrets, NumberScope } from "../../ports/agency-store.ts";
import type { KeyWrapping } from "../../ports/keys.ts";
import { KEY_BYTES } from "./page-cipher.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries } from "./tables.ts";

/** Of one job, as its secrets are made from it. */
export interface JobOfKeys {
  readonly number: number;
  readonly suite: SuiteId;
  readonly scope: NumberScope;
}

export interface StoreKeys {
  /** A new job's page key, wrapped. */
  newJobKey(): Promise<Uint8Array>;
  /** @throws Problem BATCH_DAMAGED where the job has no key any more */
  secrets(job: JobOfKeys): Promise<JobSecrets>;
  numberKey(scope: NumberScope): Uint8Array;
  /** 32 bytes: what claim codes are digested with. */
  readonly claimKey: Uint8Array;
  /** 32 bytes: what delegations are encrypted with. */
  readonly termsKey: Uint8Array;
  /** After a job was forgotten: its number may be given to another. */
  forget(job: number): void;
}

const KEY_ID = "store key";
const NUMBER_KEY = "number key";

/** Whether the store was begun: then its key must be there. */
export async function hasKeys({ db }: StoreDatabase): Promise<boolean> {
  return (await metaOf(db, NUMBER_KEY)) !== null;
}

/** @throws Problem STORE_KEY_WRONG, KEY_…, and those of the database */
export async function openStoreKeys(
  database: StoreDatabase,
  wrapping: KeyWrapping,
): Promise<StoreKeys> {
  if (!(await hasKeys(database))) await beginKeys(database, wrapping);
  await requireSameKey(database, wrapping);
  const wrapped = await metaOf(database.db, NUMBER_KEY);
  const numberKey = await wrapping.unwrap(wrapped ?? new Uint8Array());
  const pageKeys = new Map<number, Uint8Array>();
  const keys: StoreKeys = {
    newJobKey: () => wrapping.wrap(randomBytes(KEY_BYTES)),
    secrets: async (job) => {
      const pageKey =
        pageKeys.get(job.number) ?? (await readPageKey(database, wrapping, job.number));
      pageKeys.set(job.number, pageKey);
      return { suite: job.suite, pageKey, numberKey: keys.numberKey(job.scope) };
    },
    numberKey: (scope) => numberKeyOf(numberKey, scope),
    claimKey: derivedKey(numberKey, "claim codes"),
    termsKey: derivedKey(numberKey, "delegations"),
    forget: (job) => void pageKeys.delete(job),
  };
  return keys;
}

function derivedKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(createHmac("sha256", key).update(purpose).digest());
}

async function beginKeys(database: StoreDatabase, wrapping: KeyWrapping): Promise<void> {
  const wrapped = await wrapping.wrap(randomBytes(KEY_BYTES));
  await database.write(async (transaction) => {
    const rows = [
      { name: KEY_ID, value: Buffer.from(wrapping.id) },
      { name: NUMBER_KEY, value: wrapped },
    ];
    await transaction
      .insertInto("store_meta")
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** With another key everything would be unreadable, and every number would seem new. */
async function requireSameKey(database: StoreDatabase, { id }: KeyWrapping): Promise<void> {
  const kept = await metaOf(database.db, KEY_ID);
  if (kept !== null && Buffer.from(kept).toString() === id) return;
  throw new Problem("STORE_KEY_WRONG", `${database.name}: another key than ${id}`);
}

async function metaOf(db: Queries, name: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom("store_meta")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value ?? null;
}

async function readPageKey(
  { db, name }: StoreDatabase,
  wrapping: KeyWrapping,
  job: number,
): Promise<Uint8Array> {
  const row = await db
    .selectFrom("job_key")
    .select("wrapped")
    .where("job", "=", job)
    .executeTakeFirst();
  if (row === undefined) throw new Problem("BATCH_DAMAGED", `${name}: a job without its key`);
  return wrapping.unwrap(row.wrapped);
}

/** Another for each ledger, agency and type, so that none can be searched for with another's. */
function numberKeyOf(key: Uint8Array, { ledger, agency, type }: NumberScope): Uint8Array {
  const scope = JSON.stringify([ledger, agency, type]);
  return new Uint8Array(createHmac("sha256", key).update(scope).digest());
}
