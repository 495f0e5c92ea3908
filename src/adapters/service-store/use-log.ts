/** The use log in the service's store: many processes write, each its own strand. */
import { sql } from "kysely";
import type { SelectQueryBuilder } from "kysely";
import { encodeHeader } from "../../core/uses/entry.ts";
import type { StoredStrand } from "../../core/uses/check-strand.ts";
import type { Line } from "../../core/uses/strand.ts";
import type { KeptLine, NewLine, StrandHead, UseFilter, UseLog } from "../../ports/use-log.ts";
import { RowInserter } from "../database/insert-rows.ts";
import type { ServiceDatabase, ServiceTransaction, Tables } from "./tables.ts";
import { rowsOfCall } from "./use-calls.ts";
import { CHAPTER_LINES, chapterOf } from "./use-chapters.ts";
import type { LineRow } from "./use-tables.ts";

const ID_DIGITS = 12;
const THE_ONE = 1;
const COLUMNS: readonly (keyof LineRow)[] = [
  ...(["strand", "number", "chapter", "at", "certificate", "client", "call"] as const),
  ...(["entry", "hash"] as const),
];

type Inserter = RowInserter<Tables>;

export function useLogOf({ db, types, write, grouped }: ServiceDatabase): UseLog {
  const inserter: Inserter = new RowInserter(types, { table: "use_line", columns: COLUMNS });
  return {
    append: grouped((transaction, lines) => appendLines(inserter, transaction, lines)),
    find: ({ strand, number }) => findLine(db, strand, number),
    ofCall: async (call) => (await rowsOfCall(db, call)).map(keptLine),
    list: (filter) => listLines(db, filter),
    strands: () => allStrands(db),
    lines: (strand, from, most) => linesFrom(db, strand, from, most),
    unanchored: () => unanchored(db),
    markAnchored: (heads) => write((transaction) => markAnchored(transaction, heads)),
    claimAnchoring: (now, until) => write((transaction) => claim(transaction, now, until)),
    releaseAnchoring: async () => {
      await db.updateTable("use_duty").set({ until: 0 }).execute();
    },
    isOfKey: (fingerprint) => write((transaction) => isOfKey(transaction, fingerprint)),
  };
}

type Reader = ServiceDatabase["db"];

function numberOf(strand: string): number {
  return Number.parseInt(strand, 16);
}

function idOf(strand: number): string {
  return strand.toString(16).padStart(ID_DIGITS, "0");
}

/** One statement for the strand and one for its lines, however many have come together. */
async function appendLines(
  inserter: Inserter,
  transaction: ServiceTransaction,
  lines: readonly NewLine[],
): Promise<readonly boolean[]> {
  const strands = Map.groupBy(lines, ({ strand }) => strand.id);
  const kept = new Set<string>();
  for (const [id, ofStrand] of strands) {
    if (!(await extend(transaction, ofStrand))) continue;
    await inserter.insert(transaction, ofStrand.map(rowOf));
    kept.add(id);
  }
  return lines.map(({ strand }) => kept.has(strand.id));
}

