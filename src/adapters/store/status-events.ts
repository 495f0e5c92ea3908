/** Changes of statuses, found among all events without reading the others. */
import { sql } from "kysely";
import type { Kysely, RawBuilder } from "kysely";
import type { EventPosition, Positioned, StatusEvent } from "../../core/ledger/events.ts";
import type { Migration } from "../database/migrations.ts";
import type { LedgerTables } from "./ledger-tables.ts";

type EventPlace = Pick<EventPosition, "block" | "logIndex">;

/** Written alike in the index and in the question, so that SQLite sees that the one serves the other. */
const IS_STATUS: RawBuilder<boolean> = sql.raw(
  "(body ->> '$.kind') IN ('CertificateStatusChanged', 'CertificatesStatusChanged', 'BatchStatusChanged')",
);

export const withStatusIndex: Migration<LedgerTables> = async (transaction) => {
  await sql`CREATE INDEX ledger_status ON ledger_event (block, log_index) WHERE ${IS_STATUS}`.execute(
    transaction,
  );
};

/** Those that come after a place, up to a block, in the chain's order, at most so many. */
export async function readStatusEvents(
  db: Kysely<LedgerTables>,
  { block, logIndex }: EventPlace,
  upTo: number,
  limit: number,
): Promise<Positioned<StatusEvent>[]> {
  const rows = await db
    .selectFrom("ledger_event")
    .select("body")
    .where(IS_STATUS)
    .where(sql<boolean>`(block, log_index) > (${block}, ${logIndex})`)
    .where("block", "<=", upTo)
    .orderBy("block")
    .orderBy("log_index")
    .limit(limit)
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Positioned<StatusEvent>);
}
