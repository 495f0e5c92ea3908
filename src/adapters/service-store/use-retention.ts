/**
 * Uses are kept for a time. Of each strand the beginning goes, up to a length that was anchored: the hash of its
 * last line stays, so that the rest still follows from it and the chain still vouches for it.
 */
import { sql } from "kysely";
import type { RetentionLimits } from "../../ports/retention.ts";
import type { Purge } from "./purge.ts";
import type { ServiceDatabase, ServiceTransaction } from "./tables.ts";

const DAY_SECONDS = 86_400;

export const purgeUses: Purge = {
  what: "uses",
  count: async (db, limits) => {
    const counts = await Promise.all(
      (await outlivedStrands(db, limits)).map(({ strand, number }) =>
        countUpTo(db, strand, number),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  },
  erase: async (transaction, limits, most) => {
    for (const { strand, number } of await outlivedStrands(transaction, limits)) {
      await keepHash(transaction, strand, number);
    }
    return eraseLines(transaction, most);
  },
};

type Reader = ServiceDatabase["db"] | ServiceTransaction;

interface StrandPlace {
  readonly strand: number;
  readonly number: number;
}

/** The last anchored line of each strand that is older than uses are kept. */
function outlivedStrands(
  db: Reader,
  { now, useDays }: RetentionLimits,
): Promise<readonly StrandPlace[]> {
  return db
    .selectFrom("use_anchor")
    .innerJoin("use_line", (join) =>
      join
        .onRef("use_line.strand", "=", "use_anchor.strand")
        .onRef("use_line.number", "=", "use_anchor.length"),
    )
    .select(({ fn }) => ["use_line.strand", fn.max("use_line.number").as("number")])
    .where("at", "<", now - useDays * DAY_SECONDS)
    .groupBy("use_line.strand")
    .execute();
}

async function countUpTo(db: Reader, strand: number, number: number): Promise<number> {
  const { count } = await db
    .selectFrom("use_line")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("strand", "=", strand)
    .where("number", "<=", number)
    .executeTakeFirstOrThrow();
  return count;
}

async function keepHash(
  transaction: ServiceTransaction,
  strand: number,
  number: number,
): Promise<void> {
  const line = transaction
    .selectFrom("use_line")
    .select("hash")
    .where("strand", "=", strand)
    .where("number", "=", number);
  await transaction
    .updateTable("use_strand")
    .set({ erased_number: number, erased_hash: line })
    .where("strand", "=", strand)
    .execute();
}

async function eraseLines(transaction: ServiceTransaction, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM use_line WHERE (strand, number) IN (
      SELECT use_line.strand, use_line.number FROM use_strand
        JOIN use_line ON use_line.strand = use_strand.strand
          AND use_line.number <= use_strand.erased_number
      LIMIT ${most})`.execute(transaction);
  return Number(numAffectedRows);
}
