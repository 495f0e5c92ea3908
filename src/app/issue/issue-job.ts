/**
 * Issues certificates (签发): reads and checks every record, makes and hashes the certificates, batch by batch,
 * anchors the batches and marks what they replace. What can be lost is lost before anything is anchored; from
 * then on the same command again finishes the same job.
 */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import type { Hash } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import type { AnchorRequest } from "../../ports/anchoring.ts";
import type { Randomness } from "../../ports/clock.ts";
import type { FaultReport } from "../../ports/record-source.ts";
import type { AgencyStore, IssueJob, JobOrder, NewJob } from "../../ports/agency-store.ts";
import { anchorJob } from "./anchor-job.ts";
import type { AnchorTools } from "./anchor-tools.ts";
import { hashRecords } from "./hash-records.ts";
import type { HashOrder, HashTools } from "./hash-records.ts";
import { ledgerOf, requireLedger } from "./job-ledger.ts";
import type { LedgerReader } from "./job-ledger.ts";
import { fieldsOf } from "./mapping.ts";
import { settleReplacements } from "./settle-replacements.ts";
import type { Supersession } from "./settle-replacements.ts";

export interface IssueOrder extends HashOrder {
  readonly region: string;
  /** The job that is to go on, so that a source that changed makes no other; null for whichever it is. */
  readonly resuming?: string | null;
  readonly command: JobOrder["command"];
}

/** What the part of a job needs that reads no record. */
export interface FinishTools extends Omit<AnchorTools, "store" | "reader"> {
  readonly store: AgencyStore;
  readonly reader: AnchorTools["reader"] & LedgerReader;
  readonly supersession: Supersession;
}

export interface IssueTools
  extends FinishTools, Omit<HashTools, "issued" | "job" | "faults" | "progress"> {
  readonly random: Randomness;
  /** Where the faults of the job of that id go. */
  faultsOf(job: string): FaultReport;
  /** Told of the job once it is known. */
  began?(job: IssueJob): void;
  /** Told once all records were read, and before anything is signed. */
  wasRead?(): void;
}

export interface Issued {
  readonly job: IssueJob;
  /** Whether an earlier run had done it all. */
  readonly wasDone: boolean;
  /** How many older certificates were marked superseded by this run. */
  readonly superseded: number;
}

/**
 * @throws Problem STORE_BUSY, RECORDS_INVALID with the error file, SOURCE_EMPTY, COLUMN_…, CONTRACT_REFUSED,
 * NOT_CONFIRMED, NONCE_CONTESTED, INSUFFICIENT_FUNDS, LEDGER_RESTARTED, RPC_…, and what a store or a source can end in
 */
export async function issueJob(order: IssueOrder, tools: IssueTools): Promise<Issued> {
  fieldsOf(order.type, tools.source, order.mapping ?? null);
  return withLock(tools.store, async () => {
    const ledger = await ledgerOf(tools.reader);
    const known = await tools.store.jobFor(jobKey(order, tools, ledger));
    requireResumed(known, order, tools);
    const isRead = known !== null && known.state !== "reading";
    if (!isRead) await tools.anchoring.plan([anyRequest(order, tools.random)]);
    const job = known ?? (await tools.store.createJob(newJob(order, tools, ledger)));
    tools.began?.(job);
    return finish(isRead ? job : await readRecords(job, order, tools), tools);
  });
}

/** @throws Problem SOURCE_CHANGED where the order is not that of the job that is to go on */
function requireResumed(
  known: IssueJob | null,
  { resuming = null }: IssueOrder,
  { source }: IssueTools,
): void {
  if (resuming === null || known?.id === resuming) return;
  throw new Problem("SOURCE_CHANGED", `${source.name}, since ${resuming} was begun`);
}

/**
 * What is left of a job whose records were all read: no source is needed.
 * @throws Problem as issueJob() does; WRONG_CHAIN, LEDGER_RESTARTED
 */
export async function finishJob(job: IssueJob, tools: FinishTools): Promise<Issued> {
  return withLock(tools.store, async () => {
    await requireLedger(job, tools.reader);
    return finish(job, tools);
  });
}

/** @throws Problem STORE_BUSY */
export async function withLock<T>(store: AgencyStore, work: () => Promise<T>): Promise<T> {
  const lock = await store.lock();
  if (lock === null) throw new Problem("STORE_BUSY", store.name);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function finish(job: IssueJob, tools: FinishTools): Promise<Issued> {
  if (job.state === "done") return { job, wasDone: true, superseded: 0 };
  const confirmed = job.state === "confirmed" ? job : await anchorJob(job, tools);
  const superseded = await settleReplacements(confirmed, tools);
  return { job: { ...confirmed, state: "done" }, wasDone: false, superseded };
}

async function readRecords(job: IssueJob, order: IssueOrder, tools: IssueTools): Promise<IssueJob> {
  const { agency, type } = order;
  const scope = { ledger: job.ledger, agency, type: type.code };
  const issued = await tools.store.numbers(scope);
  const faults = tools.faultsOf(job.id);
  const intake = await tools.store.beginReading(job);
  const { job: hashed } = await hashRecords(
    order,
    { ...tools, issued, job: job.id, faults },
    intake,
  );
  // Asked again before anything is signed: after one wrong answer the same table would be another job, and be
  // issued twice.
  await requireLedger(hashed, tools.reader);
  tools.wasRead?.();
  return hashed;
}

function newJob(order: IssueOrder, tools: IssueTools, ledger: string): NewJob {
  const { type, agency, region, suite, batchSize, isPadded, skipInvalid, command } = order;
  const options = { suite, batchSize, isPadded, skipInvalid, supersede: order.supersede ?? false };
  const kind = { agency, region, type: type.code, schemaVersion: type.version };
  return {
    key: jobKey(order, tools, ledger),
    order: { ...kind, ...options, command },
    identity: tools.identity,
    ledger,
    source: tools.source.name,
  };
}

/** What a job is for. The same command run again is the same job. */
export function jobKey(
  order: IssueOrder,
  { source, identity, primitives }: Pick<IssueTools, "source" | "identity" | "primitives">,
  ledger: string,
): string {
  const { type, agency, suite, batchSize, isPadded, skipInvalid, supersede = false } = order;
  const what = [source.digest, type.code, type.version, agency];
  const how = [suite, batchSize, isPadded, skipInvalid, supersede];
  const mapping = order.mapping ?? null;
  const mapped = mapping === null ? "" : mappingHash(primitives.keccak256, mapping);
  return [...what, ...how, mapped, ledger, identity.directory].join("/");
}

function mappingHash(keccak256: Hash, mapping: Mapping): string {
  return toHex(keccak256(new TextEncoder().encode(JSON.stringify(mapping))));
}

/**
 * What stands for any batch of the order, to be refused by the contract before the work rather than after
 * it; the cost does not depend on the root.
 */
export function anyRequest(
  { type, suite }: Pick<IssueOrder, "type" | "suite">,
  random: Randomness,
): AnchorRequest {
  const anyHash = `0x${toHex(random(HASH_BYTES))}`;
  const kind = { schemaVersion: type.version, type: type.code, suite };
  return { ...kind, root: anyHash, size: 1, manifestHash: anyHash };
}
