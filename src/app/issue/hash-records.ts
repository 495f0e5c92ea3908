/**
 * From a source to certificates in the store: records are checked on threads, pass the quality gate in their
 * order, and are hashed and encrypted on threads, chunk by chunk. Only some chunks are in memory at a time,
 * however many records there are.
 */
import { manifestBytes, manifestHash } from "../../core/batch/manifest.ts";
import { HASH_BYTES, batchRoot, buildBatchTree } from "../../core/batch/tree.ts";
import { concatBytes, toHex } from "../../core/encoding/bytes.ts";
import type { Primitives, SuiteId } from "../../core/hashing.ts";
import { suiteHash, suiteName } from "../../core/hashing.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import type { CertificateIntake, IssueJob } from "../../ports/agency-store.ts";
import type { HashedRecordChunk, IssuingWorkers } from "../../ports/issuing-workers.ts";
import { TASKS_PER_THREAD, openFor, passedRecords } from "./check-records.ts";
import type { CheckTools } from "./check-records.ts";
import { ChunkCutter } from "./chunk-cutter.ts";
import type { BatchCounts, BatchShape, CutChunk } from "./chunk-cutter.ts";
import { inOrder } from "./in-order.ts";
import { fieldsOf } from "./mapping.ts";
import { QualityGate } from "./quality-gate.ts";
import type { GateOrder, PassedRecords } from "./quality-gate.ts";

export interface HashOrder extends GateOrder, BatchShape {
  readonly agency: string;
  readonly suite: SuiteId;
}

export interface HashTools extends CheckTools {
  readonly job: string;
  readonly identity: LedgerIdentity;
  readonly primitives: Primitives;
}

export interface HashedRecords {
  readonly job: IssueJob;
  readonly skipped: number;
  /** How many certificates issued before are replaced. */
  readonly replacing: number;
  /** Null where no record was at fault. */
  readonly errorFile: string | null;
}

/**
 * All records or, with `skipInvalid`, all that are right. Where it can't be done the intake is discarded, and
 * nothing is left but the error file.
 * @throws Problem COLUMN_…, SOURCE_…, RECORDS_INVALID with the error file, what the intake ends in, INTERNAL
 * where a thread died.
 */
export async function hashRecords(
  order: HashOrder,
  tools: HashTools,
  intake: CertificateIntake,
): Promise<HashedRecords> {
  try {
    return await hashAll(order, tools, intake);
  } catch (error) {
    // What closing the error file says is of no more interest.
    await Promise.allSettled([tools.faults.close()]);
    await intake.discard();
    throw error;
  }
}

async function hashAll(
  order: HashOrder,
  tools: HashTools,
  intake: CertificateIntake,
): Promise<HashedRecords> {
  const fields = fieldsOf(order.type, tools.source, order.mapping ?? null);
  const gate = new QualityGate(order, fields, tools);
  const workers = openFor(order, tools, intake.secrets);
  try {
    const passed = passedRecords(gate, tools.source, workers);
    await fillBatches(order, tools, intake, workers, passed);
  } finally {
    await workers.close();
  }
  const errorFile = await gate.requireIssuable();
  const job = await intake.complete({ skipped: gate.invalid });
  return { job, skipped: gate.invalid, replacing: gate.replacing, errorFile };
}

async function fillBatches(
  order: HashOrder,
  tools: HashTools,
  intake: CertificateIntake,
  workers: IssuingWorkers,
  passed: AsyncIterable<PassedRecords>,
): Promise<void> {
  const filler = new BatchFiller(order, tools, intake);
  const hash = async (chunk: CutChunk): Promise<HashedChunk> => {
    // Its buffers are gone once it is handed over.
    const issued = chunk.order.records.count;
    return { ...chunk, ...(await workers.hash(chunk.order)), issued };
  };
  const chunks = cutChunks(order, intake, passed);
  for await (const chunk of inOrder(chunks, hash, TASKS_PER_THREAD * workers.threads)) {
    await filler.add(chunk);
  }
}

async function* cutChunks(
  shape: BatchShape,
  intake: CertificateIntake,
  passed: AsyncIterable<PassedRecords>,
): AsyncGenerator<CutChunk> {
  const cutter = new ChunkCutter(shape);
  for await (const { runs, replaced } of passed) {
    if (replaced.length > 0) await intake.addReplacements(replaced);
    yield* cutter.push(runs);
  }
  yield* cutter.end();
}

type HashedChunk = HashedRecordChunk &
  Pick<CutChunk, "digests" | "ended"> & {
    readonly issued: number;
  };

/** Hands chunks to the intake, and ends each batch with what stands above its chunks. */
class BatchFiller {
  readonly #order: HashOrder;
  readonly #tools: HashTools;
  readonly #intake: CertificateIntake;
  /** Of the batch's chunks so far. */
  #roots: Uint8Array[] = [];

  constructor(order: HashOrder, tools: HashTools, intake: CertificateIntake) {
    this.#order = order;
    this.#tools = tools;
    this.#intake = intake;
  }

  async add({ digests, ended, ...hashed }: HashedChunk): Promise<void> {
    this.#roots.push(hashed.nodes.slice(-HASH_BYTES));
    await this.#intake.addChunk({ ...hashed, numbers: digests });
    if (ended !== null) await this.#end(ended);
  }

  async #end({ issued, size }: BatchCounts): Promise<void> {
    const { agency, type, suite } = this.#order;
    const { identity, primitives } = this.#tools;
    const top = buildBatchTree(suiteHash(primitives, suite), concatBytes(...this.#roots));
    this.#roots = [];
    const { chainId, anchor } = identity;
    const root = `0x${toHex(batchRoot(top))}`;
    const facts = { agency, type: type.code, schemaVersion: type.version, size, root };
    const manifest = manifestBytes({ ...facts, suite: suiteName(suite), chainId, anchor });
    const hash = manifestHash(primitives.keccak256, manifest);
    const ended = { root, size, issued, top: top.nodes, manifest, manifestHash: hash };
    await this.#intake.endBatch(ended);
  }
}
