/**
 * What an agency keeps of what it issues: jobs, batches, certificates, transactions. The comments are the
 * contract. Every method may end in Problem DISK_FAILED (STORE_UNREACHABLE for a database over the
 * network), or BATCH_DAMAGED where what is read is not what was written.
 */
import type { SuiteId } from "../core/hashing.ts";
import type { LedgerIdentity } from "../core/ledger/state.ts";
import type { ClaimCodes } from "./claim-codes.ts";
import type { Delegations, Holdings } from "./holdings.ts";
import type { AnchorReceipt, SignedTransaction } from "./anchoring.ts";
import type { IssuedCertificate, IssuedPlace } from "./issued.ts";

/**
 * `reading`: records become certificates, nothing counts yet. `hashed`: all of them are kept, with their
 * roots. `signed`, `sent`: some transaction is; each is kept before it is sent. `confirmed`: every batch has
 * a receipt with its own event, at finality. `done`: what was replaced is marked superseded too.
 */
export type JobState =
  "reading" | "hashed" | "signed" | "sent" | "confirmed" | "done" | "cancelled";

/** What is to be issued, all that a rerun needs to know. */
export interface JobOrder {
  readonly agency: string;
  readonly region: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly suite: SuiteId;
  /** Certificates in one batch at most, 1 to 2^24. */
  readonly batchSize: number;
  /** Whether batches are filled up to a power of two, so that how many were issued does not show. */
  readonly isPadded: boolean;
  readonly skipInvalid: boolean;
  readonly supersede: boolean;
  /** The command's own words, to be run again; without any password. */
  readonly command: Readonly<Record<string, string | number | boolean>>;
}

export interface IssueJob {
  /** Short, for people: "J-20261122-7F3K". */
  readonly id: string;
  /** What the job is for: another source, type, agency, ledger or option gives another key. */
  readonly key: string;
  readonly state: JobState;
  readonly order: JobOrder;
  readonly identity: LedgerIdentity;
  /** The chain's number and the hash of the ledger's first block: another after a chain was started anew. */
  readonly ledger: string;
  /** What the source is called, for people. */
  readonly source: string;
  /** 0 while it is being read. */
  readonly batches: number;
  readonly certificates: number;
  readonly skipped: number;
  /** How many certificates issued before are replaced by this job's. */
  readonly replacing: number;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewJob = Pick<IssueJob, "key" | "order" | "identity" | "ledger" | "source">;

/** One batch as it is kept. */
export interface IssuedBatch {
  readonly job: string;
  /** Its place in the job, from 0. */
  readonly ordinal: number;
  readonly agency: string;
  readonly region: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly suite: SuiteId;
  readonly identity: LedgerIdentity;
  readonly root: string;
  /** Leaves, padding included: the number on the chain. */
  readonly size: number;
  /** Certificates. */
  readonly issued: number;
  readonly manifestHash: string;
  /** Null until it is confirmed. */
  readonly receipt: AnchorReceipt | null;
}

/** A power of two, so that a chunk's root is a node of its batch's tree. */
export const CHUNK_LEAVES = 4096;

/** Up to CHUNK_LEAVES leaves of a batch, in order; only the last chunk of a batch may have fewer. */
export interface HashedChunk {
  /** Certificates; leaves beyond are padding. */
  readonly issued: number;
  /** The tree over the chunk's leaves, leaves first and root last. */
  readonly nodes: Uint8Array;
  /** PAGE_CERTIFICATES each, only a chunk's last may have fewer. */
  readonly pages: readonly EncryptedPage[];
  /** For each certificate 16 bytes: the keyed digest of its number. */
  readonly numbers: Uint8Array;
  /** Called when it is written, and nothing of it will be looked at again. */
  readonly release?: () => void;
}

/** Certificates under a key of their own, made of the job's page key and of random bytes. */
export interface EncryptedPage {
  /** The random bytes, kept apart, so that destroying them destroys the key; then what the content is known by. */
  readonly key: Uint8Array;
  readonly content: Uint8Array;
}

export const PAGE_CERTIFICATES = 64;
export const NUMBER_DIGEST_BYTES = 16;

/** What the worker threads encrypt and digest with; never written anywhere as it is. */
export interface JobSecrets {
  readonly suite: SuiteId;
  /** 32 bytes: pages' keys are made with it. */
  readonly pageKey: Uint8Array;
  /** 32 bytes, the same for all jobs of one agency, type and ledger. */
  readonly numberKey: Uint8Array;
}

export interface EndedBatch {
  readonly root: string;
  readonly size: number;
  readonly issued: number;
  /** The tree over its chunks' roots, of one node where there is one chunk. */
  readonly top: Uint8Array;
  readonly manifest: Uint8Array;
  readonly manifestHash: string;
}

/** A certificate issued before that a new one stands in for. */
export interface Replacement {
  readonly root: string;
  readonly index: number;
}

/**
 * Takes a job's certificates in: the chunks of a batch in order, then its end, then the next batch. Nothing
 * of it counts until `complete`; what a killed reading left is discarded by the next `beginReading`.
 */
export interface CertificateIntake {
  readonly secrets: JobSecrets;
  addChunk(chunk: HashedChunk): Promise<void>;
  endBatch(batch: EndedBatch): Promise<void>;
  addReplacements(replacements: readonly Replacement[]): Promise<void>;
  /** Everything is durable, and the job `hashed`, once this returns. */
  complete(counts: { readonly skipped: number }): Promise<IssueJob>;
  /** Leaves nothing of this job behind, not even the job. */
  discard(): Promise<void>;
}

/** `replaced`: another with the same nonce was mined instead. */
export type TransactionState = "signed" | "sent" | "confirmed" | "replaced";

/** One transaction that anchors batches `firstBatch` to `firstBatch + batches − 1` of a job. */
export interface OutboxTransaction extends SignedTransaction {
  readonly job: string;
  readonly firstBatch: number;
  readonly batches: number;
  readonly state: TransactionState;
  /** The account that signed it. */
  readonly account: string;
  /** Seconds since 1970. */
  readonly signedAt: number;
}

/** The transactions of all jobs. */
export interface Outbox {
  /** In the order they were signed. */
  transactions(job: string): Promise<readonly OutboxTransaction[]>;
  /** Those of an account, of whichever job, that are neither confirmed nor replaced. */
  open(account: string): Promise<readonly OutboxTransaction[]>;
  /** Adds it, or changes its state (by its hash), and the job's state, in one step; durable once it returns. */
  save(transaction: OutboxTransaction, state: JobState): Promise<void>;
  /** Receipts of a transaction's batches in their order, likewise. */
  confirm(
    transaction: Pick<OutboxTransaction, "job" | "hash" | "firstBatch">,
    receipts: readonly AnchorReceipt[],
  ): Promise<void>;
}

/** A certificate with all that its file needs. */
export interface StoredCertificate {
  readonly batch: IssuedBatch;
  readonly certificate: IssuedCertificate;
  /** Siblings from the leaf up, 32 bytes each. */
  readonly path: Uint8Array;
}

/** The certificate numbers of one type that one agency has issued on one ledger. */
export interface IssuedNumbers {
  /** 32 bytes: what the digests are keyed with. */
  readonly key: Uint8Array;
  /** False while nothing was ever issued: then nothing need be looked up. */
  hasAny(): Promise<boolean>;
  /**
   * Where the certificates with these numbers are, for several with one number the newest.
   * @param digests NUMBER_DIGEST_BYTES each, one after another
   * @param except the job whose own numbers don't count
   */
  find(digests: Uint8Array, except: string | null): Promise<readonly (IssuedPlace | null)[]>;
  /** All certificates with that number, the newest first. */
  places(number: string): Promise<readonly IssuedPlace[]>;
}

export interface NumberScope {
  readonly ledger: string;
  readonly agency: string;
  readonly type: string;
}

/** How much there is, of jobs that were read to their end. */
export interface StoreCounts {
  readonly jobs: number;
  readonly batches: number;
  readonly certificates: number;
  readonly erased: number;
  /** By which certificates are found: one for each that was not erased. */
  readonly numbers: number;
  /** On the disk. */
  readonly bytes: number;
}

/** Held by one process at a time; the system lets go of it when that process ends, however it ends. */
export interface AgencyLock {
  release(): Promise<void>;
}

export interface AgencyStore {
  /** A path, or a database's address without any password. */
  readonly name: string;
  readonly outbox: Outbox;
  readonly claimCodes: ClaimCodes;
  readonly holdings: Holdings;
  readonly delegations: Delegations;
  /** Null while another process issues, cancels or erases. */
  lock(): Promise<AgencyLock | null>;

