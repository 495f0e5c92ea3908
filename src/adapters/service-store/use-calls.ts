/** Lines by the call that they were kept for: of its client's newest ones, which an index finds, the few that bear its mark. */
import type { ColumnTypes } from "../database/database.ts";
import type { MarkedCall } from "../../ports/use-log.ts";
import type { ServiceDatabase, ServiceTransaction } from "./tables.ts";
import type { LineRow } from "./use-tables.ts";

type FoundRow = Pick<LineRow, "strand" | "number" | "entry" | "hash">;

/** The third version of the schema. */
export async function markCalls(
  transaction: ServiceTransaction,
  types: ColumnTypes,
): Promise<void> {
  await transaction.schema.alterTable("use_line").addColumn("call", types.bytes).execute();
}

export function rowsOfCall(
  db: ServiceDatabase["db"],
  { client, call, since }: MarkedCall,
): Promise<FoundRow[]> {
  return db
    .selectFrom("use_line")
    .select(["strand", "number", "entry", "hash"])
    .where("client", "=", client)
    .where("at", ">=", since)
    .where("call", "=", call)
    .orderBy("at")
    .orderBy("strand")
    .orderBy("number")
    .execute();
}
