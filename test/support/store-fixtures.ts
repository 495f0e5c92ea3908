/** Stores as released versions have left them: SQL that makes one, for each version, store and database. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { StoreKind } from "./agency-stores.ts";

const FOLDER = join(import.meta.dirname, "..", "vectors", "stores");

export function fixtureFile(version: string, store: "agency" | "service", kind: StoreKind): string {
  return join(FOLDER, version, `${store}.${kind.toLowerCase()}.sql`);
}

export function releasedVersions(): readonly string[] {
  return readdirSync(FOLDER).sort();
}
