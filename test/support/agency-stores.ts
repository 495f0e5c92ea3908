/** Agency's stores of their own for tests, in SQLite and in PostgreSQL. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agencyStore } from "../../src/adapters/agency-store/agency-store.ts";
import { migrate } from "../../src/adapters/agency-store/migrations.ts";
import { openPostgresDatabase } from "../../src/adapters/agency-store/postgres-database.ts";
import { openSqliteDatabase } from "../../src/adapters/agency-store/sqlite-database.ts";
import type { StoreDatabase } from "../../src/adapters/agency-store/store-database.ts";
import { openStoreKeys } from "../../src/adapters/agency-store/store-keys.ts";
import { wrappingWith } from "../../src/adapters/keys/file-wrapping.ts";
import { isPostgresUrl } from "../../src/adapters/store/postgres-connection.ts";
import { primitives, systemClock } from "../../src/main/system.ts";
import type { AgencyStore } from "../../src/ports/agency-store.ts";
import type { KeyWrapping } from "../../src/ports/keys.ts";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";

export type StoreKind = "SQLite" | "PostgreSQL";

export const STORE_KEY = wrappingWith(new Uint8Array(32).fill(7));

export interface OpenedStore {
  readonly store: AgencyStore;
  /** What it stands on, to damage it and to look into it. */
  readonly database: StoreDatabase;
}

/** Of one kind: each place is an empty store's. */
export interface StorePlaces {
  readonly postgres: Postgres | null;
  newPlace(): Promise<string>;
  end(): Promise<void>;
}

export async function storePlaces(kind: StoreKind): Promise<StorePlaces> {
  const folder = mkdtempSync(join(tmpdir(), "lz-stores-"));
  const postgres = kind === "SQLite" ? null : await startPostgres();
  const newName = (): string => `s${randomBytes(6).toString("hex")}`;
  return {
    postgres,
    newPlace: async () => {
      const name = newName();
      if (postgres === null) return join(folder, `${name}.sqlite`);
      await postgres.run(`CREATE DATABASE ${name}`);
      return postgres.url(name);
    },
    end: async () => {
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param place a path, or an address of a PostgreSQL database */
export async function openStoreAt(
  place: string,
  key: KeyWrapping = STORE_KEY,
): Promise<OpenedStore> {
  const database = isPostgresUrl(place)
    ? openPostgresDatabase(place, null)
    : openSqliteDatabase(place);
  try {
    await migrate(database);
    const keys = await openStoreKeys(database, key);
    const store = agencyStore(database, keys, { clock: systemClock, primitives });
    return { store, database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
