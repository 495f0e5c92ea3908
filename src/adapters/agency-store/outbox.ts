/** Transactions of all jobs: each is kept before it is sent, so that none is ever made a second time. */
import type { Selectable } from "kysely";
import type { AnchorReceipt } from "../../ports/anchoring.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Outbox, OutboxTransaction } from "../../ports/agency-store.ts";
import { setState } from "./jobs.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Queries, Tables } from "./tables.ts";

export function outboxOf(database: StoreDatabase, clock: Clock): Outbox {
  const { db } = database;
  return {
    transactions: async (job) => {
      const query = db.selectFrom("outbox").selectAll().where("job", "=", job);
      return (await query.orderBy("number").execute()).map(transactionOf);
    },
    open: async (account) => {
      const query = db.selectFrom("outbox").selectAll().where("account", "=", account);
      const rows = await query.where("state", "in", ["signed", "sent"]).orderBy("number").execute();
      return rows.map(transactionOf);
    },
    save: (transaction, state) =>
      database.write(async (writing) => {
        await save(writing, transaction);
        await setState(writing, clock, transaction.job, state);
      }),
    confirm: (transaction, receipts) =>
      database.write((writing) => confirm(writing, clock, transaction, receipts)),
  };
}

function transactionOf(row: Selectable<Tables["outbox"]>): OutboxTransaction {
  const { hash, job, batches, raw, nonce, account, state } = row;
  const times = { firstBatch: row.first_batch, signedAt: row.signed_at };
  return { hash, job, batches, raw, nonce, account, state, ...times };
}

async function save(db: Queries, transaction: OutboxTransaction): Promise<void> {
  const { hash, job, batches, raw, nonce, account, state, firstBatch, signedAt } = transaction;
  const last = await db
    .selectFrom("outbox")
    .select("number")
    .orderBy("number", "desc")
    .executeTakeFirst();
  const what = { hash, job, batches, raw, nonce, account, state };
  const number = (last?.number ?? 0) + 1;
  await db
    .insertInto("outbox")
    .values({ ...what, number, first_batch: firstBatch, signed_at: signedAt })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ state }))
    .execute();
}

/** The job is confirmed with its last batch. */
async function confirm(
  db: Queries,
  clock: Clock,
  { job, hash, firstBatch }: Pick<OutboxTransaction, "job" | "hash" | "firstBatch">,
  receipts: readonly AnchorReceipt[],
): Promise<void> {
  for (const [i, receipt] of receipts.entries()) {
    await db
      .updateTable("batch")
      .set({ receipt: JSON.stringify(receipt) })
      .where("job", "=", job)
      .where("ordinal", "=", firstBatch + i)
      .execute();
  }
  await db.updateTable("outbox").set({ state: "confirmed" }).where("hash", "=", hash).execute();
  if (!(await isAwaiting(db, job))) await setState(db, clock, job, "confirmed");
}

async function isAwaiting(db: Queries, job: string): Promise<boolean> {
  const query = db.selectFrom("batch").select("id").where("job", "=", job);
  return (await query.where("receipt", "is", null).executeTakeFirst()) !== undefined;
}
