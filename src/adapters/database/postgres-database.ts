/** A store's database in PostgreSQL, where several processes or machines share it. */
import { Kysely, PostgresDialect, sql } from "kysely";
import type { Transaction } from "kysely";
import { Client, DatabaseError, Pool, types as textTypes } from "pg";
import type { CustomTypesConfig, ClientConfig } from "pg";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import { isUnreachable, postgresConfig, postgresName } from "../store/postgres-connection.ts";
import type { ColumnTypes, Database, DatabaseLock } from "./database.ts";
import { guardedDialect } from "./guarded-dialect.ts";

const TYPES: ColumnTypes = {
  now: sql`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)`,
  bytes: sql`bytea`,
  integer: sql`bigint`,
  table: sql``,
  keyTable: sql``,
  placeholder: (number) => `$${String(number)}`,
  uncompressed: (table, column) => [
    sql`ALTER TABLE ${sql.id(table)} ALTER COLUMN ${sql.id(column)} SET STORAGE EXTERNAL`,
  ],
};
/** Locks of a database are known by numbers: these say 'Liangzheng', and what is locked. */
const LOCK_CLASS = 0x6c7a;
const SCHEMA = 2;
const MOST_CONNECTIONS = 4;

/** Whole numbers as numbers: all that are kept are below 2^53. */
const VALUE_TYPES: CustomTypesConfig = {
  getTypeParser: (type, format) => {
    return type === textTypes.builtins.INT8
      ? Number
      : (textTypes.getTypeParser(type, format) as (text: string) => unknown);
  },
};

export interface PostgresPlace {
  readonly url: string;
  /** For an address without one, before ~/.pgpass is asked. */
  readonly password: string | null;
  /** Where the address was said, for whoever has to mend it. */
  readonly setting: string;
  /** What a database is called that the server itself finds damaged. */
  readonly damaged: ProblemCode;
  /** Among the locks of a database: what `lock` takes. Not 2, which is the schema's. */
  readonly lock: number;
  /** Whether a process that took the lock and lost it may write no more: another may be at it already. */
  readonly isFenced: boolean;
}

/** The lock as this process holds it. */
interface HeldLock {
  readonly client: Client;
  /** The server's process that holds it for us. */
  readonly process: number;
  isLost: boolean;
}

export class PostgresDatabase<Tables> implements Database<Tables> {
  readonly name: string;
  readonly types = TYPES;
  readonly db: Kysely<Tables>;
  readonly #place: PostgresPlace;
  readonly #config: ClientConfig;
  #held: HeldLock | null = null;

  /** @throws Problem CONFIGURATION_INVALID */
  constructor(place: PostgresPlace) {
    const { name, config } = addressOf(place);
    this.name = name;
    this.#place = place;
    this.#config = config;
    const pool = new Pool({ ...config, max: MOST_CONNECTIONS });
    // A connection that breaks off while it is idle is replaced; one in use tells its query, and besides
    // says so itself, which would end the process if nobody listened.
    pool
      .on("error", () => undefined)
      .on("connect", (client) => {
        client.on("error", () => undefined);
      });
    const toProblem = (error: unknown): Problem => this.#problemOf(error);
    this.db = new Kysely({ dialect: guardedDialect(new PostgresDialect({ pool }), toProblem) });
  }

  readonly write: Database<Tables>["write"] = (work) => {
    return this.db.transaction().execute(async (transaction) => {
      if (this.#place.isFenced) await this.#requireLock(transaction);
      return work(transaction);
    });
  };

  writeSchema(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    return this.db.transaction().execute(async (transaction) => {
      await sql`SELECT pg_advisory_xact_lock(${LOCK_CLASS}::int, ${SCHEMA}::int)`.execute(
        transaction,
      );
      await work(transaction);
    });
  }

  async hasTable(name: string): Promise<boolean> {
    const { rows } = await sql<{ is_there: boolean }>`
      SELECT to_regclass(${name}) IS NOT NULL AS is_there`.execute(this.db);
    return rows[0]?.is_there === true;
  }

  /** The server lets go of it when the connection ends, which is when the process does. */
  async lock(): Promise<DatabaseLock | null> {
    const client = new Client(this.#config);
    try {
      await client.connect();
      const { rows } = await client.query<{ got: boolean; process: number }>(
        "SELECT pg_try_advisory_lock($1::int, $2::int) AS got, pg_backend_pid() AS process",
        [LOCK_CLASS, this.#place.lock],
      );
      const [row] = rows;
      if (row?.got === true) return this.#hold({ client, process: row.process, isLost: false });
      await client.end();
      return null;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw this.#problemOf(error);
    }
  }

  #hold(held: HeldLock): DatabaseLock {
    this.#held = held;
    const lose = (): void => {
      held.isLost = true;
    };
    held.client.on("error", lose).on("end", lose);
    return {
      release: async () => {
        if (this.#held === held) this.#held = null;
        await held.client.end().catch(() => undefined);
      },
    };
  }

  /** Where the lock's connection broke off, another may be writing already. */
  async #requireLock(transaction: Transaction<Tables>): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    const { rows } = await sql`
      SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = ${held.process}
        AND classid = ${LOCK_CLASS} AND objid = ${this.#place.lock} AND granted`.execute(
      transaction,
    );
    if (rows.length > 0 && !held.isLost) return;
    throw new Problem(
      "STORE_UNREACHABLE",
      `${this.name}: the connection that holds its lock broke off`,
    );
  }

  /** SQLSTATE 53100 is a full disk, class XX what the server itself finds damaged. */
  #problemOf(error: unknown): Problem {
    const { message } = error as Error;
    const detail = `${this.name}: ${message}`;
    const code = error instanceof DatabaseError ? (error.code ?? "") : null;
    if (code === "53100") return new Problem("DISK_FAILED", detail, error);
    if (code?.startsWith("XX") === true) return new Problem(this.#place.damaged, detail, error);
    const isAway = code === null || isUnreachable(code);
    return new Problem(isAway ? "STORE_UNREACHABLE" : "DISK_FAILED", detail, error);
  }

  async size(): Promise<number> {
    const { rows } = await sql<{ size: number }>`
      SELECT pg_database_size(current_database()) AS size`.execute(this.db);
    return rows[0]?.size ?? 0;
  }

  async close(): Promise<void> {
    await this.#held?.client.end().catch(() => undefined);
    this.#held = null;
    await this.db.destroy();
  }
}

function addressOf({ url, password, setting }: PostgresPlace): {
  readonly name: string;
  readonly config: ClientConfig;
} {
  const name = postgresName(url);
  const invalid = (why: string, cause?: unknown): Problem =>
    new Problem("CONFIGURATION_INVALID", `${setting}: ${why}`, cause);
  if (name === null) throw invalid("postgres://user@host/database expected");
  try {
    return { name, config: { ...postgresConfig(url, password), types: VALUE_TYPES } };
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
}
