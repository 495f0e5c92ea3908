/**
 * The database of a service's store. In SQLite a write-ahead log: many small transactions, and readers
 * that wait for no writer; synchronised so that what was committed survives a power cut.
 */
import type { Database } from "../database/database.ts";
import { GroupCommit } from "../database/grouped.ts";
import { openSqlite } from "../database/sqlite-database.ts";
import type { ServiceDatabase, Tables } from "./tables.ts";

/** SQLite itself takes the log over into the database each 64 MB only, since that holds up the whole process: see Checkpoints. */
const SETTINGS = `PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = 16000`;
/** The lock of work that one instance does for all. */
const HOUSEKEEPING = 3;

/** @param file a path, or ":memory:". @throws Problem DISK_FAILED, STORE_DAMAGED */
export function openSqliteService(file: string): ServiceDatabase {
  return withGroups(
    openSqlite<Tables>({
      ...{ file, settings: SETTINGS, damaged: "STORE_DAMAGED", isWaitedForBeside: true },
    }),
  );
}

/**
 * @param password for an address without one, before ~/.pgpass is asked
 * @throws Problem CONFIGURATION_INVALID
 */
export async function openPostgresService(
  url: string,
  password: string | null,
): Promise<ServiceDatabase> {
  const { PostgresDatabase } = await import("../database/postgres-database.ts");
  return withGroups(
    new PostgresDatabase<Tables>({
      ...{ url, password, setting: "LZ_SERVICE_STORE", damaged: "STORE_DAMAGED" },
      ...{ lock: HOUSEKEEPING, isFenced: false },
    }),
  );
}

function withGroups(database: Database<Tables>): ServiceDatabase {
  const groups = new GroupCommit(database);
  const { name, types, db, write } = database;
  return {
    ...{ name, types, db, write, grouped: groups.grouped },
    writeSchema: (work) => database.writeSchema(work),
    hasTable: (table) => database.hasTable(table),
    lock: () => database.lock(),
    size: () => database.size(),
    close: async () => {
      await groups.end();
      await database.close();
    },
  };
}
