/**
 * Inserts many rows at once without having the same statement put together each time: on the hot path that
 * costs more than the database does.
 */
import { CompiledQuery } from "kysely";
import type { QueryResult, Transaction } from "kysely";
import type { ColumnTypes } from "./database.ts";

export interface RowInsertion {
  readonly table: string;
  readonly columns: readonly string[];
  /** What follows the values, such as `ON CONFLICT DO NOTHING RETURNING key`. */
  readonly ending?: string;
}

/** Rows in one statement; the last ones go in smaller ones. Few sizes, so that each stays prepared. */
const SIZES = [256, 64, 16, 4, 1];

export class RowInserter<Tables, Result = unknown> {
  readonly #insertion: RowInsertion;
  readonly #types: ColumnTypes;
  readonly #statements = new Map<number, string>();

  constructor(types: ColumnTypes, insertion: RowInsertion) {
    this.#types = types;
    this.#insertion = insertion;
  }

  /**
   * @param rows values in the order of the columns
   * @returns what the ending says it returns
   */
  async insert(
    transaction: Transaction<Tables>,
    rows: readonly (readonly unknown[])[],
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (let at = 0; at < rows.length;) {
      const size = SIZES.find((each) => each <= rows.length - at) as number;
      const values = rows.slice(at, at + size).flat();
      const query = CompiledQuery.raw(this.#statement(size), values);
      const found: QueryResult<unknown> = await transaction.executeQuery(query);
      results.push(...(found.rows as Result[]));
      at += size;
    }
    return results;
  }

  #statement(size: number): string {
    const known = this.#statements.get(size);
    if (known !== undefined) return known;
    const { table, columns, ending = "" } = this.#insertion;
    const rows = Array.from({ length: size }, (_, row) => {
      const places = columns.map((_, i) => this.#types.placeholder(row * columns.length + i + 1));
      return `(${places.join()})`;
    });
    const names = columns.map((column) => `"${column}"`).join();
    const statement = `INSERT INTO "${table}" (${names}) VALUES ${rows.join()} ${ending}`;
    this.#statements.set(size, statement);
    return statement;
  }
}
