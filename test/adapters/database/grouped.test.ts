import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { Problem } from "../../../src/core/problem.ts";
import { GroupCommit } from "../../../src/adapters/database/grouped.ts";
import type { GroupWrite } from "../../../src/adapters/database/grouped.ts";

type Recorded = GroupWrite<unknown, string, string>;

/** A database that counts its transactions and forgets what was not committed. */
function newDatabase(): {
  database: ConstructorParameters<typeof GroupCommit>[0];
  committed: string[][];
} {
  const committed: string[][] = [];
  const write = async <T>(work: (transaction: never) => Promise<T>): Promise<T> => {
    const written: string[] = [];
    const result = await work(written as never);
    committed.push(written);
    return result;
  };
  return { database: { write }, committed };
}

const record: Recorded = (transaction, items) => {
  (transaction as unknown as string[]).push(...items);
  return Promise.resolve(items.map((item) => `kept ${item}`));
};

describe("group commit", () => {
  it("writes what comes within one turn in one transaction, and tells each caller its own", async () => {
    const { database, committed } = newDatabase();
    const keep = new GroupCommit(database).grouped(record);
    expect(await Promise.all([keep("a"), keep("b"), keep("c")])).toEqual([
      "kept a",
      "kept b",
      "kept c",
    ]);
    expect(committed).toEqual([["a", "b", "c"]]);
  });

  it("gathers what comes while a transaction is under way for the next", async () => {
    const { database, committed } = newDatabase();
    const { grouped } = new GroupCommit(database);
    let later: Promise<string>[] = [];
    const keep = grouped(record);
    const keepSlowly = grouped<string, string>(async (...args) => {
      later = ["b", "c"].map(keep);
      return record(...args);
    });
    await keepSlowly("a");
    await Promise.all(later);
    expect(committed).toEqual([["a"], ["b", "c"]]);
  });

  it("writes many at once for many who come one after the other, however quick the disk", async () => {
    const { database, committed } = newDatabase();
    const keep = new GroupCommit(database).grouped<string, string>(async (...args) => {
      await setImmediate();
      return record(...args);
    });
    const begun = performance.now();
    const kept: Promise<string>[] = [];
    for (let turn = 0; turn < 100; turn++) {
      kept.push(keep(`${String(turn)} a`), keep(`${String(turn)} b`));
      await setImmediate();
    }
    await Promise.all(kept);
    const milliseconds = performance.now() - begun;
    expect(committed.length).toBeLessThan(3 + milliseconds / 2);
  });

  it("does not have one wait who asks alone, again and again", async () => {
    const { database, committed } = newDatabase();
    const keep = new GroupCommit(database).grouped(record);
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const begun = performance.now();
      for (let i = 0; i < 40; i++) await keep(`${String(round)} ${String(i)}`);
      times.push(performance.now() - begun);
    }
    expect(Math.min(...times)).toBeLessThan(120);
    expect(committed).toHaveLength(200);
  });

  it("writes features in the order they were made, whoever comes first", async () => {
    const { database, committed } = newDatabase();
    const { grouped } = new GroupCommit(database);
    const [first, second] = [grouped(record), grouped(record)];
    await Promise.all([second("2"), first("1")]);
    expect(committed).toEqual([["1", "2"]]);
  });

  it("holds at most five hundred in one transaction", async () => {
    const { database, committed } = newDatabase();
    const keep = new GroupCommit(database).grouped(record);
    await Promise.all(Array.from({ length: 501 }, (_, i) => keep(String(i))));
    expect(committed.map(({ length }) => length)).toEqual([500, 1]);
  });

  it("lets an item that can't be written fail alone", async () => {
    const { database, committed } = newDatabase();
    const keep = new GroupCommit(database).grouped<string, string>((transaction, items) => {
      if (items.includes("bad")) throw new Problem("DISK_FAILED", "no such text");
      return record(transaction, items);
    });
    const answers = await Promise.allSettled(["a", "bad", "b", "c"].map(keep));
    expect(answers.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(committed).toEqual([["a"], ["b", "c"]]);
  });

  it("tells everyone at once where the database is away", async () => {
    let tries = 0;
    const away = (): Promise<never> => {
      tries++;
      throw new Problem("STORE_UNREACHABLE", "gone");
    };
    const keep = new GroupCommit({ write: away }).grouped(record);
    const answers = await Promise.allSettled(["a", "b", "c"].map(keep));
    expect(answers.every(({ status }) => status === "rejected")).toBe(true);
    expect(tries).toBe(1);
  });

  it("is done when nothing waits any more", async () => {
    const { database, committed } = newDatabase();
    const commit = new GroupCommit(database);
    void commit.grouped(record)("a");
    await commit.end();
    expect(committed).toEqual([["a"]]);
  });
});
