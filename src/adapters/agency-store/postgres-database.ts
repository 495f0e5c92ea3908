/** An agency's store in PostgreSQL, where several machines share it. */
import { Kysely, PostgresDialect, sql } from "kysely";
import type { Transaction } from "kysely";
import { Client, DatabaseError, Pool, types as textTypes } from "pg";
import type { CustomTypesConfig, ClientConfig } from "pg";
import { Problem } from "../../core/problem.ts";
import type { AgencyLock } from "../../ports/agency-store.ts";
import { isUnreachable, postgresConfig, postgresName } from "../store/postgres-connection.ts";
import { guardedDialect } from "./guarded-dialect.ts";
import type { ColumnTypes, StoreDatabase } from "./store-database.ts";
import type { Tables } from "./tables.ts";

/** Of what is encrypted or hashed nothing can be compressed: kept as it is, a part is read without the rest. */
const EXTERNAL = ["tree_chunk.nodes", "chunk_numbers.digests", "page.content"];
const TYPES: ColumnTypes = {
  bytes: sql`bytea`,
  integer: sql`bigint`,
  table: sql``,
  keyTable: sql``,
  afterwards: EXTERNAL.map((place) => {
    const [table, column] = place.split(".") as [string, string];
    return sql`ALTER TABLE ${sql.id(table)} ALTER COLUMN ${sql.id(column)} SET STORAGE EXTERNAL`;
  }),
};
/** Locks of a database are known by numbers: these say 'Liangzheng' and which of its two. */
const LOCK_CLASS = 0x6c7a;
const ISSUING = 1;
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

/**
 * @param password for an address without one, before ~/.pgpass is asked
 * @throws Problem CONFIGURATION_INVALID
 */
export function openPostgresDatabase(url: string, password: string | null): StoreDatabase {
  const { name, config } = addressOf(url, password);
  return new PostgresDatabase(name, config);
}

function addressOf(
  url: string,
  password: string | null,
): { readonly name: string; readonly config: ClientConfig } {
  const name = postgresName(url);
  const invalid = (why: string, cause?: unknown): Problem =>
    new Problem("CONFIGURATION_INVALID", `LZ_STORE: ${why}`, cause);
  if (name === null) throw invalid("postgres://user@host/database expected");
  try {
    return { name, config: { ...postgresConfig(url, password), types: VALUE_TYPES } };
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
}

/** The issuing lock as this process holds it. */
interface HeldLock {
  readonly client: Client;
  /** The server's process that holds it for us. */
  readonly process: number;
  isLost: boolean;
}

class PostgresDatabase implements StoreDatabase {
  readonly name: string;
  readonly types = TYPES;
  readonly db: Kysely<Tables>;
  readonly #config: ClientConfig;
  #held: HeldLock | null = null;

  constructor(name: string, config: ClientConfig) {
    this.name = name;
    this.#config = config;
    const pool = new Pool({ ...config, max: MOST_CONNECTIONS });
    // A connection that breaks off while it is idle is replaced; one in use tells its query, and besides
    // says so itself, which would end the process if nobody listened.
    pool
      .on("error", () => undefined)
      .on("connect", (client) => {
        client.on("error", () => undefined);
      });
    const toProblem = (error: unknown): Problem => postgresProblem(name, error);
    this.db = new Kysely({ dialect: guardedDialect(new PostgresDialect({ pool }), toProblem) });
  }

  readonly write: StoreDatabase["write"] = (work) => {
    return this.db.transaction().execute(async (transaction) => {
      await this.#requireLock(transaction);
      return work(transaction);
    });
  };

  writeAway(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    return this.write(work);
  }

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
  async lock(): Promise<AgencyLock | null> {
    const client = new Client(this.#config);
    try {
      await client.connect();
      const { rows } = await client.query<{ got: boolean; process: number }>(
        "SELECT pg_try_advisory_lock($1::int, $2::int) AS got, pg_backend_pid() AS process",
        [LOCK_CLASS, ISSUING],
      );
      const [row] = rows;
      if (row?.got === true) return this.#hold({ client, process: row.process, isLost: false });
      await client.end();
      return null;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw postgresProblem(this.name, error);
    }
  }

  #hold(held: HeldLock): AgencyLock {
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

  /** Where the lock's connection broke off, another may be issuing already: nothing is written any more. */
  async #requireLock(transaction: Transaction<Tables>): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    const { rows } = await sql`
      SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = ${held.process}
        AND classid = ${LOCK_CLASS} AND objid = ${ISSUING} AND granted`.execute(transaction);
    if (rows.length > 0 && !held.isLost) return;
    throw new Problem(
      "STORE_UNREACHABLE",
      `${this.name}: the connection that holds its lock broke off`,
    );
  }

  /** An overwritten row stays in its table until the table is written anew. */
  async scrub(table: "page_key" | "job_key"): Promise<void> {
    await sql`VACUUM FULL ${sql.table(table)}`.execute(this.db);
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

/** SQLSTATE 53100 is a full disk, class XX what the server itself finds damaged. */
function postgresProblem(name: string, error: unknown): Problem {
  const { message } = error as Error;
  const detail = `${name}: ${message}`;
  const code = error instanceof DatabaseError ? (error.code ?? "") : null;
  if (code === "53100") return new Problem("DISK_FAILED", detail, error);
  if (code?.startsWith("XX") === true) return new Problem("BATCH_DAMAGED", detail, error);
  const isAway = code === null || isUnreachable(code);
  return new Problem(isAway ? "STORE_UNREACHABLE" : "DISK_FAILED", detail, error);
}
