/**
 * Issues a batch (签发): reads and checks every record, makes the certificates, hashes them into one root
 * and hands over to anchoring. What can be lost is lost before anything is anchored; from then on a rerun
 * finishes the same job.
 */
import { manifestBytes, manifestHash } from "../../core/batch/manifest.ts";
import { HASH_BYTES, batchRoot, buildBatchTree } from "../../core/batch/tree.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import type { Hash, SuiteId } from "../../core/hashing.ts";
import { suiteHash, suiteName } from "../../core/hashing.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type {
  AnchorRequest,
  Anchoring,
  BatchJob,
  BatchStore,
  CertificateWriter,
  Primitives,
  Randomness,
} from "../../ports.ts";
import { anchorBatch } from "./anchor-batch.ts";
import type { Waiting } from "./anchor-batch.ts";
import { leafOf, makeCertificate } from "./make-certificate.ts";
import { fieldsOf } from "./mapping.ts";
import { QualityGate } from "./quality-gate.ts";
import type { GateOrder, GateTools } from "./quality-gate.ts";
import { settleNumbers } from "./settle-numbers.ts";
import type { Supersession } from "./settle-numbers.ts";

export interface IssueOrder extends GateOrder {
  readonly agency: string;
  readonly region: string;
  readonly suite: SuiteId;
}

export interface IssueTools extends GateTools {
  readonly store: BatchStore;
  readonly anchoring: Anchoring;
  readonly identity: LedgerIdentity;
  readonly primitives: Primitives;
  readonly random: Randomness;
  readonly waiting: Waiting;
  /** What an order that supersedes needs. */
  readonly supersession?: Supersession;
}

export interface Issued {
  readonly job: BatchJob;
  /** Whether an earlier run had done it all. */
  readonly wasDone: boolean;
  /** How many older certificates were marked superseded by this run. */
  readonly superseded: number;
}

/**
 * @throws Problem RECORDS_INVALID with the error file, SOURCE_EMPTY, COLUMN_…, JOB_MISMATCH,
 * FOLDER_NOT_EMPTY, CONTRACT_REFUSED, NOT_CONFIRMED, RPC_….
 */
export async function issueBatch(order: IssueOrder, tools: IssueTools): Promise<Issued> {
  fieldsOf(order.type, tools.source, order.mapping ?? null);
  const known = await tools.store.job();
  if (known !== null) requireSameJob(known, jobKey(order, tools), tools.store);
  const wasDone = known?.state === "anchored";
  const job = wasDone ? known : await finishJob(known, order, tools);
  return { job, wasDone, superseded: await settleNumbers(order, job, tools) };
}

async function finishJob(
  known: BatchJob | null,
  order: IssueOrder,
  tools: IssueTools,
): Promise<BatchJob> {
  return anchorBatch(known ?? (await hashOrDiscard(order, tools)), tools);
}

/** What a job is for. The same command run again is the same job. */
function jobKey(order: IssueOrder, { source, identity, primitives }: IssueTools): string {
  const { type, agency, suite, skipInvalid, mapping = null, supersede = false } = order;
  const parts = [source.digest, type.code, type.version, agency, suite, skipInvalid];
  const mapped = mapping === null ? [] : [toHex(mappingHash(primitives.keccak256, mapping))];
  const superseding = supersede ? ["supersede"] : [];
  return [...parts, identity.chainId, identity.directory, ...mapped, ...superseding].join("/");
}

function mappingHash(keccak256: Hash, mapping: Mapping): Uint8Array {
  return keccak256(new TextEncoder().encode(JSON.stringify(mapping)));
}

function requireSameJob(job: BatchJob, key: string, store: BatchStore): void {
  if (job.key !== key) throw new Problem("JOB_MISMATCH", store.name);
}

/** A batch that could not be made leaves nothing behind but the error file; what was there before stays. */
async function hashOrDiscard(order: IssueOrder, tools: IssueTools): Promise<BatchJob> {
  await tools.anchoring.estimate(anyRequest(order, tools.random));
  const writer = await tools.store.createCertificates();
  try {
    return await hashBatch(order, tools, writer);
  } catch (error) {
    await closeQuietly(writer, tools.faults);
    await tools.store.discard();
    throw error;
  }
}

