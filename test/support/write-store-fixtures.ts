/**
 * Writes what stores of this version look like, so that every later version is tested on them. Once, when a
 * version is released; what is there is never written anew.
 *
 *     node test/support/write-store-fixtures.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { openStoreAt, storePlaces } from "./agency-stores.ts";
import type { StoreKind } from "./agency-stores.ts";
import { openServiceAt } from "./service-stores.ts";
import { storeSql } from "./store-dump.ts";
import { fixtureFile } from "./store-fixtures.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];

for (const kind of KINDS) {
  const places = await storePlaces(kind);
  for (const [name, open] of [
    ["agency", openStoreAt],
    ["service", openServiceAt],
  ] as const) {
    const place = await places.newPlace();
    await (await open(place)).store.close();
    const sql = storeSql(place, places.postgres);
    await sql.fill();
    const file = fixtureFile(packageJson.version, name, kind);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, (await sql.schema()) + (await sql.rows()), { flag: "wx" });
    process.stdout.write(`${file}\n`);
  }
  await places.end();
}
