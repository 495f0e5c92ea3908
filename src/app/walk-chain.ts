/**
 * Goes along the chain in steps of bounded size. Each is checked as it comes: in order, without a gap, each
 * head after the one before, of one history. Only the last can be compared with the contracts' own counters,
 * since a node may no longer answer for an earlier block: what came before it is not to be judged on until then.
 */
import { findDiscontinuity } from "../core/ledger/continuity.ts";
import type { LedgerEvent } from "../core/ledger/events.ts";
import { applyEvent } from "../core/ledger/reduce.ts";
import { batchKey, emptyLedgerAt } from "../core/ledger/state.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../core/hashing.ts";
import type { Block, ChainReader, ContractCounters } from "../ports/chain-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { Progress } from "../ports/progress.ts";
import { Arrivals, differences } from "./generations.ts";
import { FIRST_STEP_BLOCKS, nextWidth } from "./read-events.ts";

export interface WalkOptions {
  readonly chain: ChainReader;
  readonly primitives: Pick<Primitives, "keccak256">;
  readonly clock: Clock;
  /** How many blocks must follow a block before it is final: 0 where consensus is (QBFT). */
  readonly confirmations: number;
  readonly progress?: Progress;
}

/** How far the chain has come. */
export interface Head {
  /** The moment before it was asked for, in seconds since 1970. */
  readonly askedAt: number;
  readonly latest: Block;
  /** The number of the last final block; below the first block where there is none yet. */
  readonly final: number;
}

export interface Step {
  readonly events: readonly LedgerEvent[];
  /** The block it ends in. */
  readonly end: Block;
  /** Whether it ends where the chain does; then the contracts' counters agree with all events so far. */
  readonly isLast: boolean;
  /** The walk from its end on. */
  readonly onward: ChainWalk;
}

/** A place on the chain, and what is needed to go on from it: never the ledger itself. */
export class ChainWalk {
  /** The block that it stands at; null before the first. */
  readonly block: Block | null;
  readonly #options: WalkOptions;
  readonly #place: LedgerState;
  readonly #arrivals: Arrivals;
  readonly #width: number;
  /** Whether the contracts' counters have confirmed this place. */
  readonly #isConfirmed: boolean;

  private constructor(
    options: WalkOptions,
    at: {
      readonly block: Block | null;
      readonly place: LedgerState;
      readonly arrivals: Arrivals;
      readonly width: number;
      readonly isConfirmed: boolean;
    },
  ) {
    this.#options = options;
    this.block = at.block;
    this.#place = emptyLedgerAt(at.place);
    this.#arrivals = at.arrivals;
    this.#width = at.width;
    this.#isConfirmed = at.isConfirmed;
  }

  /** From where a state stands, which is looked at and not kept. */
  static from(options: WalkOptions, state: LedgerState, block: Block | null): ChainWalk {
    const arrivals = new Arrivals();
    const width = FIRST_STEP_BLOCKS;
    return new ChainWalk(options, { block, place: state, arrivals, width, isConfirmed: false });
  }

  /** Past events that were checked before: from what was kept of them. */
  past(events: readonly LedgerEvent[], block: Block): ChainWalk {
    const { place, arrivals } = this.#follow(events);
    return new ChainWalk(this.#options, {
      ...{ block, place, arrivals },
      ...{ width: this.#width, isConfirmed: false },
    });
  }

  /**
   * @throws Problem CHAIN_REORGANISED where the block it stands at was replaced, CHAIN_INCONSISTENT for a node
   * that has gone backwards.
   */
  async head(): Promise<Head> {
    const { chain, clock, confirmations } = this.#options;
    const askedAt = clock.now();
    const latest = await chain.latestBlock();
    await this.#requireSameHistory(latest);
    return { askedAt, latest, final: latest.number - confirmations };
  }

