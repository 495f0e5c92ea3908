/** Putting roots of batches on the chain. */
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

/** The most gas that one transaction may take (EIP-7825, in force since Osaka). */
export const TRANSACTION_GAS_CAP = 2 ** 24;
