/** Forgetting batches that were never anchored: what a killed reading left, or a cancelled job's. */
import type { Transaction } from "kysely";
import { CHUNK_LEAVES } from "../hashing/tree-layout.ts";
import { COUNTING } from "./jobs.ts";
import { deleteEntries, entriesOf } from "./number-index.ts";
import type { DigestRun } from "./number-index.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries, Tables } from "./tables.ts";
import { chunkId, pageId } from "./tables.ts";

/** Ids of batches, both included. */
interface BatchRange {
  readonly from: number;
  readonly to: number;
}

const LAST_BATCH = 0xffff_ffff;
const CHUNKS_AT_ONCE = 64;
const PAGES_AT_ONCE = 4096;

/**
 * All that cancelled jobs still have, and all that no finished reading has added: none of it counts, and whoever
 * calls this holds the store's lock, so that nobody is adding.
 */
export async function forgetLeftovers(database: StoreDatabase): Promise<void> {
  for (const range of await cancelledBatches(database.db)) await forgetBatches(database, range);
  const from = (await lastBatch(database.db)) + 1;
  await forgetBatches(database, { from, to: LAST_BATCH });
}

/** A job's batches follow each other: it is read in one go. */
async function cancelledBatches(db: Queries): Promise<BatchRange[]> {
  const rows = await db
    .selectFrom("batch")
    .innerJoin("job", "job.id", "batch.job")
    .select(({ fn }) => [fn.min("batch.id").as("from"), fn.max("batch.id").as("to")])
    .where("job.state", "=", "cancelled")
    .groupBy("job.id")
    .execute();
  return rows;
}

/** The last that belongs to a job that was read to its end; 0 where there is none. */
async function lastBatch(db: Queries): Promise<number> {
  const row = await db
    .selectFrom("batch")
    .innerJoin("job", "job.id", "batch.job")
    .select("batch.id")
    .where("job.state", "in", COUNTING)
    .orderBy("batch.id", "desc")
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** Keys first: without them nothing can be read any more. Broken off, it can be done again. */
async function forgetBatches(database: StoreDatabase, range: BatchRange): Promise<void> {
  const [firstPage, endPage] = [pageId(range.from, 0), pageId(range.to + 1, 0)];
  await database.write(async (transaction) => {
    await deleteBetween(transaction, "page_key", firstPage, endPage);
  });
  while (await forgetNumbers(database, range));
  await forgetContents(database, range);
  await database.write(async (transaction) => {
    const { from, to } = range;
    await transaction
      .deleteFrom("erased")
      .where("batch", ">=", from)
      .where("batch", "<=", to)
      .execute();
    await transaction.deleteFrom("batch").where("id", ">=", from).where("id", "<=", to).execute();
  });
}

async function forgetContents(database: StoreDatabase, { from, to }: BatchRange): Promise<void> {
  const end = pageId(to + 1, 0);
  for (let first = pageId(from, 0); ;) {
    const last = await pageFarther(database.db, first, end);
    await database.writeAway((transaction) => deleteBetween(transaction, "page", first, last));
    if (last === end) break;
    first = last;
  }
  await database.writeAway((transaction) =>
    deleteBetween(transaction, "tree_chunk", chunkId(from, 0), chunkId(to + 1, 0)),
  );
}

/** The page some thousands farther, so that no transaction grows without bound. */
async function pageFarther(db: Queries, first: number, end: number): Promise<number> {
  const row = await db
    .selectFrom("page")
    .select("id")
    .where("id", ">=", first)
    .where("id", "<", end)
    .orderBy("id")
    .limit(1)
    .offset(PAGES_AT_ONCE)
    .executeTakeFirst();
  return row?.id ?? end;
}

/** Some chunks' numbers. @returns whether there may be more */
async function forgetNumbers(database: StoreDatabase, { from, to }: BatchRange): Promise<boolean> {
  const rows = await database.db
    .selectFrom("chunk_numbers")
    .selectAll()
    .where("id", ">=", chunkId(from, 0))
    .where("id", "<", chunkId(to + 1, 0))
    .orderBy("id")
    .limit(CHUNKS_AT_ONCE)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return false;
  await database.write(async (transaction) => {
    await deleteEntries(database, transaction, entriesOf(rows.map(digestRun)));
    await transaction.deleteFrom("chunk_numbers").where("id", "in", ids).execute();
  });
  return ids.length === CHUNKS_AT_ONCE;
}

export function digestRun({ id, digests }: Tables["chunk_numbers"]): DigestRun {
  const chunksInBatch = chunkId(1, 0);
  const firstIndex = (id % chunksInBatch) * CHUNK_LEAVES;
  return { batch: Math.floor(id / chunksInBatch), firstIndex, digests };
}

async function deleteBetween(
  transaction: Transaction<Tables>,
  table: "page" | "page_key" | "tree_chunk",
  from: number,
  end: number,
): Promise<void> {
  await transaction.deleteFrom(table).where("id", ">=", from).where("id", "<", end).execute();
}
