/**
 * Reads an agency's store again as an outsider would: every certificate, its leaf and its path by the core, each
 * batch's tree by merkletreejs, an implementation independent of the one that made it, and everything beside
 * the chain. No more than one chunk of leaves is held at a time.
 */
import { MerkleTree } from "merkletreejs";
import type { Finding, FindingCode } from "../core/audit/findings.ts";
import { manifestHash } from "../core/batch/manifest.ts";
import { rootOfPath } from "../core/batch/path.ts";
import { HASH_BYTES } from "../core/batch/tree.ts";
import { concatBytes, toHex } from "../core/encoding/bytes.ts";
import type { Hash } from "../core/hashing.ts";
import { suiteHash } from "../core/hashing.ts";
import { findAnchor } from "../core/ledger/anchors.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../core/hashing.ts";
import type { IssuedPlace } from "../ports/issued.ts";
import type { Progress } from "../ports/progress.ts";
import type {
  AgencyStore,
  IssueJob,
  IssuedBatch,
  IssuedNumbers,
  StoredCertificate,
} from "../ports/agency-store.ts";
import { NUMBER_DIGEST_BYTES } from "../ports/agency-store.ts";
import { leafOf } from "./issue/make-certificate.ts";

export interface CheckTools {
  readonly store: AgencyStore;
  /** What the chain says, for jobs of the ledger that is read; others are not compared with any. */
  readonly state: LedgerState;
  readonly ledger: string;
  readonly primitives: Primitives;
  /** The claim that a type's numbers are in, null for a type that is not known (any more). */
  readonly numberClaimOf: (type: string) => string | null;
  readonly progress?: Progress;
}

/** How much was looked at. */
export interface CheckTally {
  jobs: number;
  batches: number;
  certificates: number;
  erased: number;
  /** Batches of other ledgers than the one read. */
  notCompared: number;
}

/** @param tally is counted up meanwhile */
export async function* checkStore(
  tools: CheckTools,
  jobs: readonly IssueJob[],
  tally: CheckTally,
): AsyncIterable<Finding> {
  const total = jobs.reduce((sum, { certificates }) => sum + certificates, 0);
  for (const job of jobs) {
    tally.jobs++;
    yield* checkJob(new JobCheck(tools, job, tally, total));
  }
}

class JobCheck {
  readonly tools: CheckTools;
  readonly job: IssueJob;
  readonly #tally: CheckTally;
  readonly #total: number;

  constructor(tools: CheckTools, job: IssueJob, tally: CheckTally, total: number) {
    this.tools = tools;
    this.job = job;
    this.#tally = tally;
    this.#total = total;
  }

