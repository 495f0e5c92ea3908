/** The schema and its changes, in order. One that was ever released is never altered: add another after it. */
import { sql } from "kysely";
import type { Kysely, Transaction } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { ColumnTypes, StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

type Migration = (transaction: Transaction<Tables>, types: ColumnTypes) => Promise<void>;

const MIGRATIONS: readonly Migration[] = [createStore, addClaimCodes];

const VERSIONS = "schema_version";

/** Brings the schema up to date; forward only. @throws Problem STORE_TOO_NEW */
export async function migrate(database: StoreDatabase): Promise<void> {
  const isThere = await database.hasTable(VERSIONS);
  const version = isThere ? await newestVersion(database.db) : 0;
  if (version === MIGRATIONS.length) return;
  if (version > MIGRATIONS.length) {
    throw new Problem("STORE_TOO_NEW", `${database.name}: schema ${String(version)}`);
  }
  await database.writeSchema((transaction) => bringUp(transaction, database.types));
}

async function bringUp(transaction: Transaction<Tables>, types: ColumnTypes): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS ${sql.table(VERSIONS)} (version INTEGER PRIMARY KEY)`.execute(
    transaction,
  );
  const version = await newestVersion(transaction);
  for (const [i, migration] of MIGRATIONS.entries()) {
    if (i < version) continue;
    await migration(transaction, types);
    await sql`INSERT INTO ${sql.table(VERSIONS)} VALUES (${i + 1})`.execute(transaction);
  }
}

async function newestVersion(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number | null }>`
    SELECT max(version) AS version FROM ${sql.table(VERSIONS)}`.execute(db);
  return rows[0]?.version ?? 0;
}

type Column = readonly [name: string, type: "bytes" | "integer" | "text" | "nullable text"];

interface Table {
  readonly name: keyof Tables;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly isKeyOnly?: boolean;
}

const STORE: readonly Table[] = [
  {
    name: "store_meta",
    key: ["name"],
    columns: [
      ["name", "text"],
      ["value", "bytes"],
    ],
  },
  {
    name: "job",
    key: ["id"],
    columns: [
      ...texts("id", "key", "state", "ledger", "agency", "type", "body"),
      ...integers("number", "batches", "certificates", "skipped", "replacing"),
      ...integers("created_at", "updated_at"),
    ],
  },
  { name: "job_key", key: ["job"], columns: [...integers("job"), ["wrapped", "bytes"]] },
  {
    name: "batch",
    key: ["id"],
    columns: [
      ...integers("id", "ordinal", "size", "issued"),
      ...texts("job", "root", "manifest_hash"),
      ...[["receipt", "nullable text"] as const],
      ...blobs("manifest", "top"),
    ],
  },
  { name: "tree_chunk", key: ["id"], columns: [...integers("id"), ...blobs("nodes")] },
  { name: "chunk_numbers", key: ["id"], columns: [...integers("id"), ...blobs("digests")] },
  { name: "page", key: ["id"], columns: [...integers("id"), ...blobs("content")] },
  { name: "page_key", key: ["id"], columns: [...integers("id"), ...blobs("key")] },
  { name: "issued_number", key: ["entry"], columns: blobs("entry"), isKeyOnly: true },
  {
    name: "replacement",
    key: ["id"],
    columns: [...integers("id"), ...texts("job", "root"), ...blobs("indices")],
  },
  {
    name: "outbox",
    key: ["hash"],
    columns: [
      ...texts("hash", "job", "raw", "account", "state"),
      ...integers("number", "first_batch", "batches", "nonce", "signed_at"),
    ],
  },
  { name: "erased", key: ["batch", "place"], columns: integers("batch", "place", "erased_at") },
];

const INDICES: readonly { readonly of: keyof Tables; readonly columns: string[] }[] = [
  { of: "job", columns: ["key"] },
  { of: "batch", columns: ["job", "ordinal"] },
  { of: "batch", columns: ["root"] },
  { of: "replacement", columns: ["job", "root"] },
  { of: "outbox", columns: ["job"] },
  { of: "outbox", columns: ["account"] },
];

function texts(...names: string[]): Column[] {
  return names.map((name) => [name, "text"]);
}

function integers(...names: string[]): Column[] {
  return names.map((name) => [name, "integer"]);
}

function blobs(...names: string[]): Column[] {
  return names.map((name) => [name, "bytes"]);
}

async function createStore(transaction: Transaction<Tables>, types: ColumnTypes): Promise<void> {
  for (const table of STORE) await createTable(transaction, types, table);
  for (const { of, columns } of INDICES) {
    const name = [of, "by", ...columns].join("_");
    await transaction.schema.createIndex(name).on(of).columns(columns).execute();
  }
  for (const statement of types.afterwards) await statement.execute(transaction);
}

const CLAIM_CODES: readonly Table[] = [
  {
    name: "claim_code",
    key: ["digest"],
    columns: [
      ...blobs("digest"),
      ...texts("root"),
      ...integers("place", "created_at", "expires_at", "used_at", "revoked_at", "attempts"),
    ],
  },
  {
    name: "claim_attempt",
    key: ["client"],
    columns: [...blobs("client"), ...integers("since", "count")],
  },
];

async function addClaimCodes(transaction: Transaction<Tables>, types: ColumnTypes): Promise<void> {
  for (const table of CLAIM_CODES) await createTable(transaction, types, table);
  const index = transaction.schema.createIndex("claim_code_by_place").on("claim_code");
  await index.columns(["root", "place"]).execute();
}

async function createTable(
  { schema }: Transaction<Tables>,
  types: ColumnTypes,
  { name, columns, key, isKeyOnly = false }: Table,
): Promise<void> {
  let table = schema.createTable(name);
  for (const [column, type] of columns) {
    const isNullable = type === "nullable text";
    const sqlType = type === "bytes" || type === "integer" ? types[type] : sql`text`;
    table = table.addColumn(column, sqlType, (each) => (isNullable ? each : each.notNull()));
  }
  await table
    .addPrimaryKeyConstraint(`${name}_primary`, key as never)
    .modifyEnd(isKeyOnly ? types.keyTable : types.table)
    .execute();
}
