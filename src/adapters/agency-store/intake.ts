/** Takes a job's certificates in: a few chunks to a transaction, the numbers' index in one pass at the end. */
import type { Insertable, Transaction } from "kysely";
import type { Clock } from "../../ports/clock.ts";
import type {
  CertificateIntake,
  EndedBatch,
  HashedChunk,
  IssueJob,
  JobSecrets,
  Replacement,
} from "../../ports/agency-store.ts";
import { NUMBER_DIGEST_BYTES, PAGE_CERTIFICATES } from "../../ports/agency-store.ts";
import { CHUNK_LEAVES } from "../hashing/tree-layout.ts";
import { digestRun, forgetLeftovers } from "./forgetting.ts";
import { jobOf, jobOfKeys, requireJob } from "./jobs.ts";
import { entriesOf, insertEntries } from "./number-index.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { StoreKeys } from "./store-keys.ts";
import type { Queries, Tables } from "./tables.ts";
import { chunkId, pageId } from "./tables.ts";

const CHUNKS_PER_TRANSACTION = 4;
const ROWS_PER_STATEMENT = 256;
/** What is sorted at once: 16 MB of digests. */
const CHUNKS_PER_INDEXING = 256;
const PAGES_PER_CHUNK = CHUNK_LEAVES / PAGE_CERTIFICATES;

type Filled = "tree_chunk" | "chunk_numbers" | "page" | "page_key" | "batch" | "replacement";
type Rows = { [Table in Filled]: Insertable<Tables[Table]>[] };

/** @throws Problem JOB_NOT_FOUND */
export async function beginReading(
  database: StoreDatabase,
  keys: StoreKeys,
  clock: Clock,
  { id }: IssueJob,
): Promise<CertificateIntake> {
  const row = await requireJob(database.db, id);
  if (row.state !== "reading") throw new RangeError(`job ${id} is ${row.state}`);
  await forgetLeftovers(database);
  await forgetReplacements(database, id);
  const secrets = await keys.secrets(jobOfKeys(row));
  const firstBatch = await nextId(database.db, "batch");
  const firstReplacement = await nextId(database.db, "replacement");
  const discard = (): Promise<void> => discardJob(database, keys, id, row.number);
  const ids = { job: id, firstBatch, firstReplacement };
  return new Intake({ database, clock, secrets, discard, ...ids });
}

async function nextId(db: Queries, table: "batch" | "replacement"): Promise<number> {
  const row = await db.selectFrom(table).select("id").orderBy("id", "desc").executeTakeFirst();
  return (row?.id ?? 0) + 1;
}

async function discardJob(
  database: StoreDatabase,
  keys: StoreKeys,
  id: string,
  number: number,
): Promise<void> {
  await forgetLeftovers(database);
  await forgetReplacements(database, id);
  await database.write(async (transaction) => {
    await transaction.deleteFrom("job_key").where("job", "=", number).execute();
    await transaction.deleteFrom("job").where("id", "=", id).execute();
  });
  keys.forget(number);
}

async function forgetReplacements(database: StoreDatabase, job: string): Promise<void> {
  await database.write(async (transaction) => {
    await transaction.deleteFrom("replacement").where("job", "=", job).execute();
  });
}

/** Forgets what a job has issued; the job itself stays, cancelled. @throws Problem JOB_NOT_FOUND */
export async function cancelJob(
  database: StoreDatabase,
  keys: StoreKeys,
  clock: Clock,
  id: string,
): Promise<void> {
  const { number } = await requireJob(database.db, id);
  await database.write(async (transaction) => {
    const cancelled = { state: "cancelled", updated_at: clock.now() } as const;
    await transaction.updateTable("job").set(cancelled).where("id", "=", id).execute();
    await transaction.deleteFrom("job_key").where("job", "=", number).execute();
  });
  keys.forget(number);
  await forgetLeftovers(database);
  await forgetReplacements(database, id);
  await database.scrub("job_key");
}

interface IntakeParts {
  readonly database: StoreDatabase;
  readonly clock: Clock;
  readonly secrets: JobSecrets;
  readonly job: string;
  readonly firstBatch: number;
  readonly firstReplacement: number;
  readonly discard: () => Promise<void>;
}

