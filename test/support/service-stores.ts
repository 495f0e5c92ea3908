/** Services' stores of their own for tests, in SQLite and in PostgreSQL. */
import { migrate } from "../../src/adapters/service-store/migrations.ts";
import {
  openPostgresService,
  openSqliteService,
} from "../../src/adapters/service-store/service-database.ts";
import { serviceStore } from "../../src/adapters/service-store/service-store.ts";
import type { ServiceDatabase } from "../../src/adapters/service-store/tables.ts";
import { isPostgresUrl } from "../../src/adapters/store/postgres-connection.ts";
import { systemClock } from "../../src/main/system.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ServiceStore } from "../../src/ports/service-store.ts";

export interface OpenedServiceStore {
  readonly store: ServiceStore;
  /** What it stands on, to damage it and to look into it. */
  readonly database: ServiceDatabase;
}

/**
 * As an instance opens it. Empty places of both kinds: `storePlaces(kind)` of agency-stores.ts.
 * @param place a path, ":memory:", or an address of a PostgreSQL database
 */
export async function openServiceAt(
  place: string,
  clock: Clock = systemClock,
): Promise<OpenedServiceStore> {
  const database = isPostgresUrl(place)
    ? await openPostgresService(place, null)
    : openSqliteService(place);
  try {
    await migrate(database);
    return { store: serviceStore(database, clock), database };
  } catch (error) {
    await database.close();
    throw error;
  }
}
