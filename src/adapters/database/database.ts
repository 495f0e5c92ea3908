/** A database that a store is kept in: what SQLite and PostgreSQL do each in their own way. */
import type { Kysely, RawBuilder, Transaction } from "kysely";

/** The types of columns, and what a table's definition ends with. */
export interface ColumnTypes {
  /** The time by the database's own clock, in milliseconds since 1970. */
  readonly now: RawBuilder<number>;
  readonly bytes: RawBuilder<unknown>;
  readonly integer: RawBuilder<unknown>;
  readonly table: RawBuilder<unknown>;
  /** Of a table that is nothing but its key. */
  readonly keyTable: RawBuilder<unknown>;
  /** How a statement names its nth value, counted from 1. */
  placeholder(number: number): string;
  /** What says that a column's values can't be compressed, so that a part can be read without the rest. */
  uncompressed(table: string, column: string): readonly RawBuilder<unknown>[];
}

/** Held by one process at a time: the system or the server lets go of it when the process ends, however it ends. */
export interface DatabaseLock {
  release(): Promise<void>;
}

/** Whatever goes wrong is a Problem: DISK_FAILED, STORE_BUSY, STORE_UNREACHABLE, or what it is called when damaged. */
export interface Database<Tables> {
  /** A path, or an address without any password. */
  readonly name: string;
  readonly types: ColumnTypes;
  readonly db: Kysely<Tables>;
  /** All or nothing, durable once it returns. */
  readonly write: <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;
  /** Held until no two processes can make the tables at the same time. */
  writeSchema(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void>;
  hasTable(name: string): Promise<boolean>;
  /** Null where another process has it. */
  lock(): Promise<DatabaseLock | null>;
  /** Bytes on the disk. */
  size(): Promise<number>;
  close(): Promise<void>;
}
