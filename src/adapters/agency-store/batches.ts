/** Batches as the store keeps them, and their trees. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { concatBytes } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { AnchorReceipt } from "../../ports/anchoring.ts";
import type { IssuedBatch } from "../../ports/agency-store.ts";
import { CHUNK_LEAVES, leafPosition, pathPositions, treeBytes } from "../hashing/tree-layout.ts";
import { jobOf, jobOfKeys, requireJob } from "./jobs.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { JobOfKeys } from "./store-keys.ts";
import type { Queries, Tables } from "./tables.ts";
import { chunkId } from "./tables.ts";

type BatchRow = Selectable<Tables["batch"]>;

/** A batch with what it is kept by. */
export interface KeptBatch {
  readonly id: number;
  readonly job: JobOfKeys;
  readonly batch: IssuedBatch;
  readonly top: Uint8Array;
}

export async function batchesOf({ db }: StoreDatabase, job: string): Promise<IssuedBatch[]> {
  const rows = await db
    .selectFrom("batch")
    .select(["job", "ordinal", "root", "size", "issued", "manifest_hash", "receipt"])
    .where("job", "=", job)
    .orderBy("ordinal")
    .execute();
  if (rows.length === 0) return [];
  const { order, identity } = jobOf(await requireJob(db, job));
  return rows.map((row) => batchOf(row, { ...order, identity }));
}

type FromJob = Pick<
  IssuedBatch,
  "agency" | "region" | "type" | "schemaVersion" | "suite" | "identity"
>;

function batchOf(
  row: Omit<BatchRow, "id" | "manifest" | "top">,
  { agency, region, type, schemaVersion, suite, identity }: FromJob,
): IssuedBatch {
  const { job, ordinal, root, size, issued, manifest_hash: manifestHash } = row;
  const receipt = row.receipt === null ? null : (JSON.parse(row.receipt) as AnchorReceipt);
  const kind = { agency, region, type, schemaVersion, suite, identity };
  return { job, ordinal, ...kind, root, size, issued, manifestHash, receipt };
}

/** Null where no finished reading has such a batch. */
export async function findBatch(db: Queries, root: string): Promise<KeptBatch | null> {
  const row = await db.selectFrom("batch").selectAll().where("root", "=", root).executeTakeFirst();
  if (row === undefined) return null;
  const job = await requireJob(db, row.job);
  if (job.state === "reading" || job.state === "cancelled") return null;
  const { order, identity } = jobOf(job);
  const batch = batchOf(row, { ...order, identity });
  return { id: row.id, job: jobOfKeys(job), batch, top: row.top };
}

/** @throws Problem CERTIFICATE_NOT_FOUND */
export async function requireBatch({ db, name }: StoreDatabase, root: string): Promise<KeptBatch> {
  const kept = await findBatch(db, root);
  if (kept === null) throw new Problem("CERTIFICATE_NOT_FOUND", `no batch ${root} in ${name}`);
  return kept;
}

export async function manifestOf(database: StoreDatabase, root: string): Promise<Uint8Array> {
  const { id } = await requireBatch(database, root);
  const row = await database.db
    .selectFrom("batch")
    .select("manifest")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return row.manifest;
}

export async function* leavesOf(database: StoreDatabase, root: string): AsyncIterable<Uint8Array> {
  const kept = await requireBatch(database, root);
  const { size } = kept.batch;
  for (let chunk = 0; chunk * CHUNK_LEAVES < size; chunk++) {
    const { nodes } = await readTreeChunk(database, kept, chunk);
    yield nodes.subarray(0, leavesIn(size, chunk) * HASH_BYTES);
  }
}

/** How many leaves a chunk of a batch has. */
export function leavesIn(size: number, chunk: number): number {
  return Math.min(CHUNK_LEAVES, size - chunk * CHUNK_LEAVES);
}

/** A chunk of a batch's tree, and what stands above it. */
export interface TreeChunk {
  readonly chunk: number;
  readonly nodes: Uint8Array;
}

/** @throws Problem BATCH_DAMAGED where it is not there, or not of its length */
export async function readTreeChunk(
  { db, name }: StoreDatabase,
  kept: KeptBatch,
  chunk: number,
): Promise<TreeChunk> {
  const row = await db
    .selectFrom("tree_chunk")
    .select("nodes")
    .where("id", "=", chunkId(kept.id, chunk))
    .executeTakeFirst();
  const isWhole = row?.nodes.length === treeBytes(leavesIn(kept.batch.size, chunk));
  if (row === undefined || !isWhole) throw missing(name, kept, chunk);
  return { chunk, nodes: row.nodes };
}

function missing(name: string, { batch }: KeptBatch, chunk: number): Problem {
  const where = `${name}: ${batch.root}, chunk ${String(chunk)} of the tree`;
  return new Problem("BATCH_DAMAGED", where);
}

export interface LeafPath {
  readonly leaf: Uint8Array;
  /** The siblings from the leaf up, 32 bytes each. */
  readonly path: Uint8Array;
}

/**
 * One leaf and its path, without the rest of the chunk.
 * @throws Problem BATCH_DAMAGED where they are not there
 */
export async function readLeafPath(
  { db, name }: StoreDatabase,
  kept: KeptBatch,
  index: number,
): Promise<LeafPath> {
  const chunk = Math.floor(index / CHUNK_LEAVES);
  const { below, above } = siblingsOf(kept, chunk, index);
  const positions = [(index % CHUNK_LEAVES) * HASH_BYTES, ...below];
  const nodes = positions.map((at, i) => {
    return sql<Uint8Array>`substr(nodes, ${at + 1}, ${sql.lit(HASH_BYTES)})`.as(`node${String(i)}`);
  });
  const row = await db
    .selectFrom("tree_chunk")
    .select([sql<number>`length(nodes)`.as("length"), ...nodes])
    .where("id", "=", chunkId(kept.id, chunk))
    .executeTakeFirst();
  if (row?.length !== treeBytes(leavesIn(kept.batch.size, chunk))) throw missing(name, kept, chunk);
  const { length: _, ...found } = row;
  const [leaf, ...path] = Object.values(found) as [Uint8Array, ...Uint8Array[]];
  return { leaf, path: concatBytes(...path, ...above) };
}

/** The siblings of a leaf from the leaf up, 32 bytes each. */
export function pathIn(kept: KeptBatch, { chunk, nodes }: TreeChunk, index: number): Uint8Array {
  const { below, above } = siblingsOf(kept, chunk, index);
  return concatBytes(...below.map((at) => nodes.subarray(at, at + HASH_BYTES)), ...above);
}

interface Siblings {
  /** Where they lie in the chunk, in bytes. */
  readonly below: readonly number[];
  /** Those above the chunks. */
  readonly above: readonly Uint8Array[];
}

function siblingsOf({ batch, top }: KeptBatch, chunk: number, index: number): Siblings {
  const { size } = batch;
  const chunkStart = leafPosition(size, chunk * CHUNK_LEAVES);
  const topStart = size > CHUNK_LEAVES ? treeBytes(size) - top.length : Infinity;
  const positions = pathPositions(size, index);
  const above = positions.filter((at) => at >= topStart).map((at) => at - topStart);
  return {
    below: positions.filter((at) => at < topStart).map((at) => at - chunkStart),
    above: above.map((at) => top.subarray(at, at + HASH_BYTES)),
  };
}
