/**
 * Follows the chain: takes final events in order, checks that none is missing, folds them, and keeps
 * them. Whatever goes wrong leaves the view as it was, to grow old: an outage ends in 'can't tell'.
 */
import { batchKey, emptyLedger, emptyLedgerAt } from "../core/ledger/state.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { findDiscontinuity } from "../core/ledger/continuity.ts";
import type { LedgerEvent } from "../core/ledger/events.ts";
import { applyEvent } from "../core/ledger/reduce.ts";
import { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type {
  Block,
  ChainReader,
  ContractCounters,
  Clock,
  Cursor,
  LedgerSnapshot,
  LedgerStore,
  Primitives,
  Progress,
} from "../ports.ts";
import { Arrivals, differences } from "./generations.ts";
import { readEvents } from "./read-events.ts";

export interface FollowerOptions {
  readonly chain: ChainReader;
  readonly store: LedgerStore;
  readonly primitives: Primitives;
  readonly clock: Clock;
  /** How many blocks must follow a block before it is final: 0 where consensus is (QBFT). */
  readonly confirmations: number;
  readonly progress?: Progress;
}

/** Folding so many takes longer than writing a snapshot. */
const SNAPSHOT_EVENTS = 100_000;
/** And folding fewer than these is soon done. */
const LEAST_SNAPSHOT_EVENTS = 1_000;

interface NewEvents {
  readonly events: readonly LedgerEvent[];
  readonly cursor: Cursor;
}

export class ChainFollower {
  readonly #options: FollowerOptions;
  #state: LedgerState;
  #cursor: Cursor | null = null;
  /** Events folded since the last snapshot. */
  #unsaved = 0;
  /** Whether the contracts have confirmed the state since it was read from the store. */
  #isConfirmed = false;
  #view: LedgerView | null = null;

  private constructor(options: FollowerOptions) {
    this.#options = options;
    this.#state = emptyLedger(options.chain.identity);
  }

  /** Folds what the store holds; asks the chain nothing yet. @throws Problem WRONG_CHAIN for a store of another. */
  static async open(options: FollowerOptions): Promise<ChainFollower> {
    const follower = new ChainFollower(options);
    const cursor = await options.store.cursor();
    if (cursor === null) return follower;
    follower.#requireSameIdentity(cursor);
    await follower.#restore(await options.store.snapshot());
    follower.#cursor = cursor;
    return follower;
  }

  /** From the snapshot, where there is one, and the events after it. */
  async #restore(snapshot: LedgerSnapshot | null): Promise<void> {
    const { store, chain } = this.#options;
    this.#state = snapshot?.state ?? emptyLedger(chain.identity);
    for await (const event of store.events(snapshot?.cursor.number ?? -1)) {
      applyEvent(this.#state, event);
      this.#unsaved++;
    }
  }

  /** Where the chain contradicts what was begun with, that is folded again from the events before anybody asks. */
  async #doubt(error: unknown): Promise<never> {
    const isContradicted = error instanceof Problem && error.code === "CHAIN_INCONSISTENT";
    if (isContradicted && !this.#isConfirmed && this.#cursor !== null) await this.#restore(null);
    throw error;
  }

  /** The state with its place and age; null until the chain was reached once. */
  get view(): LedgerView | null {
    return this.#view;
  }

  /**
   * Takes everything final that is new.
   * @throws Problem of the node, or CHAIN_INCONSISTENT; the view then keeps its age.
   */
  async poll(): Promise<void> {
    const { chain, clock, confirmations } = this.#options;
    const askedAt = clock.now();
    const latest = await chain.latestBlock();
    const final = latest.number - confirmations;
    await this.#requireSameHistory(latest);
    const taken = await this.#readUpTo(final).catch((error: unknown) => this.#doubt(error));
    const pending = await this.#pendingKeys(final + 1, latest.number);
    if (taken !== null) await this.#take(taken);
    const { number, hash, time } = this.#cursor ?? latest;
    this.#view = { state: this.#state, block: { number, hash, time }, asOf: askedAt, pending };
  }

  /** A node that goes backwards is unhealthy; one with another history below finality lies. */
  async #requireSameHistory(latest: Block): Promise<void> {
    const cursor = this.#cursor;
    if (cursor === null) return;
    if (latest.number < cursor.number) {
      throw inconsistent(
        `the node is at block ${String(latest.number)}, behind ${String(cursor.number)}`,
      );
    }
    const block = await this.#options.chain.block(cursor.number);
    if (block?.hash !== cursor.hash) {
      throw inconsistent(`block ${String(cursor.number)} is no longer ${cursor.hash}`);
    }
  }

  /**
   * Reads what is new, step by step, and compares where it arrives with the contracts themselves. Only the
   * last block can be compared, since a node may no longer answer for an earlier one: so nothing is kept
   * before all of it was read.
   */
  async #readUpTo(final: number): Promise<NewEvents | null> {
    const { chain, progress } = this.#options;
    const first = this.#cursor === null ? chain.firstBlock : this.#cursor.number + 1;
    if (first > final && (this.#isConfirmed || this.#cursor === null)) return null;
    const block = await chain.block(Math.max(final, first - 1));
    if (block === null) throw inconsistent(`block ${String(final)} is missing`);
    const events: LedgerEvent[] = [];
    for await (const event of readEvents(chain, first, final, progress)) events.push(event);
    requireOrder(events, first, final);
    await this.#requireSameCounters(this.#requireContinuity(events), block);
    this.#isConfirmed = true;
    return { events, cursor: { ...block, identity: chain.identity } };
  }

  /** The state and its place change together, once both are on disk. */
  async #take({ events, cursor }: NewEvents): Promise<void> {
    await this.#options.store.append(events, cursor);
    for (const event of events) applyEvent(this.#state, event);
    this.#cursor = cursor;
    this.#unsaved += events.length;
    if (this.#unsaved >= SNAPSHOT_EVENTS) await this.keep();
  }

  /** Keeps a snapshot, unless little has changed since the last. */
  async keep(): Promise<void> {
    if (this.#cursor === null || this.#unsaved < LEAST_SNAPSHOT_EVENTS) return;
    await this.#options.store.saveSnapshot({ state: this.#state, cursor: this.#cursor });
    this.#unsaved = 0;
  }

  /**
   * Checks all that is new on an empty ledger at the same place of the log.
   * @returns the counters that it leads to, of each generation it takes in
   */
  #requireContinuity(events: readonly LedgerEvent[]): ReadonlyMap<number, ContractCounters> {
    const ahead = emptyLedgerAt(this.#state);
    const arrivals = new Arrivals();
    for (const event of events) {
      const gap = findDiscontinuity(this.#options.primitives.keccak256, ahead, event);
      if (gap !== null) {
        const place = `${gap.contract}, block ${String(event.position.block)}`;
        throw inconsistent(`${place}: ${gap.what} ${gap.found}, expected ${gap.expected}`);
      }
      arrivals.before(ahead, event);
      applyEvent(ahead, event);
    }
    return arrivals.all(ahead);
  }

  async #requireSameCounters(
    arrived: ReadonlyMap<number, ContractCounters>,
    block: Block,
  ): Promise<void> {
    for (const [generation, counters] of arrived) {
      const said = await this.#options.chain.counters(block, generation);
      if (differences(counters, said).length === 0) continue;
      const { sequence, head } = said;
      throw inconsistent(
        `events are missing: the contracts say number ${String(sequence)}, head ${head}`,
      );
    }
  }

  async #pendingKeys(from: number, to: number): Promise<ReadonlySet<string>> {
    if (from > to) return new Set();
    const events = await this.#options.chain.events(
      Math.max(from, this.#options.chain.firstBlock),
      to,
    );
    return new Set(
      events.flatMap((event) => {
        return event.kind === "BatchAnchored" ? [batchKey(event.agency, event.root)] : [];
      }),
    );
  }

  #requireSameIdentity({ identity }: Cursor): void {
    const expected = this.#options.chain.identity;
    if (identity.chainId === expected.chainId && identity.directory === expected.directory) return;
    throw new Problem(
      "WRONG_CHAIN",
      `the store follows chain ${String(identity.chainId)}, directory ${identity.directory}`,
    );
  }
}

/** Each event after the one before it, in the blocks asked for: those without a number can't be told otherwise. */
function requireOrder(events: readonly LedgerEvent[], first: number, last: number): void {
  let before = { block: first, logIndex: -1 };
  for (const { kind, position } of events) {
    const { block, logIndex } = position;
    const isNext = block > before.block || (block === before.block && logIndex > before.logIndex);
    if (!isNext || block > last) {
      throw inconsistent(
        `${kind} in block ${String(block)}, log ${String(logIndex)} is out of place`,
      );
    }
    before = position;
  }
}

function inconsistent(detail: string): Problem {
  return new Problem("CHAIN_INCONSISTENT", detail);
}