class Intake implements CertificateIntake {
  readonly secrets: JobSecrets;
  readonly #parts: IntakeParts;
  #rows = noRows();
  /** Of the chunks in the rows. */
  #releases: (() => void)[] = [];
  #nextReplacement: number;
  /** The batch that chunks are being added to, and how many it has. */
  #batch: number;
  #chunks = 0;
  #certificates = 0;
  #replacing = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.secrets = parts.secrets;
    this.#batch = parts.firstBatch;
    this.#nextReplacement = parts.firstReplacement;
  }

  async addChunk({ issued, nodes, pages, numbers, release }: HashedChunk): Promise<void> {
    requireFit(issued, numbers.length / NUMBER_DIGEST_BYTES, pages.length);
    const id = chunkId(this.#batch, this.#chunks);
    const firstPage = pageId(this.#batch, this.#chunks * PAGES_PER_CHUNK);
    this.#rows.tree_chunk.push({ id, nodes });
    this.#rows.chunk_numbers.push({ id, digests: numbers });
    for (const [i, { key, content }] of pages.entries()) {
      this.#rows.page.push({ id: firstPage + i, content });
      this.#rows.page_key.push({ id: firstPage + i, key });
    }
    if (release !== undefined) this.#releases.push(release);
    this.#chunks++;
    this.#certificates += issued;
    if (this.#rows.tree_chunk.length >= CHUNKS_PER_TRANSACTION) await this.#flush();
  }

  endBatch(batch: EndedBatch): Promise<void> {
    const { root, size, issued, top, manifest, manifestHash } = batch;
    if (Math.ceil(size / CHUNK_LEAVES) !== this.#chunks) throw new RangeError("chunks are missing");
    const { job, firstBatch } = this.#parts;
    const place = { id: this.#batch, job, ordinal: this.#batch - firstBatch };
    const hashes = { root, top, manifest, manifest_hash: manifestHash };
    this.#rows.batch.push({ ...place, ...hashes, size, issued, receipt: null });
    this.#batch++;
    this.#chunks = 0;
    return Promise.resolve();
  }

  addReplacements(replacements: readonly Replacement[]): Promise<void> {
    const byRoot = Map.groupBy(replacements, ({ root }) => root);
    for (const [root, places] of byRoot) {
      const indices = bytesOfIndices(places.map(({ index }) => index));
      const id = this.#nextReplacement++;
      this.#rows.replacement.push({ id, job: this.#parts.job, root, indices });
    }
    this.#replacing += replacements.length;
    return Promise.resolve();
  }

  async complete({ skipped }: { readonly skipped: number }): Promise<IssueJob> {
    if (this.#chunks > 0) throw new RangeError("a batch has no end");
    await this.#flush();
    const { database, job, firstBatch } = this.#parts;
    await indexNumbers(database, chunkId(firstBatch, 0), (transaction) =>
      this.#becomeHashed(transaction, skipped),
    );
    return jobOf(await requireJob(database.db, job));
  }

  discard(): Promise<void> {
    return this.#parts.discard();
  }

  async #becomeHashed(transaction: Transaction<Tables>, skipped: number): Promise<void> {
    const { clock, job, firstBatch } = this.#parts;
    const counts = { batches: this.#batch - firstBatch, certificates: this.#certificates };
    const times = { updated_at: clock.now() };
    await transaction
      .updateTable("job")
      .set({ state: "hashed", ...counts, skipped, replacing: this.#replacing, ...times })
      .where("id", "=", job)
      .execute();
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = noRows();
    await this.#parts.database.write(async (transaction) => {
      await insert(transaction, "tree_chunk", rows.tree_chunk);
      await insert(transaction, "chunk_numbers", rows.chunk_numbers);
      await insert(transaction, "page", rows.page);
      await insert(transaction, "page_key", rows.page_key);
      await insert(transaction, "batch", rows.batch);
      await insert(transaction, "replacement", rows.replacement);
    });
    for (const release of this.#releases.splice(0)) release();
  }
}

function noRows(): Rows {
  return { tree_chunk: [], chunk_numbers: [], page: [], page_key: [], batch: [], replacement: [] };
}

function requireFit(issued: number, numbers: number, pages: number): void {
  const isFit = numbers === issued && pages === Math.ceil(issued / PAGE_CERTIFICATES);
  if (!isFit) throw new RangeError("numbers or pages that do not fit the certificates");
}

async function insert<Table extends Filled>(
  transaction: Transaction<Tables>,
  table: Table,
  rows: Rows[Table],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const some = rows.slice(from, from + ROWS_PER_STATEMENT) as Rows[Table];
    await transaction.insertInto(table).values(some).execute();
  }
}

/** The numbers of all chunks from one on; what is to be done at the end, is done with the last of them. */
async function indexNumbers(
  database: StoreDatabase,
  firstChunk: number,
  end: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  for (let first = firstChunk; ;) {
    const rows = await database.db
      .selectFrom("chunk_numbers")
      .selectAll()
      .where("id", ">=", first)
      .orderBy("id")
      .limit(CHUNKS_PER_INDEXING)
      .execute();
    const last = rows.at(-1);
    const isEnd = last === undefined || rows.length < CHUNKS_PER_INDEXING;
    await database.write(async (transaction) => {
      await insertEntries(database, transaction, entriesOf(rows.map(digestRun)));
      if (isEnd) await end(transaction);
    });
    if (isEnd) return;
    first = last.id + 1;
  }
}

function bytesOfIndices(indices: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(indices).buffer);
}

function indicesOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

/** By root, indices rising. */
export async function* replacementsOf(
  { db }: StoreDatabase,
  job: string,
): AsyncIterable<{ readonly root: string; readonly indices: readonly number[] }> {
  const query = db.selectFrom("replacement").where("job", "=", job);
  const roots = await query.select("root").distinct().orderBy("root").execute();
  for (const { root } of roots) {
    const rows = await query.select("indices").where("root", "=", root).execute();
    const indices = rows.flatMap(({ indices: bytes }) => [...indicesOf(bytes)]);
    yield { root, indices: indices.sort((a, b) => a - b) };
  }
}
