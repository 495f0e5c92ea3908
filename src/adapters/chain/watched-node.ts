/** One node of several: whether it is well, and when it is asked again where it is not. */
import { Problem, toProblem } from "../../core/problem.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import type { ChainReader, NodeFault, NodeHealth } from "../../ports/chain-reader.ts";

/** A node before it was asked anything. */
export interface ChainNode {
  /** Its address without what may be a password or a key. */
  readonly name: string;
  /** Connects, and finds the ledger there. @throws Problem RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND */
  open(): Promise<ChainReader>;
}

/** Milliseconds since 1970 that never go backwards. */
export type Milliseconds = () => number;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** One that says what the others contradict is left out for so long at least. */
const PENALTY_MS = 60_000;
/** One that owes an answer for so long is not asked again until it gives it. */
const PATIENCE_MS = 2_000;

const FAULTS: Partial<Record<ProblemCode, NodeFault>> = {
  RPC_TIMEOUT: "silent",
  RPC_UNREACHABLE: "unreachable",
  WRONG_CHAIN: "wrong chain",
  DIRECTORY_NOT_FOUND: "wrong chain",
  PREDECESSOR_NOT_FROZEN: "wrong chain",
  // By itself, in what its own blocks say.
  CHAIN_INCONSISTENT: "contradicted",
};
/** These answer, be it wrongly or late: another connection to them would mend nothing. */
const ANSWERING: ReadonlySet<NodeFault> = new Set(["faulty", "silent", "contradicted"]);

export class WatchedNode {
  readonly name: string;
  /** The newest block that it has named. */
  height: number | null = null;
  readonly #node: ChainNode;
  readonly #now: Milliseconds;
  readonly #isSame: (reader: ChainReader) => boolean;
  #opening: Promise<ChainReader> | null = null;
  /** Whether `#opening` has come to its end. */
  #isOpen = false;
  #fault: NodeFault | null = null;
  #detail = "";
  #since: number;
  #failures = 0;
  #leftOutUntil = 0;
  /** When each question was asked that it owes an answer to. */
  readonly #owed = new Set<{ readonly since: number }>();

  /** @param isSame whether the ledger that it finds is the one that is asked for */
  constructor(node: ChainNode, now: Milliseconds, isSame: (reader: ChainReader) => boolean) {
    this.name = node.name;
    this.#node = node;
    this.#now = now;
    this.#isSame = isSame;
    this.#since = now();
  }

  get health(): NodeHealth {
    const since = Math.floor(this.#since / 1_000);
    const { name: node, height: block } = this;
    return { node, fault: this.#fault, detail: this.#detail, since, block };
  }

  get fault(): NodeFault | null {
    return this.#fault;
  }

  /** Whether it is asked among the first. The others are asked where these do not suffice. */
  get isAsked(): boolean {
    return this.#now() >= this.#leftOutUntil && !this.#isSlow;
  }

  get #isSlow(): boolean {
    const [oldest] = this.#owed;
    return oldest !== undefined && this.#now() - oldest.since > PATIENCE_MS;
  }

  /** Whether it has said that it knows that block, or nothing to the contrary. */
  reaches(number: number): boolean {
    return this.height === null || this.height >= number;
  }

  /** @throws Problem, which is held against it */
  async ask<T>(call: (reader: ChainReader) => Promise<T>): Promise<T> {
    const debt = { since: this.#now() };
    this.#owed.add(debt);
    try {
      const answer = await call(await this.#open());
      this.#answered();
      return answer;
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#owed.delete(debt);
    }
  }

  /** Anew after it could not be reached: another may have taken its place. */
  async #open(): Promise<ChainReader> {
    this.#opening ??= this.#node.open();
    const reader = await this.#opening;
    this.#isOpen = true;
    if (this.#isSame(reader)) return reader;
    throw new Problem("WRONG_CHAIN", `${this.name}: another ledger`);
  }

  #answered(): void {
    this.#failures = 0;
    const isOver = this.#fault !== null && !AFTER_COMPARISON.has(this.#fault);
    if (isOver) this.#set(null, "");
  }

  #failed(error: unknown): Problem {
    const problem = toProblem(error);
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
    this.#leftOutUntil = Math.max(this.#leftOutUntil, this.#now() + pause);
    const fault = FAULTS[problem.code] ?? "faulty";
    if (!this.#isOpen || !ANSWERING.has(fault)) this.#close();
    this.blame(fault, `${problem.code}: ${problem.detail}`);
    return problem;
  }

  #close(): void {
    this.#opening = null;
    this.#isOpen = false;
  }

  /** Holds something against it that the others show. */
  blame(fault: NodeFault, detail: string): void {
    if (fault === "contradicted") this.#leftOutUntil = this.#now() + PENALTY_MS;
    this.#set(fault, detail);
  }

  /** It says what the others say; a penalty is served to its end all the same. */
  agree(): void {
    const isServed = this.#fault !== "contradicted" || this.#now() >= this.#leftOutUntil;
    if (isServed) this.#set(null, "");
  }

  #set(fault: NodeFault | null, detail: string): void {
    if (fault !== this.#fault) this.#since = this.#now();
    this.#fault = fault;
    this.#detail = detail;
  }
}

/** Faults that an answer alone does not mend: it has to be the others' answer. */
const AFTER_COMPARISON: ReadonlySet<NodeFault> = new Set(["behind", "backwards", "contradicted"]);
