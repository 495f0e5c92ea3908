/** Where an agency keeps what it issues: a file in the home folder, or a PostgreSQL database. */
import { dirname, join } from "node:path";
import { agencyStore } from "../../adapters/agency-store/agency-store.ts";
import { migrate } from "../../adapters/agency-store/migrations.ts";
import { openPostgresDatabase } from "../../adapters/agency-store/postgres-database.ts";
import { openSqliteDatabase } from "../../adapters/agency-store/sqlite-database.ts";
import type { StoreDatabase } from "../../adapters/agency-store/store-database.ts";
import { hasKeys, openStoreKeys } from "../../adapters/agency-store/store-keys.ts";
import { makeFolder } from "../../adapters/store/durable-file.ts";
import { isPostgresUrl } from "../../adapters/store/postgres-connection.ts";
import { databasePassword } from "../../config.ts";
import type { Settings } from "../../config.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";
import { storeKey } from "../keys/keys.ts";
import { primitives, systemClock } from "../system.ts";

/**
 * Close it when done.
 * @throws Problem CONFIGURATION_INVALID, DISK_FAILED, BATCH_DAMAGED, STORE_UNREACHABLE, STORE_TOO_NEW, STORE_KEY_WRONG, KEY_…
 */
export async function openAgencyStore(settings: Settings): Promise<AgencyStore> {
  const database = await openDatabase(settings);
  try {
    await migrate(database);
    const wrapping = await storeKey(settings, await hasKeys(database));
    const keys = await openStoreKeys(database, wrapping);
    return agencyStore(database, keys, { clock: systemClock, primitives });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openDatabase({ home, store }: Settings): Promise<StoreDatabase> {
  const file = store ?? join(home, "agency.sqlite");
  if (isPostgresUrl(file)) return openPostgresDatabase(file, databasePassword());
  await makeFolder(dirname(file));
  return openSqliteDatabase(file);
}
