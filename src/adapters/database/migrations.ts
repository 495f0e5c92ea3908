/** Brings a store's schema up to date, forward only, one migration after the other. */
import { sql } from "kysely";
import type { Kysely, Transaction } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { ColumnTypes, Database } from "./database.ts";

export type Migration<Tables> = (
  transaction: Transaction<Tables>,
  types: ColumnTypes,
) => Promise<void>;

const VERSIONS = "schema_version";

/**
 * @param migrations in order; one that was ever released is never altered, another is added after it.
 * @throws Problem STORE_TOO_NEW
 */
export async function migrate<Tables>(
  database: Database<Tables>,
  migrations: readonly Migration<Tables>[],
): Promise<void> {
  const isThere = await database.hasTable(VERSIONS);
  const version = isThere ? await newestVersion(database.db) : 0;
  if (version === migrations.length) return;
  if (version > migrations.length) {
    throw new Problem("STORE_TOO_NEW", `${database.name}: schema ${String(version)}`);
  }
  await database.writeSchema((transaction) => bringUp(transaction, database.types, migrations));
}

async function bringUp<Tables>(
  transaction: Transaction<Tables>,
  types: ColumnTypes,
  migrations: readonly Migration<Tables>[],
): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS ${sql.table(VERSIONS)} (version INTEGER PRIMARY KEY)`.execute(
    transaction,
  );
  const version = await newestVersion(transaction);
  for (const [i, migration] of migrations.entries()) {
    if (i < version) continue;
    await migration(transaction, types);
    await sql`INSERT INTO ${sql.table(VERSIONS)} VALUES (${i + 1})`.execute(transaction);
  }
}

async function newestVersion<Tables>(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number | null }>`
    SELECT max(version) AS version FROM ${sql.table(VERSIONS)}`.execute(db);
  return rows[0]?.version ?? 0;
}
