/** Stores of every released version are opened by this one, with all that was in them. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStoreAt, storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import { storeSql } from "../../support/store-dump.ts";
import { fixtureFile, releasedVersions } from "../../support/store-fixtures.ts";

/** What the store alone knows how to fill: opening checks it against the key it is given. */
const OPENED = {
  agency: async (place: string) => (await openStoreAt(place)).store.close(),
  service: async (place: string) => (await openServiceAt(place)).store.close(),
} as const;

const STORES = ["agency", "service"] as const;
const VERSIONS = "schema_version";

describe.each(["SQLite", "PostgreSQL"] as const)("stores of released versions in %s", (kind) => {
  let places: StorePlaces;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  afterAll(() => places.end());

  const cases = releasedVersions().flatMap((version) => {
    return STORES.map((store) => ({ version, store }));
  });

  it.each(cases)("$store of $version becomes one of today, with every row", async (released) => {
    const { version, store } = released;
    const [place, fresh] = [await places.newPlace(), await places.newPlace()];
    const old = storeSql(place, places.postgres);
    await old.run(readFileSync(fixtureFile(version, store, kind), "utf8"));
    const before = await old.counts();
    await OPENED[store](place);
    await OPENED[store](fresh);
    const now = storeSql(fresh, places.postgres);
    expect(await old.schema()).toBe(await now.schema());
    const after = await old.counts();
    const kept = Object.keys(before).filter((table) => table !== VERSIONS);
    expect(kept.map((table) => [table, after[table]])).toEqual(
      kept.map((table) => [table, before[table]]),
    );
    expect(after[VERSIONS]).toBe((await now.counts())[VERSIONS]);
  });
});