  count(what: "batches" | "certificates" | "erased" | "notCompared", by = 1): void {
    this.#tally[what] += by;
    this.tools.progress?.("check 检查", this.#tally.certificates, this.#total);
  }

  finding(code: FindingCode, batch: IssuedBatch | null, detail: string): Finding {
    const where = batch === null ? "" : `, batch ${batch.root}`;
    return { code, place: `job ${this.job.id}${where}`, detail };
  }
}

async function* checkJob(check: JobCheck): AsyncIterable<Finding> {
  const { job, tools } = check;
  const batches = await tools.store.batches(job.id);
  const isCounting = job.state !== "reading" && job.state !== "cancelled";
  const issued = batches.reduce((sum, batch) => sum + batch.issued, 0);
  const isFit = isCounting
    ? batches.length === job.batches && issued === job.certificates
    : job.state === "reading" || batches.length === 0;
  if (!isFit) {
    const counts = `${String(issued)} certificates in ${String(batches.length)} batches`;
    const told = `${String(job.certificates)} in ${String(job.batches)}`;
    yield check.finding("COUNT_MISMATCH", null, `${counts}, ${told} told`);
  }
  if (!isCounting) return;
  for (const batch of batches) yield* checkBatch(check, batch);
}

async function* checkBatch(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
  check.count("batches");
  try {
    yield* checkCertificates(check, batch);
    yield* checkManifest(check, batch);
  } catch (error) {
    const isDamage = error instanceof Problem && UNREADABLE.has(error.code);
    if (!isDamage) throw error;
    yield check.finding("BATCH_UNREADABLE", batch, error.detail);
  }
  yield* checkAnchor(check, batch);
}

const UNREADABLE: ReadonlySet<string> = new Set(["BATCH_DAMAGED", "CERTIFICATE_NOT_FOUND"]);

/** Leaves of certificates that were erased, and of padding, are taken as they are kept: nothing else is left. */
async function* checkCertificates(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
  const { store, primitives } = check.tools;
  const hash = suiteHash(primitives, batch.suite);
  const numbers = await NumberCheck.of(check, batch);
  const certificates = new Upcoming(store.certificates(batch.root));
  const roots: Buffer[] = [];
  let index = 0;
  for await (const bytes of store.leaves(batch.root)) {
    const leaves = hashesOf(bytes);
    for await (const stored of certificates.below(index + leaves.length)) {
      check.count("certificates");
      numbers?.add(stored);
      const leaf = Buffer.from(leafOf(hash, stored.certificate));
      const fault = faultOf(hash, stored, leaf, leaves[stored.certificate.index - index]);
      if (fault !== null) yield check.finding("CERTIFICATE_MISMATCH", batch, fault);
      leaves[stored.certificate.index - index] = leaf;
    }
    if (numbers !== null) yield* numbers.findings(check, batch);
    roots.push(merkleRoot(hash, leaves));
    index += leaves.length;
  }
  yield* checkTree(check, batch, `0x${merkleRoot(hash, roots).toString("hex")}`);
  yield* checkCounts(check, batch, certificates.count, index);
}

function faultOf(
  hash: Hash,
  { batch, certificate, path }: StoredCertificate,
  leaf: Buffer,
  kept: Buffer | undefined,
): string | null {
  const index = `certificate ${String(certificate.index)}`;
  if (kept?.equals(leaf) !== true) return `${index}: its leaf is not the one that is kept`;
  const root = `0x${toHex(rootOfPath(hash, leaf, path))}`;
  return root === batch.root ? null : `${index}: its path ends in ${root}`;
}

/** Of the whole store: numbers that belong to no certificate would refuse one that was never issued. */
export async function* checkNumbers(store: AgencyStore): AsyncIterable<Finding> {
  const { numbers, certificates, erased } = await store.counts();
  if (numbers === certificates - erased) return;
  const detail = `${String(numbers)} numbers for ${String(certificates - erased)} certificates`;
  yield { code: "COUNT_MISMATCH", place: `store ${store.name}`, detail };
}

function* checkTree(check: JobCheck, batch: IssuedBatch, root: string): Iterable<Finding> {
  if (root !== batch.root) {
    yield check.finding("BATCH_ROOT_MISMATCH", batch, `recomputed ${root}`);
  }
}

async function* checkCounts(
  check: JobCheck,
  batch: IssuedBatch,
  certificates: number,
  leaves: number,
): AsyncIterable<Finding> {
  const erased = (await check.tools.store.erased(batch.root)).length;
  check.count("erased", erased);
  if (certificates + erased === batch.issued && leaves === batch.size) return;
  const found = `${String(certificates)} certificates, ${String(erased)} erased, ${String(leaves)} leaves`;
  const told = `${String(batch.issued)} certificates and ${String(batch.size)} leaves told`;
  yield check.finding("COUNT_MISMATCH", batch, `${found}; ${told}`);
}

/** Certificates in their order, as many at a time as are asked for. */
class Upcoming {
  readonly #certificates: AsyncIterator<StoredCertificate>;
  #next: StoredCertificate | null = null;
  count = 0;

  constructor(certificates: AsyncIterable<StoredCertificate>) {
    this.#certificates = certificates[Symbol.asyncIterator]();
  }

  /** Those whose index is below that. */
  async *below(index: number): AsyncIterable<StoredCertificate> {
    for (;;) {
      this.#next ??= await this.#taken();
      if (this.#next === null || this.#next.certificate.index >= index) return;
      const next = this.#next;
      this.#next = null;
      this.count++;
      yield next;
    }
  }

  async #taken(): Promise<StoredCertificate | null> {
    const next = (await this.#certificates.next()) as IteratorResult<StoredCertificate, undefined>;
    return next.value ?? null;
  }
}

function hashesOf(bytes: Uint8Array): Buffer[] {
  const count = bytes.length / HASH_BYTES;
  return Array.from({ length: count }, (_, i) => {
    return Buffer.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  });
}

function merkleRoot(hash: Hash, leaves: Buffer[]): Buffer {
  const hashBuffer = (bytes: Buffer): Buffer => Buffer.from(hash(bytes));
  return new MerkleTree(leaves, hashBuffer, { sortPairs: true }).getRoot();
}

/** Whether each certificate is found by the number on its face. */
class NumberCheck {
  readonly #numbers: IssuedNumbers;
  readonly #claim: string;
  readonly #keccak256: Hash;
  #pending: { readonly number: string; readonly index: number }[] = [];