/** Where work broke off, files are still open; what closing them says is of no more interest. */
async function closeQuietly(...open: readonly { close(): Promise<unknown> }[]): Promise<void> {
  await Promise.allSettled(open.map((file) => file.close()));
}

/**
 * What stands for any batch of the order, to be refused by the contract before the work rather than after
 * it; the cost does not depend on the root.
 */
function anyRequest({ type, suite }: IssueOrder, random: Randomness): AnchorRequest {
  const anyHash = `0x${toHex(random(HASH_BYTES))}`;
  const job = { schemaVersion: type.version, type: type.code, suite };
  return { ...job, root: anyHash, size: 1, manifestHash: anyHash };
}

async function hashBatch(
  order: IssueOrder,
  tools: IssueTools,
  writer: CertificateWriter,
): Promise<BatchJob> {
  const { leaves, skipped } = await writeCertificates(order, tools, writer);
  const { store, primitives, identity } = tools;
  const hash = suiteHash(primitives, order.suite);
  const tree = buildBatchTree(hash, leaves);
  await store.saveTree(tree);
  const facts = {
    agency: order.agency,
    type: order.type.code,
    schemaVersion: order.type.version,
    size: tree.size,
    root: `0x${toHex(batchRoot(tree))}`,
  };
  const { chainId, anchor } = identity;
  const manifest = manifestBytes({ ...facts, suite: suiteName(order.suite), chainId, anchor });
  await store.saveManifest(manifest);
  const job: BatchJob = {
    state: "hashed",
    key: jobKey(order, tools),
    ...facts,
    region: order.region,
    suite: order.suite,
    skipped,
    manifestHash: manifestHash(primitives.keccak256, manifest),
    identity,
    transaction: null,
    receipt: null,
  };
  await store.saveJob(job);
  return job;
}

interface Written {
  readonly leaves: Uint8Array;
  readonly skipped: number;
}

async function writeCertificates(
  order: IssueOrder,
  tools: IssueTools,
  writer: CertificateWriter,
): Promise<Written> {
  const hash = suiteHash(tools.primitives, order.suite);
  const leaves = new LeafBuffer();
  const gate = new QualityGate(order, tools);
  for await (const record of gate.records()) {
    const certificate = makeCertificate(tools.random, leaves.count, record);
    await writer.write(certificate);
    leaves.push(leafOf(hash, certificate));
  }
  await writer.close();
  await gate.requireIssuable();
  return { leaves: leaves.bytes(), skipped: gate.invalid };
}

/** What an order would come to; nothing is written but the error file, nothing is sent. */
export interface IssueEstimate {
  readonly valid: number;
  readonly invalid: number;
  /** How many would take the place of certificates issued before. */
  readonly replacing: number;
  readonly errorFile: string | null;
  readonly batches: number;
  readonly gas: number | null;
  readonly fee: bigint | null;
}

export async function estimateIssue(
  order: IssueOrder,
  tools: Omit<IssueTools, "store">,
): Promise<IssueEstimate> {
  const gate = new QualityGate(order, tools);
  for await (const _ of gate.records());
  const errorFile = await gate.close();
  const { valid, invalid, replacing } = gate;
  const counts = { valid, invalid, replacing, errorFile };
  if (valid === 0) return { ...counts, batches: 0, gas: null, fee: null };
  const { gas, fee } = await tools.anchoring.estimate(anyRequest(order, tools.random));
  return { ...counts, batches: 1, gas, fee };
}

/** 32-byte leaves in one array that doubles as it fills. */
class LeafBuffer {
  #bytes = new Uint8Array(1024 * HASH_BYTES);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(leaf: Uint8Array): void {
    const at = this.#count * HASH_BYTES;
    if (at === this.#bytes.length) this.#grow();
    this.#bytes.set(leaf, at);
    this.#count++;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#count * HASH_BYTES);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
