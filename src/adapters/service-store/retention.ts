/** Erases what is past its time, from all tables that keep anything for a time only. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { KeptForATime, Outlived, Retention, RetentionLimits } from "../../ports/retention.ts";
import { TABLES } from "./tables.ts";
import type { ServiceDatabase, Tables } from "./tables.ts";
import type { Purge } from "./purge.ts";
import { purgeUses } from "./use-retention.ts";

/**
 * Clocks of instances may differ, by an hour where somebody set one wrongly: a presentation is forgotten
 * only when it has run out by every one of them.
 */
const CLOCKS_APART_SECONDS = 2 * 3600;

const PURGES: readonly Purge[] = [
  outlived({
    what: "replays",
    table: "replay",
    column: "expires_at",
    before: ({ now }) => now - CLOCKS_APART_SECONDS,
  }),
  outlived({
    what: "callCounts",
    table: "call_count",
    column: "expires_at",
    before: ({ now }) => now - CLOCKS_APART_SECONDS,
  }),
  outlived({ what: "lockouts", table: "lockout", column: "until", before: ({ now }) => now }),
  outlived({
    what: "requests",
    table: "presentation_request",
    column: "purge_at",
    before: ({ now }) => now,
  }),
  outlived({
    what: "requestCodes",
    table: "request_code",
    column: "purge_at",
    before: ({ now }) => now,
  }),
  outlived({
    what: "held",
    table: "held_presentation",
    column: "expires_at",
    before: ({ now }) => now - CLOCKS_APART_SECONDS,
  }),
  outlived({
    what: "repeatedCalls",
    table: "repeated_call",
    column: "expires_at",
    before: ({ now }) => now,
  }),
  purgeUses,
];

const MOST_IN_TRANSACTION = 1000;

export function retentionOf(database: ServiceDatabase): Retention {
  return {
    outlived: (limits) => tally(({ count }) => count(database.db, limits)),
    erase: (limits) => tally((purge) => eraseAll(database, purge, limits)),
    lock: () => database.lock(),
  };
}

/** One kind after the other. */
async function tally(countOf: (purge: Purge) => Promise<number>): Promise<Outlived[]> {
  const found: Outlived[] = [];
  for (const purge of PURGES) found.push({ what: purge.what, count: await countOf(purge) });
  return found;
}

async function eraseAll(
  { write }: ServiceDatabase,
  { erase }: Purge,
  limits: RetentionLimits,
): Promise<number> {
  let erased = 0;
  for (;;) {
    const some = await write((transaction) => erase(transaction, limits, MOST_IN_TRANSACTION));
    if (some === 0) return erased;
    erased += some;
    // Whoever wants to write comes in between.
    await nextTurn();
  }
}

interface Lifetime {
  readonly what: KeptForATime;
  readonly table: keyof Tables;
  /** Seconds since 1970: until when, or since when. */
  readonly column: string;
  /** Rows go whose column is less. */
  readonly before: (limits: RetentionLimits) => number;
}

/** Rows of one table whose time a column tells. */
function outlived({ what, table, column, before }: Lifetime): Purge {
  const key = sql.join(
    (TABLES.find(({ name }) => name === table)?.key ?? []).map((each) => sql.ref(each)),
  );
  const isPast = (limits: RetentionLimits): ReturnType<typeof sql> => {
    return sql`${sql.ref(column)} < ${before(limits)}`;
  };
  return {
    what,
    count: async (db, limits) => {
      const { rows } = await sql<{ count: number }>`
        SELECT count(*) AS count FROM ${sql.table(table)} WHERE ${isPast(limits)}`.execute(db);
      return rows[0]?.count ?? 0;
    },
    erase: async (transaction, limits, most) => {
      const { numAffectedRows = 0n } = await sql`
        DELETE FROM ${sql.table(table)} WHERE (${key}) IN (
          SELECT ${key} FROM ${sql.table(table)} WHERE ${isPast(limits)} LIMIT ${most})`.execute(
        transaction,
      );
      return Number(numAffectedRows);
    },
  };
}
