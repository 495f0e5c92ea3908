/** The few things the application needs from the world. The comments are the contract. */
import type { CertificateFile } from "./core/certificate/certificate-file.ts";
import type { Primitives } from "./core/hashing.ts";
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
