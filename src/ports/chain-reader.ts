/** Reading a ledger on its chain. */
import type { GovernanceContract, LedgerEvent } from "../core/ledger/events.ts";
import type { LedgerIdentity } from "../core/ledger/state.ts";

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
 * call ends in an answer or in a Problem with a code of `RPC_…`, `WRONG_CHAIN`, `DIRECTORY_NOT_FOUND`,
 * `PREDECESSOR_NOT_FROZEN` or `CHAIN_INCONSISTENT`, within the configured timeout; none retries for ever.
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
 * is behind the others, went backwards, or says what the others or its own blocks contradict.
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

/** What tells a chain and its contracts from others that took their place under the same numbers. */
export interface ChainFingerprint {
  /** The hash of block 0. */
  readonly genesis: string;
  /** keccak-256 of the code of every contract of the ledger, by its address. */
  readonly codes: Readonly<Record<string, string>>;
}
