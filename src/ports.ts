/** The few things the application needs from the world. The comments are the contract. */
import type { RecordFault } from "./core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "./core/catalogue/record-faults.ts";
import type { CertificateFile } from "./core/certificate/certificate-file.ts";
import type { Primitives } from "./core/hashing.ts";
import type {
  AgencyStatus,
  GovernanceContract,
  KeyAlgorithm,
  LedgerEvent,
  RecognitionRule,
} from "./core/ledger/events.ts";
import type { LedgerIdentity, LedgerState } from "./core/ledger/state.ts";
import type { Problem } from "./core/problem.ts";

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
  /** Asked of the node each time: another chain may have taken the place of the one that was first met. */
  fingerprint(): Promise<ChainFingerprint>;
}

/**
 * What is wrong with a node: it keeps silent or can't be reached, answers with errors, is another chain's,
 * is behind the others, went backwards, or says what the others contradict.
 */
export type NodeFault =
  "silent" | "unreachable" | "faulty" | "wrong chain" | "behind" | "backwards" | "contradicted";

/** How one node is. What it is left out for is its fault; it is asked again, and taken back once it is well. */
export interface NodeHealth {
  /** Its address without what may be a password or a key. */
  readonly node: string;
  /** Null where it is well. */
  readonly fault: NodeFault | null;
  /** What was said of it, in words; empty where it is well. */
  readonly detail: string;
  /** Since when it is so, in seconds since 1970. */
  readonly since: number;
  /** The newest block that it has named; null before it named any. */
  readonly block: number | null;
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

/** One transaction for several batches. */
export interface AnchorPlan {
  /** How many batches it takes. */
  readonly count: number;
  readonly gas: number;
  /** At most, in the chain's smallest unit. */
  readonly fee: bigint;
}

/** Numbers of an account's transactions. */
export interface AccountNonces {
  /** The first that no mined transaction has. */
  readonly used: number;
  /** The first that no transaction the node knows of has. */
  readonly next: number;
}

/** A batch that is on the chain, as its event says. */
export interface FoundAnchor {
  readonly request: AnchorRequest;
  readonly receipt: AnchorReceipt;
}

export interface MinedTransaction {
  readonly isReverted: boolean;
  /** The agency's own. */
  readonly anchors: readonly FoundAnchor[];
}

/**
 * Anchors for one agency with one operator's key. Problems as for ChainReader, or CONTRACT_REFUSED,
 * INSUFFICIENT_FUNDS, and those of a TransactionSigner. All requests of one transaction are of one type,
 * schema version and suite.
 */
export interface Anchoring {
  /** The operator's: 0x and 40 digits, lower case. */
  readonly account: string;
  /**
   * How many of these, from the first on, one transaction can anchor; refuses, as the contract would, what
   * it may not anchor.
   */
  plan(requests: readonly AnchorRequest[]): Promise<AnchorPlan>;
  /** Signs and does not send. */
  sign(
    requests: readonly AnchorRequest[],
    terms: { readonly nonce: number; readonly gas: number },
  ): Promise<SignedTransaction>;
  /** A transaction that does nothing but use its number. */
  signNothing(nonce: number): Promise<SignedTransaction>;
  /**
   * The same with the same number for more money, so that it takes the other's place; null where that would
   * be too dear, or where there are no fees.
   */
  signDearer(transaction: SignedTransaction): Promise<SignedTransaction | null>;
  /** Sends the very same bytes. That the node knows them, or another with their number, is no error. */
  send(transaction: SignedTransaction): Promise<void>;
  nonces(): Promise<AccountNonces>;
  /** Whether the node has it, mined or not. */
  isKnown(transaction: SignedTransaction): Promise<boolean>;
  /** Null while it is not mined. */
  mined(transaction: SignedTransaction): Promise<MinedTransaction | null>;
  /** Those of these roots that are on the chain, whoever sent them. */
  findAnchors(roots: readonly string[]): Promise<readonly FoundAnchor[]>;
}

/** What tells a chain and its contracts from others that took their place under the same numbers. */
export interface ChainFingerprint {
  /** The hash of block 0. */
  readonly genesis: string;
  /** keccak-256 of the code of every contract of the ledger, by its address. */
  readonly codes: Readonly<Record<string, string>>;
}

export interface Cursor extends Block {
  readonly identity: LedgerIdentity;
  /** Pinned at the first reading; missing in what version 0.1.0 kept. */
  readonly fingerprint?: ChainFingerprint;
}

/** The state that all events up to a place lead to: what spares a restart folding them again. */
export interface LedgerSnapshot {
  readonly state: LedgerState;
  readonly cursor: Cursor;
}

/** Keeps the events a follower has taken, so that a restart need not ask the chain again. */
export interface LedgerStore {
  /** Up to where the contracts' own counters have confirmed what is kept; null in a new store. */
  cursor(): Promise<Cursor | null>;
  /** Up to where events are kept that nothing has confirmed yet; null where there are none. */
  ahead(): Promise<Block | null>;
  /** In the chain's order, those of blocks after `after`, up to block `upTo` or the last that is kept. */
  events(after: number, upTo?: number): AsyncIterable<LedgerEvent>;
  /** Events and cursor together, durably, or neither. What was kept ahead is confirmed with them. */
  append(events: readonly LedgerEvent[], cursor: Cursor): Promise<void>;
  /** Events that are not confirmed yet, and the block they end in, together, durably, or neither. */
  appendAhead(events: readonly LedgerEvent[], end: Block): Promise<void>;
  /** Forgets every event after the cursor. */
  dropAhead(): Promise<void>;
  /** Null where there is none, or none that this program can read: then every event is folded again. */
  snapshot(): Promise<LedgerSnapshot | null>;
  /** In place of the one before. */
  saveSnapshot(snapshot: LedgerSnapshot): Promise<void>;
}

/** Remembers presentations until they would have run out anyway. */
export interface ReplayCache {
  /**
   * True for the first caller with this key and for every attempt at the same call, false for every other, also
   * under concurrency.
   * @param by what names the call; null for one that can't be repeated
   */
  isFirstUse(key: string, expiresAt: number, by: string | null): Promise<boolean>;
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

/** How the text of a table is written. */
export interface TextForm {
  readonly encoding: "utf-8" | "gb18030";
  readonly separator: "," | "\t";
}

/** Some of a table's text, from where a record begins to where one ends. */
export interface TextBlock {
  /** In a buffer of their own. */
  readonly bytes: Uint8Array;
  /** Of the first of them, in the whole table. */
  readonly position: number;
  /** At which of its lines, counted from 1, the table's header begins; past its end where that comes later. */
  readonly headerLine: number | null;
  /** The last, since a record in it is longer than any may be. */
  readonly isTooLong: boolean;
}

/** What keeps text from being a table, or from being text. */
export interface TableFault {
  readonly code: "SOURCE_MALFORMED" | "SOURCE_ENCODING";
  /** Counted from 1. */
  readonly line: number;
  /** Where that line begins, in bytes; null where it was not looked for. */
  readonly position: number | null;
  readonly what: string;
}

/** A table that is text: it can be cut without being read, and its parts read apart from each other. */
export interface TextTable extends TextForm {
  /** In order; from the first again at each call. Problems as of `pages`, but for what the text says. */
  blocks(): AsyncIterable<TextBlock>;
  /** @param fault with its place in the whole table */
  problemOf(fault: TableFault): Problem;
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
  /** The same records, where they are text and their lines are those of the text. */
  readonly text?: TextTable;
  /** Lets go of what it holds open. */
  close(): Promise<void>;
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
