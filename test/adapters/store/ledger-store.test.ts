import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { openLedgerStore } from "../../../src/adapters/store/ledger-store.ts";
import type { LedgerFile } from "../../../src/adapters/store/ledger-store.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { ZERO_HASH } from "../../../src/core/ledger/state.ts";
import type { Cursor } from "../../../src/ports/ledger-store.ts";
import { IDENTITY, tellUsualStory } from "../../support/ledger-story.ts";

let folder: string;
let events: readonly LedgerEvent[];
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-store-"));
  ({ events } = tellUsualStory(await loadPrimitives()));
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, `${String(++count)}.db`);
const cursorAt = (number: number): Cursor => ({
  number,
  hash: ZERO_HASH,
  time: number,
  identity: IDENTITY,
});

async function allOf(store: LedgerFile): Promise<LedgerEvent[]> {
  const all: LedgerEvent[] = [];
  for await (const event of store.events(-1)) all.push(event);
  return all;
}

describe("the events that a verifier keeps", () => {
  it("are none in a new store", async () => {
    const store = await openLedgerStore(":memory:");
    expect(await store.cursor()).toBeNull();
    expect(await allOf(store)).toEqual([]);
    await store.close();
  });

  it("are there again after a restart, in their order, with the place", async () => {
    const file = newFile();
    const first = await openLedgerStore(file);
    await first.append(events.slice(0, 3), cursorAt(3));
    await first.append(events.slice(3), cursorAt(20));
    await first.close();
    const second = await openLedgerStore(file);
    expect(await second.cursor()).toEqual(cursorAt(20));
    expect(await allOf(second)).toEqual(events);
    await second.close();
  });

  it("are read whole, also where they are thousands", async () => {
    const store = await openLedgerStore(":memory:");
    const [event] = events as [LedgerEvent];
    const many = Array.from({ length: 2_000 }, (_, i): LedgerEvent => {
      return { ...event, position: { ...event.position, block: i >> 3, logIndex: i & 7 } };
    });
    await store.append(many.toReversed(), cursorAt(250));
    expect(await allOf(store)).toEqual(many);
    await store.close();
  });

  it("and the place go in together or not at all", async () => {
    const store = await openLedgerStore(newFile());
    await store.append(events.slice(0, 2), cursorAt(2));
    const twice = store.append([...events.slice(2, 4), ...events.slice(0, 1)], cursorAt(9));
    await expect(twice).rejects.toThrow();
    expect(await store.cursor()).toEqual(cursorAt(2));
    expect(await allOf(store)).toEqual(events.slice(0, 2));
    await store.append(events.slice(2), cursorAt(9));
    expect(await allOf(store)).toEqual(events);
    await store.close();
  });
});

describe("a store that can't be opened", () => {
  it("says DISK_FAILED and which: no folder, a folder, another kind of file", async () => {
    const text = newFile();
    await writeFile(text, "this is no database, but it is long enough to be looked at ".repeat(50));
    for (const file of [join(folder, "none", "x.db"), folder, text]) {
      await expect(openLedgerStore(file)).rejects.toMatchObject({
        code: "DISK_FAILED",
        detail: file,
      });
    }
  });
});

describe("a store that version 0.1.0 made", () => {
  /** As that version's statements did, without a number of the schema. */
  function oldFile(): string {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec(`
      create table if not exists "ledger_event" ("block" integer not null, "log_index" integer not null,
        "body" text not null, constraint "ledger_event_key" primary key ("block", "log_index"));
      create table if not exists "ledger_cursor" ("id" integer primary key, "body" text not null);
      create table if not exists "ledger_snapshot" ("part" integer primary key, "content" blob not null);
      create table if not exists "seen_presentation" ("key" text primary key, "expires_at" integer not null);
      insert into "seen_presentation" values ('a', 1);`);
    const insert = database.prepare("insert into ledger_event values (?, ?, ?)");
    for (const event of events) {
      insert.run(event.position.block, event.position.logIndex, JSON.stringify(event));
    }
    database.prepare("insert into ledger_cursor values (1, ?)").run(JSON.stringify(cursorAt(20)));
    database.close();
    return file;
  }

  it("is opened with all that it holds and brought forward, once", async () => {
    const file = oldFile();
    for (let i = 0; i < 2; i++) {
      const store = await openLedgerStore(file);
      expect(await store.cursor()).toEqual(cursorAt(20));
      expect(await store.ahead()).toBeNull();
      expect(await store.snapshot()).toBeNull();
      expect(await allOf(store)).toEqual(events);
      await store.close();
    }
    const database = new DatabaseSync(file);
    const names = database.prepare("select name from sqlite_schema where type = 'table'").all();
    expect(names.map(({ name }) => name).toSorted()).toEqual([
      "ledger_cursor",
      "ledger_event",
      "ledger_snapshot",
      "schema_version",
    ]);
    database.close();
  });

  it("and one that a later version made is refused: STORE_TOO_NEW", async () => {
    const file = newFile();
    await (await openLedgerStore(file)).close();
    const database = new DatabaseSync(file);
    database.exec("insert into schema_version values (99)");
    database.close();
    await expect(openLedgerStore(file)).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
  });
});

describe("events that are not confirmed yet", () => {
  it("are kept with their end, confirmed with what comes after them, or forgotten", async () => {
    const store = await openLedgerStore(":memory:");
    const { identity: _, ...end } = cursorAt(4);
    await store.append(events.slice(0, 2), cursorAt(2));
    await store.appendAhead(events.slice(2, 4), end);
    expect(await store.cursor()).toEqual(cursorAt(2));
    expect(await store.ahead()).toEqual(end);
    expect(await allOf(store)).toEqual(events.slice(0, 4));
    await store.dropAhead();
    expect(await store.ahead()).toBeNull();
    expect(await allOf(store)).toEqual(events.slice(0, 2));
    await store.appendAhead(events.slice(2, 4), end);
    await store.append(events.slice(4), cursorAt(20));
    expect(await store.ahead()).toBeNull();
    expect(await store.cursor()).toEqual(cursorAt(20));
    expect(await allOf(store)).toEqual(events);
    await store.close();
  });

  it("are all there are in a store without a cursor, and gone without a trace", async () => {
    const store = await openLedgerStore(":memory:");
    const { identity: _, ...end } = cursorAt(4);
    await store.appendAhead(events, end);
    await store.dropAhead();
    expect(await allOf(store)).toEqual([]);
    await store.close();
  });
});
