/** Jobs as the store keeps them. */
import { randomInt } from "node:crypto";
import type { Selectable } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Clock } from "../../ports/clock.ts";
import type { IssueJob, JobState, NewJob } from "../../ports/agency-store.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { JobOfKeys, StoreKeys } from "./store-keys.ts";
import type { Queries, Tables } from "./tables.ts";

export type JobRow = Selectable<Tables["job"]>;

/** States in which a job's certificates count: they are all kept, and may be anchored. */
export const COUNTING: readonly JobState[] = ["hashed", "signed", "sent", "confirmed", "done"];

type Body = Pick<IssueJob, "order" | "identity" | "source">;

export function jobOf(row: JobRow): IssueJob {
  const { id, key, state, ledger, batches, certificates, skipped, replacing } = row;
  const body = JSON.parse(row.body) as Body;
  const counts = { batches, certificates, skipped, replacing };
  const times = { createdAt: row.created_at, updatedAt: row.updated_at };
  return { id, key, state, ledger, ...body, ...counts, ...times };
}

export function jobOfKeys({ number, ledger, agency, type, body }: JobRow): JobOfKeys {
  const { order } = JSON.parse(body) as Body;
  return { number, suite: order.suite, scope: { ledger, agency, type } };
}

export async function findJob(db: Queries, id: string): Promise<JobRow | null> {
  const row = await db.selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** @throws Problem JOB_NOT_FOUND */
export async function requireJob(db: Queries, id: string): Promise<JobRow> {
  const row = await findJob(db, id);
  if (row === null) throw new Problem("JOB_NOT_FOUND", id);
  return row;
}

export async function listJobs({ db }: StoreDatabase): Promise<IssueJob[]> {
  const rows = await db.selectFrom("job").selectAll().orderBy("number", "desc").execute();
  return rows.map(jobOf);
}

export async function jobForKey({ db }: StoreDatabase, key: string): Promise<IssueJob | null> {
  const row = await db
    .selectFrom("job")
    .selectAll()
    .where("key", "=", key)
    .where("state", "!=", "cancelled")
    .orderBy("number", "desc")
    .executeTakeFirst();
  return row === undefined ? null : jobOf(row);
}

export async function createJob(
  database: StoreDatabase,
  keys: StoreKeys,
  clock: Clock,
  { key, order, identity, ledger, source }: NewJob,
): Promise<IssueJob> {
  const wrapped = await keys.newJobKey();
  const now = clock.now();
  const { agency, type } = order;
  const body = JSON.stringify({ order, identity, source } satisfies Body);
  const counts = { batches: 0, certificates: 0, skipped: 0, replacing: 0 };
  return database.write(async (transaction) => {
    const number = await nextNumber(transaction);
    const id = await newId(transaction, now);
    const times = { created_at: now, updated_at: now };
    const what = { id, number, key, state: "reading", ledger, agency, type, body } as const;
    const row = { ...what, ...counts, ...times };
    await transaction.insertInto("job").values(row).execute();
    await transaction.insertInto("job_key").values({ job: number, wrapped }).execute();
    return jobOf(row);
  });
}

async function nextNumber(db: Queries): Promise<number> {
  const last = await db
    .selectFrom("job")
    .select("number")
    .orderBy("number", "desc")
    .executeTakeFirst();
  return (last?.number ?? 0) + 1;
}

/** Without letters that are taken for others (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BEIJING_SECONDS = 8 * 3600;

async function newId(db: Queries, now: number): Promise<string> {
  const date = new Date((now + BEIJING_SECONDS) * 1000).toISOString().slice(0, 10);
  for (;;) {
    const letters = Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
    const id = `J-${date.replaceAll("-", "")}-${letters.join("")}`;
    if ((await findJob(db, id)) === null) return id;
  }
}

/** @throws Problem JOB_NOT_FOUND */
export async function setState(
  db: Queries,
  clock: Clock,
  id: string,
  state: JobState,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("job")
    .set({ state, updated_at: clock.now() })
    .where("id", "=", id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem("JOB_NOT_FOUND", id);
}
