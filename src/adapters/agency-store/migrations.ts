/** The schema and its changes, in order. One that was ever released is never altered: add another after it. */
import type { Transaction } from "kysely";
import type { ColumnTypes } from "../database/database.ts";
import { migrate as migrateDatabase } from "../database/migrations.ts";
import type { Migration } from "../database/migrations.ts";
import { blobs, createTables, integers, texts } from "../database/table.ts";
import type { Table } from "../database/table.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

const MIGRATIONS: readonly Migration<Tables>[] = [createStore, addClaimCodes, addHoldings];

/** Brings the schema up to date; forward only. @throws Problem STORE_TOO_NEW */
export function migrate(database: StoreDatabase): Promise<void> {
  return migrateDatabase(database, MIGRATIONS);
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
    indices: [["key"]],
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
    indices: [["job", "ordinal"], ["root"]],
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
    indices: [["job", "root"]],
    columns: [...integers("id"), ...texts("job", "root"), ...blobs("indices")],
  },
  {
    name: "outbox",
    key: ["hash"],
    indices: [["job"], ["account"]],
    columns: [
      ...texts("hash", "job", "raw", "account", "state"),
      ...integers("number", "first_batch", "batches", "nonce", "signed_at"),
    ],
  },
  { name: "erased", key: ["batch", "place"], columns: integers("batch", "place", "erased_at") },
];

/** Of what is encrypted or hashed nothing can be compressed: kept as it is, a part is read without the rest. */
const UNCOMPRESSED = [
  ["tree_chunk", "nodes"],
  ["chunk_numbers", "digests"],
  ["page", "content"],
] as const;

async function createStore(transaction: Transaction<Tables>, types: ColumnTypes): Promise<void> {
  await createTables(transaction, types, STORE);
  for (const [table, column] of UNCOMPRESSED) {
    for (const statement of types.uncompressed(table, column)) await statement.execute(transaction);
  }
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
  await createTables(transaction, types, CLAIM_CODES);
  const index = transaction.schema.createIndex("claim_code_by_place").on("claim_code");
  await index.columns(["root", "place"]).execute();
}

const HOLDINGS: readonly Table[] = [
  {
    name: "holding",
    key: ["root", "place"],
    columns: [...texts("root", "holder", "code"), ...integers("place", "since")],
  },
  {
    name: "delegation",
    key: ["id"],
    indices: [["root", "place"], ["grantor"], ["code"]],
    columns: [
      ...texts("id", "root", "grantor", "holder"),
      ...blobs("terms", "code"),
      ...integers("place", "code_expires_at", "until", "created_at"),
      ...integers("claimed_at", "withdrawn_at", "bound_until"),
    ],
  },
];

async function addHoldings(transaction: Transaction<Tables>, types: ColumnTypes): Promise<void> {
  await createTables(transaction, types, HOLDINGS);
}
