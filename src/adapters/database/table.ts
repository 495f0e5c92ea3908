/** Tables as they are declared: the same in SQLite and in PostgreSQL. */
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { ColumnTypes } from "./database.ts";

type ColumnType = "bytes" | "integer" | "text";

export type Column = readonly [name: string, type: ColumnType | `nullable ${ColumnType}`];

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly isKeyOnly?: boolean;
  /** Each over some columns, in their order. */
  readonly indices?: readonly (readonly string[])[];
}

export function texts(...names: string[]): Column[] {
  return names.map((name) => [name, "text"]);
}

export function integers(...names: string[]): Column[] {
  return names.map((name) => [name, "integer"]);
}

export function blobs(...names: string[]): Column[] {
  return names.map((name) => [name, "bytes"]);
}

export async function createTables<Tables>(
  transaction: Transaction<Tables>,
  types: ColumnTypes,
  tables: readonly Table[],
): Promise<void> {
  for (const table of tables) await createTable(transaction, types, table);
  for (const { name, indices = [] } of tables) {
    for (const columns of indices) await createIndex(transaction, name, columns);
  }
}

async function createTable<Tables>(
  { schema }: Transaction<Tables>,
  types: ColumnTypes,
  { name, columns, key, isKeyOnly = false }: Table,
): Promise<void> {
  let table = schema.createTable(name);
  for (const [column, type] of columns) {
    const isNullable = type.startsWith("nullable ");
    const plain = type.replace("nullable ", "") as ColumnType;
    const sqlType = plain === "text" ? sql`text` : types[plain];
    table = table.addColumn(column, sqlType, (each) => (isNullable ? each : each.notNull()));
  }
  await table
    .addPrimaryKeyConstraint(`${name}_primary`, key as never)
    .modifyEnd(isKeyOnly ? types.keyTable : types.table)
    .execute();
}

async function createIndex<Tables>(
  { schema }: Transaction<Tables>,
  table: string,
  columns: readonly string[],
): Promise<void> {
  const name = [table, "by", ...columns].join("_");
  await schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
    .execute();
}
