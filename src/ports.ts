/** The few things the application needs from the world. The comments are the contract. */
import type { BatchTree } from "./core/batch/tree.ts";
import type { RecordFault } from "./core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "./core/catalogue/record-faults.ts";
import type { CertificateFile } from "./core/certificate/certificate-file.ts";
import type { Primitives, SuiteId } from "./core/hashing.ts";
import type {
  AgencyStatus,
  GovernanceContract,
  KeyAlgorithm,
  LedgerEvent,
  RecognitionRule,
} from "./core/ledger/events.ts";
import type { LedgerIdentity, LedgerState } from "./core/ledger/state.ts";

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
 * Reads one ledger on one chain: the deployment named, and through it every one that it succeeds. Every
 * call ends in an answer or in a Problem with a code of `RPC_…`, `WRONG_CHAIN`, `DIRECTORY_NOT_FOUND` or
 * `PREDECESSOR_NOT_FROZEN`, within the configured timeout; none retries for ever.
 */
export interface ChainReader {
  readonly identity: LedgerIdentity;
  /** No event of this deployment, or of one that it succeeds, is older. */
  readonly firstBlock: number;
  latestBlock(): Promise<Block>;
  /** Null where the node has no block of that number (yet). */
  block(number: number): Promise<Block | null>;
  /**
   * All events of blocks `from` to `to`, both included, in the chain's order, of all deployments; without
   * what a frozen deployment says after its freeze.
   */
  events(from: number, to: number): Promise<LedgerEvent[]>;
  /** What frozen deployments said after their freeze, up to the newest block: it counts for nothing. */
  strayEvents(): Promise<LedgerEvent[]>;
  /**
   * Read at the block of that hash, so that a reorganisation can't mix two histories.
   * @param generation 0 for the oldest deployment; without it the newest
   */
  counters(block: Block, generation?: number): Promise<ContractCounters>;
  /**
   * The statuses of certificates 64·word to 64·word+63 of a batch, four bits each, lowest first, as the
   * newest deployment says, whichever of them the batch was anchored in.
   */
  statusWord(agency: string, root: string, word: number, block: Block): Promise<bigint>;
  /** The status of a whole batch, likewise. */
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

/** The state that all events up to a place lead to: what spares a restart folding them again. */
export interface LedgerSnapshot {
  readonly state: LedgerState;
  readonly cursor: Cursor;
}

/** Keeps the events a follower has taken, so that a restart need not ask the chain again. */
export interface LedgerStore {
  /** Null in a new store. */
  cursor(): Promise<Cursor | null>;
  /** In the chain's order, those of blocks after that one. */
  events(after: number): AsyncIterable<LedgerEvent>;
  /** Events and cursor together, durably, or neither. */
  append(events: readonly LedgerEvent[], cursor: Cursor): Promise<void>;
  /** Null where there is none, or none that this program can read: then every event is folded again. */
  snapshot(): Promise<LedgerSnapshot | null>;
  /** In place of the one before. */
  saveSnapshot(snapshot: LedgerSnapshot): Promise<void>;
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
  /** How long such a certificate holds, in the short form of the catalogue: "from=issueDate;years=6". */
  readonly validity: string;
  readonly effectiveFrom: number;
  readonly uri: string;
  readonly basis: string;
}

/** From when until when; an end of null is none. */
export interface BasedWindow {
  readonly validFrom: number;
  readonly validUntil: number | null;
  readonly basis: string;
}

export interface EntitlementGrant extends BasedWindow {
  /** 1 (D) to 4 (A). */
  readonly assurance: number;
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

export interface StatusesOrder {
  readonly agency: string;
  readonly root: string;
  /** Strictly rising, at least one. */
  readonly indices: readonly number[];
  readonly status: number;
  readonly effectiveFrom: number;
  readonly reason: number;
}

/** The most gas that one transaction may take (EIP-7825, in force since Osaka). */
export const TRANSACTION_GAS_CAP = 2 ** 24;

/** What a change on the chain cost and where it stands. */
export interface ChangeReceipt {
  readonly transaction: string;
  readonly block: number;
  readonly gasUsed: number;
}

/** A change that is not sent: what a contract account's owners sign together. */
export interface PreparedCall {
  readonly to: string;
  readonly data: string;
  /** In the chain's smallest unit. */
  readonly value: bigint;
}

/**
 * Changes the rules of trust as one account: each method is one call of one contract. What a call ends in
 * depends on who carries it out: a ChangeReceipt once the transaction is mined, a PreparedCall where it is
 * only to be written down, the gas it would take where it is only estimated (a number). Or in a Problem:
 * CONTRACT_REFUSED with the contract's own reason, RPC_…, NOT_CONFIRMED.
 */
export interface Governance<Done = ChangeReceipt> {
  readonly account: string;
  /** Region "0" is the country: its authorities are appointed by the contracts' administrator. */
  appoint(region: string, account: string, basis: string): Promise<Done>;
  dismiss(region: string, account: string, basis: string): Promise<Done>;
  /** Ends this deployment for good in favour of another whose directory names it as its predecessor. */
  freeze(successorDirectory: string, basis: string): Promise<Done>;
  registerAgency(registration: AgencyRegistration): Promise<Done>;
  setAgencyStatus(
    agency: string,
    status: AgencyStatus,
    effectiveFrom: number,
    basis: string,
  ): Promise<Done>;
  succeedAgency(
    agency: string,
    successor: string,
    effectiveFrom: number,
    basis: string,
  ): Promise<Done>;
  grantEntitlement(agency: string, type: string, grant: EntitlementGrant): Promise<Done>;
  endEntitlement(agency: string, type: string, basis: string): Promise<Done>;
  addOperator(agency: string, account: string, window: BasedWindow): Promise<Done>;
  removeOperator(account: string, basis: string): Promise<Done>;
  distrustOperator(agency: string, account: string, since: number, basis: string): Promise<Done>;
  liftOperatorDistrust(agency: string, account: string, basis: string): Promise<Done>;
  addDocumentKey(
    agency: string,
    key: { readonly algorithm: KeyAlgorithm; readonly x: string; readonly y: string },
    window: BasedWindow,
  ): Promise<Done>;
  endDocumentKey(agency: string, keyId: string, basis: string): Promise<Done>;
  distrustDocumentKey(agency: string, keyId: string, basis: string): Promise<Done>;
  liftDocumentKeyDistrust(agency: string, keyId: string, basis: string): Promise<Done>;
  /** All or none; versions of one type in their order. */
  publishTypes(publications: readonly TypePublication[]): Promise<Done>;
  retireType(type: string, basis: string): Promise<Done>;
  addRule(rule: RecognitionRule): Promise<Done>;
  endRule(ruleId: number, basis: string): Promise<Done>;
  defineGroup(group: string, regions: readonly string[], basis: string): Promise<Done>;
  setStatus(order: StatusOrder): Promise<Done>;
  /** All or none. */
  setStatuses(order: StatusesOrder): Promise<Done>;
  /** Sends the chain's own coin, in its smallest unit: an operator's fees where the chain takes any. */
  fund(account: string, amount: bigint): Promise<Done>;
}

/** What a source has in one cell: text, or in JSON anything that JSON has. Empty text is nothing. */
export type Cell =
  string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };

/** What the source itself finds wrong with a cell, such as a formula without a value. */
export interface CellFault {
  /** Counted from 0. */
  readonly column: number;
  readonly code: RecordFaultCode;
}

/** One record with the line, row or place it begins at, counted from 1; a header is not a record. */
export interface SourceRecord {
  readonly line: number;
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly faults?: readonly CellFault[];
}

/**
 * A table of records, read as a stream, however large. Problems: FILE_NOT_FOUND, CELLS_MERGED, SOURCE_…
 * with the line.
 */
export interface RecordSource {
  /** Without any password. */
  readonly name: string;
  /** SHA-256 in hex of all that the records depend on: the bytes, and what was said of how to read them. */
  readonly digest: string;
  readonly columns: readonly string[];
  /**
   * Some records at a time, in order; from the first again at each call. Ends in SOURCE_CHANGED where they
   * are not those of the digest.
   */
  pages(): AsyncIterable<readonly SourceRecord[]>;
  /** Lets go of what it holds open. */
  close(): Promise<void>;
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

/** The faults of records, for the error file that a clerk opens in a spreadsheet. */
export interface FaultReport {
  /** @param column as the source names it, where that is not the field */
  write(line: number, fault: RecordFault, column?: string): void;
  /** @returns where it is, or null when there was no fault. */
  close(): Promise<string | null>;
}

/** Where a certificate is. */
export interface IssuedPlace {
  readonly root: string;
  readonly index: number;
}

/**
 * The certificate numbers of one type that one agency has issued on one ledger. A number stands for the
 * certificate that was issued with it last. @throws Problem DISK_FAILED
 */
export interface IssuedNumbers {
  /** In the order asked; null for one that was never issued. */
  find(numbers: readonly string[]): Promise<readonly (IssuedPlace | null)[]>;
  /** Whether a batch is remembered. */
  has(root: string): Promise<boolean>;
  /** Remembers a batch, its numbers in index order: whole or not at all, durably. Again it changes nothing. */
  add(root: string, numbers: AsyncIterable<string>): Promise<void>;
}
