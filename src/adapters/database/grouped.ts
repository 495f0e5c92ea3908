/**
 * Group commit: what is to be written within one turn of the event loop, or while a transaction is under way, is
 * written in one transaction, since making it durable costs the same for one row and for five hundred.
 */
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Transaction } from "kysely";
import { toProblem } from "../../core/problem.ts";
import type { Database } from "./database.ts";

/**
 * Writes what has come together, in the order it came. Rows that two processes may both write are to be
 * written in the order of their keys, or the two could wait for each other.
 * @returns one result for each item, in their order
 */
export type GroupWrite<Tables, Item, Result> = (
  transaction: Transaction<Tables>,
  items: readonly Item[],
) => Promise<readonly Result[]>;

/**
 * @returns a function that resolves once its item is durable. Where a transaction fails, its items are tried
 * again in smaller ones, so that an item no database takes fails alone.
 */
export type Grouped<Tables> = <Item, Result>(
  write: GroupWrite<Tables, Item, Result>,
) => (item: Item) => Promise<Result>;

/** Ten columns a row are within the 32,766 values that a statement of SQLite may have. */
const MOST_ITEMS = 500;
/**
 * From the beginning of one transaction to that of the next where several come one after the other. On a quick disk
 * a service under half its load would otherwise write one or two at a time, and take longer for that than for the rest.
 */
const PACE_MS = 4;

interface Waiting<Tables> {
  readonly writer: Writer<Tables>;
  readonly item: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Writer<Tables> {
  /** In every transaction the writers come in the order they were made, the same in every process. */
  readonly order: number;
  readonly write: GroupWrite<Tables, unknown, unknown>;
}

export class GroupCommit<Tables> {
  readonly #database: Pick<Database<Tables>, "write">;
  #waiting: Waiting<Tables>[] = [];
  #writers = 0;
  #running: Promise<void> | null = null;

  constructor(database: Pick<Database<Tables>, "write">) {
    this.#database = database;
  }

  readonly grouped: Grouped<Tables> = <Item, Result>(write: GroupWrite<Tables, Item, Result>) => {
    const order = this.#writers++;
    const writer = { order, write: write as Writer<Tables>["write"] };
    return (item: Item) => {
      return new Promise<Result>((resolve, reject) => {
        const tell = resolve as (result: unknown) => void;
        this.#waiting.push({ writer, item, resolve: tell, reject });
        this.#running ??= this.#run();
      });
    };
  };

  /** Resolves once nothing waits any more. */
  async end(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await setImmediate();
    for (;;) {
      const dueAt = performance.now() + PACE_MS;
      const group = this.#waiting.splice(0, MOST_ITEMS);
      await this.#commit(group);
      if (this.#waiting.length === 0) break;
      const early = dueAt - performance.now();
      // Who asks alone, again and again, would gain nothing by waiting.
      if (early > 0 && group.length + this.#waiting.length > 2) await setTimeout(early);
    }
    this.#running = null;
  }

  async #commit(group: readonly Waiting<Tables>[]): Promise<void> {
    try {
      const ends = await this.#database.write((transaction) => writeGroup(transaction, group));
      for (const { waiting, results } of ends) {
        for (const [i, { resolve }] of waiting.entries()) resolve(results[i]);
      }
    } catch (error) {
      if (group.length > 1 && isOfOne(error)) await this.#commitHalves(group);
      else for (const { reject } of group) reject(error);
    }
  }

  async #commitHalves(group: readonly Waiting<Tables>[]): Promise<void> {
    const middle = group.length >> 1;
    await this.#commit(group.slice(0, middle));
    await this.#commit(group.slice(middle));
  }
}

interface Ended<Tables> {
  readonly waiting: readonly Waiting<Tables>[];
  /** One for each, to be told once the transaction is committed. */
  readonly results: readonly unknown[];
}

async function writeGroup<Tables>(
  transaction: Transaction<Tables>,
  group: readonly Waiting<Tables>[],
): Promise<readonly Ended<Tables>[]> {
  const byWriter = [...Map.groupBy(group, ({ writer }) => writer)];
  byWriter.sort(([a], [b]) => a.order - b.order);
  const ends: Ended<Tables>[] = [];
  for (const [{ write }, waiting] of byWriter) {
    const items = waiting.map(({ item }) => item);
    ends.push({ waiting, results: await write(transaction, items) });
  }
  return ends;
}

/** A database that is away or busy is so for all of them. */
function isOfOne(error: unknown): boolean {
  const { code } = toProblem(error);
  return code !== "STORE_UNREACHABLE" && code !== "STORE_BUSY";
}
