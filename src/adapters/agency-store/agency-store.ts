/** The agency's store: one schema and one way of working, whichever database it is kept in. */
import { sql } from "kysely";
import type { Primitives } from "../../core/hashing.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AgencyStore, StoreCounts } from "../../ports/agency-store.ts";
import { batchesOf, findBatch, leavesOf, manifestOf, requireBatch } from "./batches.ts";
import { CertificateReader } from "./certificates.ts";
import { eraseCertificate, erasedIn } from "./erasing.ts";
import { beginReading, cancelJob, replacementsOf } from "./intake.ts";
import { claimCodesOf } from "./claim-codes.ts";
import { delegationsOf, holdingsOf } from "./holdings.ts";
import { COUNTING, createJob, findJob, jobForKey, jobOf, listJobs, setState } from "./jobs.ts";
import { numbersOf } from "./number-index.ts";
import { outboxOf } from "./outbox.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { StoreKeys } from "./store-keys.ts";

export interface StoreTools {
  readonly clock: Clock;
  readonly primitives: Primitives;
}

export function agencyStore(
  database: StoreDatabase,
  keys: StoreKeys,
  { clock, primitives }: StoreTools,
): AgencyStore {
  const reader = new CertificateReader(database, keys, primitives);
  const jobs = {
    jobs: () => listJobs(database),
    job: async (id) => {
      const row = await findJob(database.db, id);
      return row === null ? null : jobOf(row);
    },
    jobFor: (key) => jobForKey(database, key),
    createJob: (job) => createJob(database, keys, clock, job),
    setJobState: (id, state) =>
      database.write((transaction) => setState(transaction, clock, id, state)),
    cancelJob: (id) => cancelJob(database, keys, clock, id),
    beginReading: (job) => beginReading(database, keys, clock, job),
    replacements: (job) => replacementsOf(database, job),
  } satisfies Partial<AgencyStore>;
  const batches = {
    batches: (job) => batchesOf(database, job),
    batch: async (root) => (await findBatch(database.db, root))?.batch ?? null,
    manifest: (root) => manifestOf(database, root),
    leaves: (root) => leavesOf(database, root),
  } satisfies Partial<AgencyStore>;
  return {
    name: database.name,
    outbox: outboxOf(database, clock),
    lock: () => database.lock(),
    ...jobs,
    ...batches,
    claimCodes: claimCodesOf(database, keys.claimKey),
    holdings: holdingsOf(database, keys.claimKey),
    delegations: delegationsOf(database, keys),
    numbers: (scope) => Promise.resolve(numbersOf(database, keys, scope)),
    certificate: (root, index) => reader.certificate(root, index),
    certificates: (root) => reader.certificates(root),
    erase: (root, index) => eraseCertificate(database, reader, clock, { root, index }),
    erased: async (root) => erasedIn(database, (await requireBatch(database, root)).id),
    counts: () => countsOf(database),
    close: () => database.close(),
  };
}

async function countsOf(database: StoreDatabase): Promise<StoreCounts> {
  const { db } = database;
  const { rows } = await sql<Omit<StoreCounts, "bytes">>`
    SELECT count(*) AS jobs, CAST(coalesce(sum(batches), 0) AS ${database.types.integer}) AS batches,
      CAST(coalesce(sum(certificates), 0) AS ${database.types.integer}) AS certificates,
      (SELECT count(*) FROM erased) AS erased, (SELECT count(*) FROM issued_number) AS numbers
    FROM job WHERE state IN (${sql.join(COUNTING)})`.execute(db);
  const [counts] = rows as [Omit<StoreCounts, "bytes">];
  return { ...counts, bytes: await database.size() };
}
