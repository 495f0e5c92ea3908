/** The few things the application needs from the world. The comments are the contract. */
import type { BatchTree } from "./core/batch/tree.ts";
import type { RecordFault } from "./core/catalogue/record-fault.ts";
import type { CertificateFile } from "./core/certificate/certificate-file.ts";
import type { Primitives, SuiteId } from "./core/hashing.ts";
import type { GovernanceContract, LedgerEvent, RecognitionRule } from "./core/ledger/events.ts";
import type { LedgerIdentity } from "./core/ledger/state.ts";

export type { Primitives };

/** Seconds since 1970, whole, never going backwards by more than the machine's own clock does. */
export interface Clock {
  now(): number;
}

/** Bytes from a cryptographic generator. */
export type Randomness = (length: number) => Uint8Array;

export interface Block {
  readonly number: number;
  readonly hash: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/** What the contracts themselves say at one block. */
export interface ContractCounters {
  readonly sequence: number;
  readonly head: string;
  readonly sequences: Readonly<Record<GovernanceContract, number>>;
}

/**
 * Reads one deployment on one chain. Every call ends in an answer or in a Problem with a code of
 * `RPC_…`, `WRONG_CHAIN` or `DIRECTORY_NOT_FOUND`, within the configured timeout; none retries for ever.
 */
export interface ChainReader {
  readonly identity: LedgerIdentity;
  /** No event of this deployment is older. */
  readonly firstBlock: number;
  latestBlock(): Promise<Block>;
  /** Null where the node has no block of that number (yet). */
  block(number: number): Promise<Block | null>;
  /** All events of blocks `from` to `to`, both included, in the chain's order. */
  events(from: number, to: number): Promise<LedgerEvent[]>;
  /** Read at the block of that hash, so that a reorganisation can't mix two histories. */
  counters(block: Block): Promise<ContractCounters>;
  /** The statuses of certificates 64·word to 64·word+63 of a batch, four bits each, lowest first. */
  statusWord(agency: string, root: string, word: number, block: Block): Promise<bigint>;
  /** The status of a whole batch. */
  batchStatus(agency: string, root: string, block: Block): Promise<number>;
}

export interface AnchorRequest {
  readonly type: string;
  readonly schemaVersion: number;
  readonly suite: number;
  readonly root: string;
  readonly size: number;
  readonly manifestHash: string;
}

/** A signed transaction, not sent yet. */
export interface SignedTransaction {
  readonly hash: string;
  readonly raw: string;
  readonly nonce: number;
}

export interface AnchorReceipt {
  readonly transaction: string;
  readonly block: number;
  readonly blockHash: string;
  readonly sequence: number;
  readonly head: string;
  readonly gasUsed: number;
}

/** Anchors for one agency with one operator's key. Problems as for ChainReader, or `CONTRACT_REFUSED`. */
export interface Anchoring {
  /** What one anchor would cost; refuses, as the contract would, what it may not anchor. */
  estimate(request: AnchorRequest): Promise<{ readonly gas: number; readonly fee: bigint }>;
  /** Signs and does not send. */
  sign(request: AnchorRequest): Promise<SignedTransaction>;
  /** Sends the very same bytes; a transaction the node already knows or has mined is no error. */
  send(transaction: SignedTransaction): Promise<void>;
  /** The receipt whose event matches the root, null while there is none. Never assumes success. */
  findReceipt(root: string, transaction: SignedTransaction | null): Promise<AnchorReceipt | null>;
  /** Whether the transaction can still be mined: its nonce is not used by another. */
  isPending(transaction: SignedTransaction): Promise<boolean>;
}

export interface Cursor extends Block {
  readonly identity: LedgerIdentity;
}

/** Keeps the events a follower has taken, so that a restart need not ask the chain again. */
export interface LedgerStore {
  /** Null in a new store. */
  cursor(): Promise<Cursor | null>;
  /** In the order they were appended. */
  events(): AsyncIterable<LedgerEvent>;
  /** Events and cursor together, durably, or neither. */
  append(events: readonly LedgerEvent[], cursor: Cursor): Promise<void>;
}

/** Remembers presentations until they would have run out anyway. */
export interface ReplayCache {
  /** True for the first caller with this key, false for every other, also under concurrency. */
  isFirstUse(key: string, expiresAt: number): Promise<boolean>;
}

/** One certificate of a batch as the issuer keeps it: everything but what the batch gives. */
export type IssuedCertificate = Pick<
  CertificateFile,
  "notBefore" | "notAfter" | "holder" | "claims"
> & { readonly index: number };

/** Tells how far long work has come; `total` null where it is not known. */
export type Progress = (stage: string, done: number, total: number | null) => void;

export interface AgencyRegistration {
  readonly agency: string;
  readonly region: string;
  readonly name: string;
  readonly effectiveFrom: number;
  readonly basis: string;
}

export interface TypePublication {
  readonly type: string;
  readonly region: string;
  readonly schemaHash: string;
  readonly name: string;
  readonly nameEn: string;
  readonly alwaysDisclosed: readonly string[];
  readonly uri: string;
  readonly basis: string;
}

export interface StatusOrder {
  readonly agency: string;
  readonly root: string;
  /** Null for the whole batch. */
  readonly index: number | null;
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
}

/** What a change on the chain cost and where it stands. */
export interface ChangeReceipt {
  readonly transaction: string;
  readonly block: number;
  readonly gasUsed: number;
}

/**
 * Changes the rules of trust with one account's key. Each call returns once its transaction is mined, or
 * ends in a Problem: CONTRACT_REFUSED with the contract's own reason, RPC_…, NOT_CONFIRMED.
 */
export interface Governance {
  readonly account: string;
  registerAgency(registration: AgencyRegistration): Promise<ChangeReceipt>;
  grantEntitlement(
    agency: string,
    type: string,
    grant: {
      readonly validFrom: number;
      readonly validUntil: number | null;
      readonly assurance: number;
      readonly basis: string;
    },
  ): Promise<ChangeReceipt>;
  addOperator(
    agency: string,
    account: string,
    window: {
      readonly validFrom: number;
      readonly validUntil: number | null;
      readonly basis: string;
    },
  ): Promise<ChangeReceipt>;
  addDocumentKey(
    agency: string,
    key: { readonly x: string; readonly y: string },
    window: {
      readonly validFrom: number;
      readonly validUntil: number | null;
      readonly basis: string;
    },
  ): Promise<ChangeReceipt>;
  publishType(publication: TypePublication): Promise<ChangeReceipt>;
  addRule(rule: RecognitionRule): Promise<ChangeReceipt>;
  setStatus(order: StatusOrder): Promise<ChangeReceipt>;
  /** Sends the chain's own coin, in its smallest unit: an operator's fees where the chain takes any. */
  fund(account: string, amount: bigint): Promise<ChangeReceipt>;
}

/** One record of a source with the line it begins at, counted from 1; the header is not a record. */
export interface SourceRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table of records, read as a stream. Problems: FILE_NOT_FOUND, SOURCE_… with the line. */
export interface RecordSource {
  readonly name: string;
  /** SHA-256 of the whole file, in hex: the same bytes are the same source. */
  readonly digest: string;
  readonly columns: readonly string[];
  records(): AsyncIterable<SourceRecord>;
}

/** How far a job has come. What is anchored is only ever said after a receipt with the matching event. */
export type BatchJobState = "hashed" | "signed" | "anchored";

/** The job of one batch, as its folder keeps it. */
export interface BatchJob {
  readonly state: BatchJobState;
  /** What the job is for: another source, type, agency or chain gives another key. */
  readonly key: string;
  readonly agency: string;
  readonly region: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly suite: SuiteId;
  readonly size: number;
  readonly skipped: number;
  readonly root: string;
  readonly manifestHash: string;
  readonly identity: LedgerIdentity;
  readonly transaction: SignedTransaction | null;
  readonly receipt: AnchorReceipt | null;
}

export interface CertificateWriter {
  write(certificate: IssuedCertificate): Promise<void>;
  /** Durable once this returns. */
  close(): Promise<void>;
}

/**
 * The folder of one batch: its certificates, its tree, its public manifest and its job. The job is
 * written last and atomically, so that a folder without one holds nothing that matters.
 */
export interface BatchStore {
  readonly name: string;
  /** Null where there is none yet. @throws Problem BATCH_DAMAGED */
  job(): Promise<BatchJob | null>;
  /** Durable once this returns; either the old or the new one is there at any moment. */
  saveJob(job: BatchJob): Promise<void>;
  /** Begins anew. @throws Problem FOLDER_NOT_EMPTY where the folder holds something else. */
  createCertificates(): Promise<CertificateWriter>;
  /** Removes what a batch without a job has written, and the folder if it is then empty. */
  discard(): Promise<void>;
  /** In index order. @throws Problem BATCH_DAMAGED */
  certificates(): AsyncIterable<IssuedCertificate>;
  saveTree(tree: BatchTree): Promise<void>;
  /** @throws Problem BATCH_DAMAGED unless it is a tree of that many leaves. */
  tree(size: number): Promise<BatchTree>;
  saveManifest(bytes: Uint8Array): Promise<void>;
  manifest(): Promise<Uint8Array>;
}

/** A fault of one record, for the error file that a clerk opens in a spreadsheet. */
export interface FaultReport {
  write(line: number, fault: RecordFault): void;
  /** @returns where it is, or null when there was no fault. */
  close(): Promise<string | null>;
}