  /** Null where nobody knows which claim the number is. */
  static async of(
    { tools, job }: JobCheck,
    { agency, type }: IssuedBatch,
  ): Promise<NumberCheck | null> {
    const claim = tools.numberClaimOf(type);
    if (claim === null) return null;
    const numbers = await tools.store.numbers({ ledger: job.ledger, agency, type });
    return new NumberCheck(numbers, claim, tools.primitives.keccak256);
  }

  constructor(numbers: IssuedNumbers, claim: string, keccak256: Hash) {
    this.#numbers = numbers;
    this.#claim = claim;
    this.#keccak256 = keccak256;
  }

  add({ certificate }: StoredCertificate): void {
    const value = certificate.claims.find(({ name }) => name === this.#claim)?.value;
    const number = typeof value === "string" ? value : "";
    this.#pending.push({ number, index: certificate.index });
  }

  /** Of those added since. A number may have been issued again: then the newest is found first. */
  async *findings(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
    const pending = this.#pending;
    this.#pending = [];
    const digests = concatBytes(...pending.map(({ number }) => this.#digest(number)));
    const places = await this.#numbers.find(digests, null);
    for (const [i, { number, index }] of pending.entries()) {
      const here = { root: batch.root, index };
      if (isSame(places[i] ?? null, here)) continue;
      const all = await this.#numbers.places(number);
      if (all.some((place) => isSame(place, here))) continue;
      const detail = `certificate ${String(index)} is not found by its number`;
      yield check.finding("NUMBER_NOT_FOUND", batch, detail);
    }
  }

  #digest(number: string): Uint8Array {
    const bytes = concatBytes(this.#numbers.key, new TextEncoder().encode(number));
    return this.#keccak256(bytes).subarray(0, NUMBER_DIGEST_BYTES);
  }
}

function isSame(place: IssuedPlace | null, { root, index }: IssuedPlace): boolean {
  return place !== null && place.root === root && place.index === index;
}

async function* checkManifest(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
  const { store, primitives } = check.tools;
  const hash = manifestHash(primitives.keccak256, await store.manifest(batch.root));
  if (hash === batch.manifestHash) return;
  yield check.finding("MANIFEST_MISMATCH", batch, `it has ${hash}`);
}

/** A batch that is not confirmed may or may not be on the chain yet: that is for its job to find out. */
function* checkAnchor(check: JobCheck, batch: IssuedBatch): Iterable<Finding> {
  const { job, tools } = check;
  const isConfirmed = job.state === "confirmed" || job.state === "done";
  if (isConfirmed && batch.receipt === null) {
    yield check.finding("RECEIPT_MISMATCH", batch, "there is none");
  }
  if (batch.receipt === null) return;
  if (job.ledger !== tools.ledger) {
    check.count("notCompared");
    return;
  }
  const fault = anchorFault(tools.state, batch);
  if (fault !== null) yield check.finding(fault.code, batch, fault.detail);
}

function anchorFault(
  state: LedgerState,
  batch: IssuedBatch,
): { readonly code: FindingCode; readonly detail: string } | null {
  const anchor = findAnchor(state, batch.agency, batch.root);
  if (anchor === undefined) return { code: "BATCH_NOT_ANCHORED", detail: "no record on the chain" };
  const record = MEMBERS.find((member) => anchor[member] !== batch[member]);
  if (record !== undefined) {
    const detail = `${record}: ${String(batch[record])}, on the chain ${String(anchor[record])}`;
    return { code: record === "manifestHash" ? "MANIFEST_MISMATCH" : "RECORD_MISMATCH", detail };
  }
  const { sequence, head, block } = batch.receipt ?? {};
  const isSaid =
    anchor.sequence === sequence && anchor.head === head && anchor.position.block === block;
  return isSaid ? null : { code: "RECEIPT_MISMATCH", detail: `number ${String(sequence)}` };
}

const MEMBERS = ["type", "schemaVersion", "suite", "size", "manifestHash"] as const;