/** The strand's length decides who writes the next line, and that no line comes after one that is missing. */
async function extend(
  transaction: ServiceTransaction,
  lines: readonly NewLine[],
): Promise<boolean> {
  const [first] = lines as readonly [NewLine, ...NewLine[]];
  const [strand, before] = [numberOf(first.strand.id), first.number - 1];
  const length = before + lines.length;
  if (before === 0) return begin(transaction, first, length);
  const { numUpdatedRows } = await transaction
    .updateTable("use_strand")
    .set({ length })
    .where("strand", "=", strand)
    .where("length", "=", before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function begin(
  transaction: ServiceTransaction,
  { strand }: NewLine,
  length: number,
): Promise<boolean> {
  const row = { strand: numberOf(strand.id), header: encodeHeader(strand), length };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("use_strand")
    .values({ ...row, erased_number: 0, erased_hash: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** In the order of COLUMNS. */
function rowOf(line: NewLine): unknown[] {
  const { strand, number, at, certificate, client, call, entry, hash } = line;
  const place = [numberOf(strand.id), number, chapterOf(number)];
  return [...place, at, certificate, client, call, entry, hash];
}

async function findLine(db: Reader, strand: string, number: number): Promise<KeptLine | null> {
  const row = await db
    .selectFrom("use_line")
    .select(["strand", "number", "entry", "hash"])
    .where("strand", "=", numberOf(strand))
    .where("number", "=", number)
    .executeTakeFirst();
  return row === undefined ? null : keptLine(row);
}

type KeptRow = Pick<LineRow, "strand" | "number" | "entry" | "hash">;

function keptLine(row: KeptRow): KeptLine {
  return { strand: idOf(row.strand), ...lineOf(row) };
}

/** Both drivers give buffers, of which only the bytes are wanted. */
function lineOf({ number, entry, hash }: Omit<KeptRow, "strand">): Line {
  return { number, entry: new Uint8Array(entry), hash: new Uint8Array(hash) };
}

async function listLines(db: Reader, filter: UseFilter): Promise<readonly KeptLine[]> {
  const lines = filter.certificate === undefined ? db.selectFrom("use_line") : chapterLines(db);
  const query = lines.select(["use_line.strand", "use_line.number", "entry", "hash"]);
  const rows = await within(query, filter)
    .orderBy("at", "desc")
    .orderBy("use_line.strand", "desc")
    .orderBy("use_line.number", "desc")
    .limit(filter.most)
    .execute();
  return rows.map(keptLine);
}

/** Each chapter's lines by themselves, so that the index over a chapter's certificates can be asked. */
function chapterLines(db: Reader): SelectQueryBuilder<Tables, "use_line", object> {
  const lines = sql.lit(CHAPTER_LINES);
  const chapters = sql`
    (WITH RECURSIVE chapters (strand, chapter, last) AS (
      SELECT strand, erased_number / ${lines}, length / ${lines} FROM use_strand
      UNION ALL SELECT strand, chapter + 1, last FROM chapters WHERE chapter < last
    ) SELECT strand, chapter FROM chapters)`;
  return db
    .selectFrom(chapters.as<"chapters">(sql.ref("chapters")))
    .crossJoin("use_line")
    .whereRef("use_line.strand", "=", sql.ref("chapters.strand"))
    .whereRef("use_line.chapter", "=", sql.ref("chapters.chapter"));
}

function within<T>(
  query: SelectQueryBuilder<Tables, "use_line", T>,
  { certificate, client, from, to, after }: UseFilter,
): SelectQueryBuilder<Tables, "use_line", T> {
  let wanted = query;
  if (certificate !== undefined) wanted = wanted.where("certificate", "=", certificate);
  if (client !== undefined) wanted = wanted.where("client", "=", client);
  if (from !== undefined) wanted = wanted.where("at", ">=", from);
  if (to !== undefined) wanted = wanted.where("at", "<=", to);
  if (after === undefined) return wanted;
  const place = sql`(${after.at}, ${numberOf(after.strand)}, ${after.number})`;
  // The first condition is the one that an index can answer.
  return wanted
    .where("at", "<=", after.at)
    .where(sql<boolean>`(at, use_line.strand, use_line.number) < ${place}`);
}

async function allStrands(db: Reader): ReturnType<UseLog["strands"]> {
  const rows = await db.selectFrom("use_strand").selectAll().orderBy("strand").execute();
  const headless = await db
    .selectFrom("use_line")
    .select("strand")
    .distinct()
    .where("strand", "not in", (known) => known.selectFrom("use_strand").select("strand"))
    .execute();
  const lost = headless.map(({ strand }) => ({ id: idOf(strand), header: null }));
  const strands = rows.map((row): StoredStrand => ({
    id: idOf(row.strand),
    header: new Uint8Array(row.header),
    length: row.length,
    erased:
      row.erased_hash === null
        ? null
        : { number: row.erased_number, hash: new Uint8Array(row.erased_hash) },
  }));
  return [...strands, ...lost].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function linesFrom(
  db: Reader,
  strand: string,
  from: number,
  most: number,
): Promise<readonly Line[]> {
  const rows = await db
    .selectFrom("use_line")
    .select(["number", "entry", "hash"])
    .where("strand", "=", numberOf(strand))
    .where("number", ">=", from)
    .orderBy("number")
    .limit(most)
    .execute();
  return rows.map(lineOf);
}

async function unanchored(db: Reader): Promise<readonly StrandHead[]> {
  const rows = await db
    .selectFrom("use_strand")
    .innerJoin("use_line", (join) =>
      join
        .onRef("use_line.strand", "=", "use_strand.strand")
        .onRef("use_line.number", "=", "use_strand.length"),
    )
    .select(["use_strand.strand", "length", "hash"])
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("use_anchor")
            .select("use_anchor.length")
            .whereRef("use_anchor.strand", "=", "use_strand.strand")
            .whereRef("use_anchor.length", ">=", "use_strand.length"),
        ),
      ),
    )
    .orderBy("use_strand.strand")
    .execute();
  return rows.map(({ strand, length, hash }) => {
    return { strand: idOf(strand), length, hash: new Uint8Array(hash) };
  });
}

async function markAnchored(
  transaction: ServiceTransaction,
  heads: readonly StrandHead[],
): Promise<void> {
  const rows = heads.map(({ strand, length }) => ({ strand: numberOf(strand), length }));
  if (rows.length === 0) return;
  await transaction
    .insertInto("use_anchor")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The condition of the update decides, whoever asks at the same moment. */
async function claim(
  transaction: ServiceTransaction,
  now: number,
  until: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("use_duty")
    .values({ id: THE_ONE, until })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ until }).where("use_duty.until", "<=", now),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function isOfKey(transaction: ServiceTransaction, fingerprint: Uint8Array): Promise<boolean> {
  await transaction
    .insertInto("use_key")
    .values({ id: THE_ONE, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { fingerprint: kept } = await transaction
    .selectFrom("use_key")
    .select("fingerprint")
    .executeTakeFirstOrThrow();
  return Buffer.from(kept).equals(fingerprint);
}
