/** Where uses are kept, shared by all instances of a service. The comments are the contract. */
import type { StoredStrand, StrandAnchor } from "../core/uses/check-strand.ts";
import type { Line } from "../core/uses/strand.ts";
import type { StrandHeader, UsePlace } from "../core/uses/use.ts";

/** A line to be kept, and by what it is found again. */
export interface NewLine extends Line {
  readonly strand: StrandHeader;
  /** Seconds since 1970. */
  readonly at: number;
  readonly certificate: Uint8Array | null;
  readonly client: string | null;
  /** What marks the call that it was kept for, where that may be repeated; no part of the hashed line. */
  readonly call: Uint8Array | null;
}

/** A call of a client, and since when it was attempted, in seconds since 1970. */
export interface MarkedCall {
  readonly client: string;
  readonly call: Uint8Array;
  readonly since: number;
}

export interface KeptLine extends Line {
  readonly strand: string;
}

/** Newest first; of the same second by strand and number. */
export interface UseCursor extends UsePlace {
  readonly at: number;
}

export interface UseFilter {
  readonly certificate?: Uint8Array;
  readonly client?: string;
  /** Seconds since 1970, both included. */
  readonly from?: number;
  readonly to?: number;
  /** The last one of the page before. */
  readonly after?: UseCursor;
  readonly most: number;
}

/** How far a strand has come. */
export interface StrandHead {
  readonly strand: string;
  readonly length: number;
  readonly hash: Uint8Array;
}

export interface UseLog {
  /**
   * Resolves once the line is durable. Lines of one strand are handed in by rising number, without waiting. A
   * line is kept only right after the one before it.
   * @returns false where it was not kept, because the one before it was not or another writes this strand
   */
  append(line: NewLine): Promise<boolean>;
  /** @returns null where there is none */
  find(place: UsePlace): Promise<KeptLine | null>;
  /** What was kept for a call, the oldest first. */
  ofCall(call: MarkedCall): Promise<readonly KeptLine[]>;
  /** One page. */
  list(filter: UseFilter): Promise<readonly KeptLine[]>;
  /** All strands, in the order of their ids; also those of which only lines are there, with no header. */
  strands(): Promise<readonly (StoredStrand | { readonly id: string; readonly header: null })[]>;
  /** By rising number, from `from` on, `most` at most. */
  lines(strand: string, from: number, most: number): Promise<readonly Line[]>;
  /** Of the strands that are longer than what was marked as anchored last. */
  unanchored(): Promise<readonly StrandHead[]>;
  /** Keeps in mind what was anchored. The chain is what counts: this only spares asking it. */
  markAnchored(heads: readonly StrandHead[]): Promise<void>;
  /**
   * Takes the duty of anchoring until `until`, so that two instances do not do it at the same time.
   * @returns false where another has it
   */
  claimAnchoring(now: number, until: number): Promise<boolean>;
  /** Gives the duty back early. */
  releaseAnchoring(): Promise<void>;
  /**
   * Whether the log was begun with the same key: the first call decides. Pseudonyms under two keys could never
   * be found together.
   */
  isOfKey(fingerprint: Uint8Array): Promise<boolean>;
}

/** What the chain keeps of strands, each account's own. Problems: RPC_…, USE_LOG_NOT_FOUND. */
export interface UseAnchors {
  /** Of an account (lower case with 0x), in the order in which they were first anchored. */
  strandsOf(account: string): Promise<readonly string[]>;
  /** By rising length. */
  anchorsOf(account: string, strand: string): Promise<readonly StrandAnchor[]>;
}

/** Anchors strands for one account. */
export interface UseAnchoring {
  readonly account: string;
  /** How long the strand was when it was anchored last; 0 where it never was. */
  lengthOf(strand: string): Promise<number>;
  /**
   * In one transaction. Resolves once it is mined.
   * @throws Problem RPC_…, CONTRACT_REFUSED where one of them is not longer than it was, INSUFFICIENT_FUNDS
   */
  anchor(heads: readonly StrandHead[]): Promise<{ readonly transaction: string }>;
}