  /** The newest first. */
  jobs(): Promise<readonly IssueJob[]>;
  job(id: string): Promise<IssueJob | null>;
  /** The job that is for the same, unless it was cancelled. */
  jobFor(key: string): Promise<IssueJob | null>;
  createJob(job: NewJob): Promise<IssueJob>;
  setJobState(id: string, state: JobState): Promise<void>;
  /** Forgets a job none of whose batches may ever be anchored: its certificates and numbers. It stays listed. */
  cancelJob(id: string): Promise<void>;
  /** Begins a job's reading, from the first record, whatever an earlier one has left. */
  beginReading(job: IssueJob): Promise<CertificateIntake>;
  /** What a job's certificates replace, by root, indices rising. */
  replacements(job: string): AsyncIterable<{
    readonly root: string;
    readonly indices: readonly number[];
  }>;

  /** In their order. */
  batches(job: string): Promise<readonly IssuedBatch[]>;
  batch(root: string): Promise<IssuedBatch | null>;
  manifest(root: string): Promise<Uint8Array>;
  /** All leaves in order, CHUNK_LEAVES at a time, 32 bytes each. */
  leaves(root: string): AsyncIterable<Uint8Array>;

  numbers(scope: NumberScope): Promise<IssuedNumbers>;
  /** @throws Problem CERTIFICATE_NOT_FOUND, CERTIFICATE_ERASED */
  certificate(root: string, index: number): Promise<StoredCertificate>;
  /** In index order, without those that were erased. */
  certificates(root: string): AsyncIterable<StoredCertificate>;
  /**
   * Erases one certificate: its page is written again under a new key without it, and the old key destroyed.
   * Its leaf stays, so that nobody else's proof changes. False where it was erased before.
   */
  erase(root: string, index: number): Promise<boolean>;
  /** The indices that were erased, rising. */
  erased(root: string): Promise<readonly number[]>;
  counts(): Promise<StoreCounts>;
  close(): Promise<void>;
}
