/**
 * A strand's lines in chapters. An index over the certificates of all lines would have each use write to another page
 * of it, which takes longer than all the rest of keeping the use. The index over those of one chapter has few pages;
 * whoever looks for a certificate looks into each chapter.
 */
import { sql } from "kysely";
import type { ColumnTypes } from "../database/database.ts";
import type { ServiceTransaction } from "./tables.ts";

export const CHAPTER_LINES = 1024;

/** Counted from 0. @param number of a line, from 1 */
export function chapterOf(number: number): number {
  return Math.floor(number / CHAPTER_LINES);
}

/** The second version of the schema. */
export async function divideUses(
  transaction: ServiceTransaction,
  types: ColumnTypes,
): Promise<void> {
  const { schema } = transaction;
  await schema
    .alterTable("use_line")
    .addColumn("chapter", types.integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`UPDATE use_line SET chapter = number / ${sql.lit(CHAPTER_LINES)}`.execute(transaction);
  await schema.dropIndex("use_line_by_certificate_at").execute();
  await schema
    .createIndex("use_line_by_strand_chapter_certificate")
    .on("use_line")
    .columns(["strand", "chapter", "certificate"])
    .execute();
}
