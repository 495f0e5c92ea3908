/** What all instances count together: the day's verifications, wrong credentials, and from where they were right. */
import { sql } from "kysely";
import type { CallCount, CallCounts } from "../../ports/clients.ts";
import type { ServiceDatabase, ServiceTransaction } from "./tables.ts";

const MOST_LOCKS = 10_000;
const MOST_PLACES = 100_000;

export function callCountsOf({ db, write }: ServiceDatabase): CallCounts {
  return {
    add: async (counts) => {
      if (counts.length === 0) return [];
      const totals = await write((transaction) => addAll(transaction, counts));
      return counts.map((count) => totals.get(keyOf(count)) as number);
    },
    lock: async (subject, until) => {
      const longer = sql<number>`CASE WHEN lockout.until > ${until} THEN lockout.until ELSE ${until} END`;
      await db
        .insertInto("lockout")
        .values({ subject, until })
        .onConflict((conflict) => conflict.column("subject").doUpdateSet({ until: longer }))
        .execute();
    },
    locks: async (now) => {
      const closed = db.selectFrom("lockout").selectAll().where("until", ">", now);
      const rows = await closed.orderBy("until", "desc").limit(MOST_LOCKS).execute();
      return new Map(rows.map(({ subject, until }) => [subject, until]));
    },
    rightPlaces: async (now) => {
      const right = db.selectFrom("call_count").select("subject").distinct();
      const lasting = right.where("kind", "=", "right").where("expires_at", ">", now);
      const rows = await lasting.limit(MOST_PLACES).execute();
      return new Set(rows.map(({ subject }) => subject));
    },
  };
}

/** In the order of their keys, so that two instances never wait for each other. */
async function addAll(
  transaction: ServiceTransaction,
  counts: readonly CallCount[],
): Promise<ReadonlyMap<string, number>> {
  const rows = [...counts]
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ expiresAt, ...count }) => ({ ...count, expires_at: expiresAt }));
  const totals = await transaction
    .insertInto("call_count")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["kind", "subject", "period"]).doUpdateSet({
        count: sql<number>`call_count.count + excluded.count`,
      }),
    )
    .returning(["kind", "subject", "period", "count"])
    .execute();
  return new Map(totals.map((total) => [keyOf(total), total.count]));
}

function keyOf({
  kind,
  subject,
  period,
}: {
  kind: string;
  subject: string;
  period: number;
}): string {
  return `${kind}/${subject}/${String(period)}`;
}