  /** A node that goes backwards is unhealthy; that another block is where one was is a reorganisation. */
  async #requireSameHistory(latest: Block): Promise<void> {
    if (this.block === null) return;
    const { number, hash } = this.block;
    if (latest.number < number) {
      const places = `at block ${String(latest.number)}, behind ${String(number)}`;
      throw inconsistent(`the node is ${places}`);
    }
    const block = latest.number === number ? latest : await this.#options.chain.block(number);
    if (block === null) throw inconsistent(`block ${String(number)} is missing`);
    if (block.hash === hash) return;
    throw new Problem("CHAIN_REORGANISED", `block ${String(number)} is no longer ${hash}`);
  }

  /**
   * Reads on, at most as far as one step goes.
   * @returns null where there is nothing new and nothing to confirm
   * @throws Problem RPC_…, CHAIN_INCONSISTENT
   */
  async step(head: Head): Promise<Step | null> {
    const first = this.#first;
    if (first > head.final) return this.#confirm();
    const last = Math.min(first + this.#width - 1, head.final);
    const end = await this.#blockAt(last);
    const events = await this.#read(first, end);
    const walked = this.#follow(events);
    const isLast = last === head.final;
    if (isLast) await this.#requireSameCounters(walked.arrivals.all(walked.place), end);
    this.#tell(last, head.final);
    const width = nextWidth(this.#width, events.length);
    const at = { block: end, ...walked, width, isConfirmed: isLast };
    return { events, end, isLast, onward: new ChainWalk(this.#options, at) };
  }

  get #first(): number {
    return this.block === null ? this.#options.chain.firstBlock : this.block.number + 1;
  }

  /** What was restored from a disk is compared with the contracts before anybody asks. */
  async #confirm(): Promise<Step | null> {
    if (this.#isConfirmed || this.block === null) return null;
    await this.#requireSameCounters(this.#arrivals.all(this.#place), this.block);
    const at = { block: this.block, place: this.#place, arrivals: this.#arrivals };
    const onward = { ...at, width: this.#width, isConfirmed: true };
    const step = { events: [], end: this.block, isLast: true };
    return { ...step, onward: new ChainWalk(this.#options, onward) };
  }

  /** All of one history: the block that they end in is the same before and after they were read. */
  async #read(first: number, end: Block): Promise<readonly LedgerEvent[]> {
    const events = await this.#options.chain.events(first, end.number);
    requireOrder(events, first, end.number);
    const now = await this.#blockAt(end.number);
    if (now.hash === end.hash) return events;
    throw inconsistent(`block ${String(end.number)} was replaced while it was read`);
  }

  async #blockAt(number: number): Promise<Block> {
    const block = await this.#options.chain.block(number);
    if (block === null) throw inconsistent(`block ${String(number)} is missing`);
    return block;
  }

  /** On an empty ledger at the same place of the log. */
  #follow(events: readonly LedgerEvent[]): { place: LedgerState; arrivals: Arrivals } {
    const place = emptyLedgerAt(this.#place);
    const arrivals = this.#arrivals.copy();
    for (const event of events) {
      const gap = findDiscontinuity(this.#options.primitives.keccak256, place, event);
      if (gap !== null) {
        const where = `${gap.contract}, block ${String(event.position.block)}`;
        throw inconsistent(`${where}: ${gap.what} ${gap.found}, expected ${gap.expected}`);
      }
      arrivals.before(place, event);
      applyEvent(place, event);
    }
    return { place, arrivals };
  }

  async #requireSameCounters(
    arrived: ReadonlyMap<number, ContractCounters>,
    block: Block,
  ): Promise<void> {
    for (const [generation, counters] of arrived) {
      const said = await this.#options.chain.counters(block, generation);
      if (differences(counters, said).length === 0) continue;
      const { sequence, head } = said;
      const words = `the contracts say number ${String(sequence)}, head ${head}`;
      throw inconsistent(`events are missing: ${words}`);
    }
  }

  #tell(last: number, final: number): void {
    const { chain, progress } = this.#options;
    progress?.("blocks", last - chain.firstBlock + 1, final - chain.firstBlock + 1);
  }

  /** Batches in blocks that are not final yet: read anew each time, since the chain may still replace them. */
  async pendingKeys({ final, latest }: Head): Promise<ReadonlySet<string>> {
    const { chain } = this.#options;
    if (final >= latest.number) return new Set();
    const events = await chain.events(Math.max(final + 1, chain.firstBlock), latest.number);
    return new Set(
      events.flatMap((event) => {
        return event.kind === "BatchAnchored" ? [batchKey(event.agency, event.root)] : [];
      }),
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
      const place = `block ${String(block)}, log ${String(logIndex)}`;
      throw inconsistent(`${kind} in ${place} is out of place`);
    }
    before = position;
  }
}

function inconsistent(detail: string): Problem {
  return new Problem("CHAIN_INCONSISTENT", detail);
}
