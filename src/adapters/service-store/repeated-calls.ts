/** Calls under a key of the caller's: the table's unique key and conditional updates decide who does the work. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type {
  Attempt,
  BegunCall,
  RepeatedCall,
  RepeatedCalls,
} from "../../ports/repeated-calls.ts";
import type { RepeatedCallTables } from "./repeated-call-tables.ts";
import type { ServiceDatabase, ServiceTransaction } from "./tables.ts";

type Row = RepeatedCallTables["repeated_call"];
type AttemptRow = Pick<Row, "call" | "attempts" | "begun_at">;
/** Milliseconds since 1970 by the database's clock. */
type Instant = RawBuilder<number>;

export function repeatedCallsOf({ db, write, types }: ServiceDatabase): RepeatedCalls {
  const after = (milliseconds: number): Instant => sql`${types.now} + ${milliseconds}`;
  return {
    begin: (call, now) =>
      write(async (transaction) => {
        const until = after(call.leaseMilliseconds);
        return (
          (await begin(transaction, call, until, now)) ??
          (await takeOver(transaction, call, until, types.now)) ??
          (await leftBefore(transaction, call))
        );
      }),
    renew: async (key, attempt, leaseMilliseconds) => {
      await setLease(db, key, attempt, after(leaseMilliseconds));
    },
    keep: (key, attempt, answer) => write((transaction) => keep(transaction, key, attempt, answer)),
    release: async (key, attempt) => {
      await setLease(db, key, attempt, sql`0`);
    },
  };
}

async function begin(
  transaction: ServiceTransaction,
  { key, request, call, expiresAt }: BegunCall,
  until: Instant,
  now: number,
): Promise<Attempt | null> {
  const times = { begun_at: now, expires_at: expiresAt, leased_until: until };
  const fresh = { request, call, attempts: 1, answer: null, ...times };
  const begun = await transaction
    .insertInto("repeated_call")
    .values({ key, ...fresh })
    .onConflict((conflict) => {
      return conflict.column("key").doUpdateSet(fresh).where("repeated_call.expires_at", "<=", now);
    })
    .returning(["call", "attempts", "begun_at"])
    .executeTakeFirst();
  return attemptOf(begun);
}

/** Whoever worked on it does so no more, or is too slow to know. */
async function takeOver(
  transaction: ServiceTransaction,
  { key, request }: BegunCall,
  until: Instant,
  now: Instant,
): Promise<Attempt | null> {
  const taken = await transaction
    .updateTable("repeated_call")
    .set((row) => ({ leased_until: until, attempts: row("attempts", "+", 1) }))
    .where("key", "=", key)
    .where("request", "=", request)
    .where("answer", "is", null)
    .where("leased_until", "<=", now)
    .returning(["call", "attempts", "begun_at"])
    .executeTakeFirst();
  return attemptOf(taken);
}

function attemptOf(row: AttemptRow | undefined): Attempt | null {
  if (row === undefined) return null;
  return { call: row.call, number: row.attempts, begunAt: row.begun_at };
}

function leftBefore(transaction: ServiceTransaction, { key }: BegunCall): Promise<RepeatedCall> {
  return transaction
    .selectFrom("repeated_call")
    .select(["request", "answer"])
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
}

async function setLease(
  db: ServiceDatabase["db"],
  key: string,
  { call, number }: Attempt,
  until: Instant,
): Promise<void> {
  await db
    .updateTable("repeated_call")
    .set({ leased_until: until })
    .where("key", "=", key)
    .where("call", "=", call)
    .where("attempts", "=", number)
    .execute();
}

async function keep(
  transaction: ServiceTransaction,
  key: string,
  { call }: Attempt,
  answer: Uint8Array,
): Promise<Uint8Array | null> {
  const { numUpdatedRows } = await transaction
    .updateTable("repeated_call")
    .set({ answer })
    .where("key", "=", key)
    .where("call", "=", call)
    .where("answer", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return null;
  const kept = await transaction
    .selectFrom("repeated_call")
    .select("answer")
    .where("key", "=", key)
    .where("call", "=", call)
    .executeTakeFirst();
  return kept?.answer ?? null;
}
