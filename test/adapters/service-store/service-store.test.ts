import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";

const LATER = 2_000_000_000;

describe.each(["SQLite", "PostgreSQL"] as const)("a service's store in %s", (kind) => {
  let places: StorePlaces;
  let place: string;
  const opened: OpenedServiceStore[] = [];

  const open = async (at = place): Promise<OpenedServiceStore> => {
    const one = await openServiceAt(at);
    opened.push(one);
    return one;
  };

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  beforeEach(async () => {
    place = await places.newPlace();
  });
  afterEach(async () => {
    for (const { store } of opened.splice(0)) await store.close();
  });
  afterAll(() => places.end());

  it("takes a key once, whichever instance asks and however many at once", async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const uses = Array.from({ length: 200 }, (_, i) => {
      const { store } = i % 2 === 0 ? one : other;
      return store.replays.isFirstUse("one", LATER, null);
    });
    const answers = await Promise.all(uses);
    expect(answers.filter((isFirst) => isFirst)).toHaveLength(1);
  });

  it("takes a key for every attempt at the call that was first, and for no other", async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const by = (i: number) => (i % 5 === 4 ? null : `call ${String(i % 5)}`);
    const uses = Array.from({ length: 200 }, (_, i) => {
      return (i % 2 === 0 ? one : other).store.replays.isFirstUse("one", LATER, by(i));
    });
    const answers = await Promise.all(uses);
    const winners = new Set(answers.flatMap((isFirst, i) => (isFirst ? [by(i)] : [])));
    expect(winners.size).toBe(1);
    const isOfNone = winners.has(null);
    expect(answers.filter((isFirst) => isFirst)).toHaveLength(isOfNone ? 1 : 40);
  });

  it("tells many keys of one moment apart, each in the order it came", async () => {
    const { store } = await open();
    const keys = ["b", "a", "b", "c", "a"];
    const answers = keys.map((key) => store.replays.isFirstUse(key, LATER, null));
    expect(await Promise.all(answers)).toEqual([true, true, false, true, false]);
    expect(await store.replays.isFirstUse("c", LATER, null)).toBe(false);
  });

  it("never lets two instances wait for each other for ever", async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const keys = Array.from({ length: 300 }, (_, i) => `key ${String(i)}`);
    const asked = [
      ...keys.map((key) => one.store.replays.isFirstUse(key, LATER, null)),
      ...keys.toReversed().map((key) => other.store.replays.isFirstUse(key, LATER, null)),
    ];
    const answers = await Promise.all(asked);
    expect(answers.filter((isFirst) => isFirst)).toHaveLength(keys.length);
  });

  it("still knows a key after it was closed", async () => {
    const { store } = await open();
    await store.replays.isFirstUse("kept", LATER, null);
    await store.close();
    opened.pop();
    const again = await open();
    expect(await again.store.replays.isFirstUse("kept", LATER, null)).toBe(false);
  });

  it("refuses a store of a newer version", async () => {
    const { database } = await open();
    await database.db
      .insertInto("schema_version" as never)
      .values({ version: 99 })
      .execute();
    await expect(openServiceAt(place)).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
  });
});

it("is STORE_DAMAGED where its file is no database", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lz-test-"));
  const file = join(folder, "service.sqlite");
  await writeFile(file, "x".repeat(8_192));
  await expect(openServiceAt(file)).rejects.toMatchObject({ code: "STORE_DAMAGED" });
  await rm(folder, { recursive: true });
});
