/**
 * A dialect of Kysely whose every error is a Problem, so that nobody above need know databases' own errors, and
 * that waits for a database that another is writing to.
 */
import { setTimeout } from "node:timers/promises";
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from "kysely";
import { Problem } from "../../core/problem.ts";

/** As long as anyone's transaction should take. */
const PATIENCE_MS = 10_000;
/** Others hold it for less than a millisecond, mostly. */
const PAUSE_MS = 1;

export type ToProblem = (error: unknown) => Problem;

export function guardedDialect(dialect: Dialect, toProblem: ToProblem): Dialect {
  return {
    createDriver: () => new GuardedDriver(dialect.createDriver(), toProblem),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

class GuardedDriver implements Driver {
  readonly #driver: Driver;
  readonly #toProblem: ToProblem;

  constructor(driver: Driver, toProblem: ToProblem) {
    this.#driver = driver;
    this.#toProblem = toProblem;
  }

  init(): Promise<void> {
    return this.#guarded(() => this.#driver.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await this.#guarded(() => this.#driver.acquireConnection());
    return new GuardedConnection(connection, this.#toProblem);
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#guarded(() => this.#driver.beginTransaction(connection, settings));
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#guarded(() => this.#driver.commitTransaction(connection));
  }

  /** What it is rolled back for is what is said; a connection that broke off has rolled back already. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#driver.rollbackTransaction(inner(connection)).catch(() => undefined);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(inner(connection));
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asProblem(error, this.#toProblem);
    }
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly connection: DatabaseConnection;
  readonly #toProblem: ToProblem;

  constructor(connection: DatabaseConnection, toProblem: ToProblem) {
    this.connection = connection;
    this.#toProblem = toProblem;
  }

  /** A statement that a busy database refused has changed nothing: it can be given again. */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (const until = Date.now() + PATIENCE_MS; ;) {
      try {
        return await this.connection.executeQuery<R>(query);
      } catch (error) {
        const problem = asProblem(error, this.#toProblem);
        if (problem.code !== "STORE_BUSY" || Date.now() > until) throw problem;
        await setTimeout(PAUSE_MS);
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<R>> {
    return this.connection.streamQuery<R>(query, size);
  }
}

function inner(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof GuardedConnection ? connection.connection : connection;
}

function asProblem(error: unknown, toProblem: ToProblem): Problem {
  return error instanceof Problem ? error : toProblem(error);
}
