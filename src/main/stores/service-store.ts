/** Where all instances of one service keep what they share: a file in the home folder, or a PostgreSQL database. */
import { dirname } from "node:path";
import { migrate } from "../../adapters/service-store/migrations.ts";
import {
  openPostgresService,
  openSqliteService,
} from "../../adapters/service-store/service-database.ts";
import { serviceStore } from "../../adapters/service-store/service-store.ts";
import type { ServiceDatabase } from "../../adapters/service-store/tables.ts";
import { makeFolder } from "../../adapters/store/durable-file.ts";
import { isPostgresUrl } from "../../adapters/store/postgres-connection.ts";
import { databasePassword } from "../../config.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceStore } from "../../ports/service-store.ts";

export interface ServiceStorePlace {
  /** A path, ":memory:", or the address of a PostgreSQL database. */
  readonly place: string;
  readonly clock: Clock;
}

/**
 * Close it when done.
 * @throws Problem CONFIGURATION_INVALID, DISK_FAILED, STORE_DAMAGED, STORE_UNREACHABLE, STORE_TOO_NEW
 */
export async function openServiceStore({ place, clock }: ServiceStorePlace): Promise<ServiceStore> {
  const database = await openDatabase(place);
  try {
    await migrate(database);
    return serviceStore(database, clock);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openDatabase(place: string): Promise<ServiceDatabase> {
  if (isPostgresUrl(place)) return openPostgresService(place, databasePassword());
  if (place !== ":memory:") await makeFolder(dirname(place));
  return openSqliteService(place);
}
