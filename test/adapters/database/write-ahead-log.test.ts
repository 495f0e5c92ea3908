/** What a service's store says is kept has reached the disk, though SQLite itself did not wait for it. */
import { closeSync, openSync, readdirSync, readlinkSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { stat } from "node:fs/promises";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openSqliteService } from "../../../src/adapters/service-store/service-database.ts";
import { migrate } from "../../../src/adapters/service-store/migrations.ts";
import type {
  ServiceDatabase,
  ServiceTransaction,
} from "../../../src/adapters/service-store/tables.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";

const [NORMAL, FULL] = [1, 2];
/** Enough transactions for the log to be taken over, and by far too few for SQLite to do it by itself. */
const MANY = 600;

async function synchronous(db: ServiceDatabase["db"]): Promise<unknown> {
  const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db);
  return rows[0]?.synchronous;
}

/** Puts in the place of the store's own descriptor of the log, the later one, a file that can't be synced. */
function breakLog(place: string): void {
  const descriptors = readdirSync("/proc/self/fd").map(Number);
  const logs = descriptors.filter((descriptor) => targetOf(descriptor) === `${place}-wal`);
  const own = Math.max(...logs);
  closeSync(own);
  const others: number[] = [];
  for (let next = openSync("/dev/null", "r"); next !== own; next = openSync("/dev/null", "r")) {
    others.push(next);
  }
  for (const other of others) closeSync(other);
}

function targetOf(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${String(descriptor)}`);
  } catch {
    return null;
  }
}

describe("a service's store in a file of SQLite", () => {
  let places: StorePlaces;
  let place: string;
  let database: ServiceDatabase;

  const lock = (subject: string) => (transaction: ServiceTransaction) => {
    return transaction.insertInto("lockout").values({ subject, until: 1 }).execute();
  };
  const locked = async (): Promise<readonly string[]> => {
    const rows = await database.db.selectFrom("lockout").select("subject").execute();
    return rows.map(({ subject }) => subject);
  };

  beforeEach(async () => {
    places = await storePlaces("SQLite");
    place = await places.newPlace();
    database = openSqliteService(place);
    await migrate(database);
  });
  afterEach(async () => {
    await database.close();
    await places.end();
  });

  it("waits for the disk itself only outside of transactions", async () => {
    expect(await database.write((transaction) => synchronous(transaction))).toBe(NORMAL);
    expect(await synchronous(database.db)).toBe(FULL);
  });

  it("waits for it again after a transaction that was rolled back", async () => {
    const broken = database.write(() => Promise.reject(new Error("of the work")));
    await expect(broken).rejects.toThrow("of the work");
    expect(await synchronous(database.db)).toBe(FULL);
  });

  it("goes on with everything else while another process is writing", async () => {
    const other = new DatabaseSync(place);
    const held: number[] = [];
    for (let i = 0; i < 5; i++) {
      other.exec("BEGIN IMMEDIATE");
      const begun = performance.now();
      const written = database.write(lock(`waits ${String(i)}`));
      await setImmediate();
      await setImmediate();
      held.push(performance.now() - begun);
      other.exec("COMMIT");
      await written;
    }
    other.close();
    expect(await locked()).toHaveLength(5);
    // SQLite itself would wait for a second, and everything else with it.
    expect(Math.min(...held)).toBeLessThan(10);
  });

  it("takes the log over into the database while it goes on, on a thread of its own", async () => {
    const bytes = async (): Promise<number> => (await stat(place)).size;
    const before = await bytes();
    for (let i = 0; i < MANY; i++) await database.write(lock(`${String(i)} ${"x".repeat(200)}`));
    while ((await bytes()) < before + MANY * 200) await sleep(5);
    await database.close();
    database = openSqliteService(place);
    expect(await locked()).toHaveLength(MANY);
  });

  it("says of nothing that it is kept once the disk has failed", async () => {
    await database.write(lock("before"));
    breakLog(place);
    await expect(database.write(lock("meanwhile"))).rejects.toMatchObject({ code: "DISK_FAILED" });
    await expect(database.write(lock("after"))).rejects.toMatchObject({ code: "DISK_FAILED" });
    expect(await locked()).not.toContain("after");
  });

  it("refuses all of a group that the disk did not take, and writes none of it twice", async () => {
    const keep = database.grouped(async (transaction, subjects: readonly string[]) => {
      for (const subject of subjects) await lock(subject)(transaction);
      return subjects;
    });
    breakLog(place);
    const ends = await Promise.allSettled(["a", "b", "c"].map(keep));
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await locked()).toEqual(["a", "b", "c"]);
  });
});
