/** A database that an agency's store is kept in: what SQLite and PostgreSQL do each in their own way. */
import type { Kysely, RawBuilder, Transaction } from "kysely";
import type { AgencyLock } from "../../ports/agency-store.ts";
import type { Tables } from "./tables.ts";

/** The types of columns, and what a table's definition ends with. */
export interface ColumnTypes {
  readonly bytes: RawBuilder<unknown>;
  readonly integer: RawBuilder<unknown>;
  readonly table: RawBuilder<unknown>;
  /** Of a table that is nothing but its key. */
  readonly keyTable: RawBuilder<unknown>;
  /** What is to be said of the tables once they are there. */
  readonly afterwards: readonly RawBuilder<unknown>[];
}

/** Whatever goes wrong is a Problem: DISK_FAILED, STORE_BUSY, STORE_UNREACHABLE, BATCH_DAMAGED. */
export interface StoreDatabase {
  /** A path, or an address without any password. */
  readonly name: string;
  readonly types: ColumnTypes;
  readonly db: Kysely<Tables>;
  /** All or nothing, durable once it returns; nobody else writes meanwhile. */
  readonly write: <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;
  /** Likewise, while what it changes need leave no trace: what only a destroyed key could read. */
  writeAway(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void>;
  /** Held until no two processes can make the tables at the same time. */
  writeSchema(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void>;
  hasTable(name: string): Promise<boolean>;
  /** Null where another process has it. */
  lock(): Promise<AgencyLock | null>;
  /** Removes what an overwritten key may have left behind, as far as the database can. */
  scrub(table: "page_key" | "job_key"): Promise<void>;
  /** Bytes on the disk. */
  size(): Promise<number>;
  close(): Promise<void>;
}
