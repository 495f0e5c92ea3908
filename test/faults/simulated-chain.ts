/**
 * A chain in memory whose story is told at random, that grows, replaces its newest blocks, and for a while
 * also blocks which were final; and nodes of it that fail, are slow and lie.
 */
import fc from "fast-check";
import { createHash } from "node:crypto";
import type { ChainNode } from "../../src/adapters/chain/watched-node.ts";
import { Arrivals } from "../../src/app/generations.ts";
import type { LedgerEvent } from "../../src/core/ledger/events.ts";
import { applyEvent } from "../../src/core/ledger/reduce.ts";
import { emptyLedger } from "../../src/core/ledger/state.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import { Problem } from "../../src/core/problem.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { Block, ChainReader, ContractCounters } from "../../src/ports/chain-reader.ts";
import type { IssuedBatch } from "../support/issued-batch.ts";
import { FINGERPRINT } from "../support/chain-in-memory.ts";
import { NEXT_IDENTITY } from "../support/ledger-story.ts";
import { someSteps, tellRandomStory } from "../support/random-story.ts";
import type { Step } from "../support/random-story.ts";

/** Numbers that look random and are the same for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** From 0 up to but not 1 (mulberry32). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to `below` − 1. */
  upTo(below: number): number {
    return Math.floor(this.roll() * below);
  }

  isHit(chance: number): boolean {
    return this.roll() < chance;
  }

  one<T>(of: readonly T[]): T {
    return of[this.upTo(of.length)] as T;
  }
}

interface SimulatedBlock extends Block {
  readonly events: readonly LedgerEvent[];
  /** How many steps of the story have happened by then. */
  readonly steps: number;
}

/** In steps of the story as random-story tells them. */
const MOST_STEPS = 60;

export class SimulatedChain {
  readonly #primitives: Primitives;
  readonly #batches: readonly IssuedBatch[];
  readonly #dice: Dice;
  readonly #future: Step[];
  /** The steps that have happened, in order. */
  #steps: Step[] = [];
  #told = 0;
  #blocks: SimulatedBlock[] = [];
  #branches = 0;
  #counters = new Map<string, ContractCounters>();

  constructor(primitives: Primitives, batches: readonly IssuedBatch[], seed: number) {
    this.#primitives = primitives;
    this.#batches = batches;
    this.#dice = new Dice(seed);
    this.#future = fc.sample(someSteps(), { seed, numRuns: 40 }).flat();
    this.#blocks.push(this.#blockOf(0, [], 0));
    this.#append(this.#tell([]));
  }

  get head(): SimulatedBlock {
    return this.#blocks.at(-1) as SimulatedBlock;
  }

  block(number: number): SimulatedBlock | null {
    return this.#blocks[number] ?? null;
  }

  /** All events up to that block, both in the chain's order. */
  eventsUpTo(number: number, from = 0): LedgerEvent[] {
    return this.#blocks.slice(from, number + 1).flatMap(({ events }) => events);
  }

  stateAt(number: number): LedgerState {
    const state = emptyLedger(NEXT_IDENTITY);
    for (const event of this.eventsUpTo(number)) applyEvent(state, event);
    return state;
  }

  /** What the contracts of a generation say at a block. */
  countersAt({ number, hash }: Block, generation: number): ContractCounters {
    if (this.block(number)?.hash !== hash) throw new Problem("RPC_FAULT", "no such block");
    const key = `${hash}/${String(generation)}`;
    const known = this.#counters.get(key) ?? this.#count(number, generation);
    this.#counters.set(key, known);
    return known;
  }

  #count(number: number, generation: number): ContractCounters {
    const state = emptyLedger(NEXT_IDENTITY);
    const arrivals = new Arrivals();
    for (const event of this.eventsUpTo(number)) {
      arrivals.before(state, event);
      applyEvent(state, event);
    }
    const none = emptyLedger(NEXT_IDENTITY);
    return arrivals.all(state).get(generation) ?? none;
  }

  /** A few blocks more, most of them empty; now and then very many. */
  grow(): void {
    const many = this.#dice.isHit(0.05) ? 200 + this.#dice.upTo(600) : this.#dice.upTo(4);
    for (let i = 0; i < many; i++) this.#append([]);
    const steps: Step[] = [];
    for (let i = this.#dice.upTo(3); i > 0; i--) {
      const step = this.#steps.length + steps.length < MOST_STEPS ? this.#future.pop() : undefined;
      if (step !== undefined) steps.push(step);
    }
    this.#append(this.#tell(steps));
  }

  /** Replaces the newest blocks by as many and one more of another story. */
  replace(depth: number): void {
    const kept = this.#blocks.slice(0, Math.max(2, this.#blocks.length - depth));
    this.#steps = this.#steps.slice(0, kept.at(-1)?.steps ?? 0);
    this.#blocks = kept;
    this.#told = this.eventsUpTo(this.head.number).length;
    this.#branches++;
    for (let i = 0; i <= depth; i++) this.grow();
  }

  /** What brings the chain back to what it is now. */
  remember(): () => void {
    const [blocks, steps, told] = [[...this.#blocks], [...this.#steps], this.#told];
    return () => {
      this.#blocks = blocks;
      this.#steps = steps;
      this.#told = told;
      this.#branches++;
    };
  }

  /** The events that these steps of the story lead to. */
  #tell(steps: readonly Step[]): readonly LedgerEvent[] {
    this.#steps.push(...steps);
    const { events } = tellRandomStory(this.#primitives, this.#batches, this.#steps);
    const added = events.slice(this.#told);
    this.#told = events.length;
    return added;
  }

  #append(events: readonly LedgerEvent[]): void {
    const number = this.#blocks.length;
    this.#blocks.push(this.#blockOf(number, events, this.#steps.length));
  }

  #blockOf(number: number, events: readonly LedgerEvent[], steps: number): SimulatedBlock {
    const before = this.#blocks.at(-1)?.hash ?? "";
    const name = `${before} ${String(this.#branches)} ${String(events.length)}`;
    const hash = `0x${createHash("sha256").update(name).digest("hex")}`;
    const placed = events.map((event, logIndex) => {
      return { ...event, position: { ...event.position, block: number, logIndex } };
    });
    return { number, hash, time: 1_700_000_000 + number, events: placed, steps };
  }
}

/** How a node departs from what is so. */
export type Lie =
  | "drops events"
  | "alters statuses"
  | "makes events up"
  | "other blocks"
  | "null blocks"
  | "other counters"
  | "far ahead"
  | "behind"
  | "backwards"
  | "hangs"
  | "other genesis";

export const LIES: readonly Lie[] = [
  ...(["drops events", "alters statuses", "makes events up", "other blocks"] as const),
  ...(["null blocks", "other counters", "far ahead", "behind", "backwards"] as const),
  ...(["hangs", "other genesis"] as const),
];

/** Of all calls of a node. */
const FAILING = 0.05;
const DELAYED = 0.8;
const LONGEST_DELAY = 30;

export interface NodeCounts {
  calls: number;
  failures: number;
  delays: number;
  lies: number;
}

export class SimulatedNode implements ChainNode {
  readonly name: string;
  readonly #chain: SimulatedChain;
  readonly #dice: Dice;
  readonly #counts: NodeCounts;
  /** Null while it is honest. */
  lie: Lie | null = null;
  isFaulty = true;
  /** Its newest block; it may be a few behind the chain's. */
  #height = 1;

  constructor(name: string, chain: SimulatedChain, seed: number, counts: NodeCounts) {
    this.name = name;
    this.#chain = chain;
    this.#dice = new Dice(seed);
    this.#counts = counts;
  }

  /** Takes over new blocks, all but the last few at most. */
  catchUp(lag: number): void {
    const head = this.#chain.head.number;
    this.#height = Math.min(head, Math.max(this.#height, head - lag));
  }

  open(): Promise<ChainReader> {
    const honest = this.#honest();
    const call = <T>(answer: () => T): Promise<T> => this.#call(answer);
    return Promise.resolve({
      identity: NEXT_IDENTITY,
      firstBlock: 1,
      latestBlock: () => call(() => this.#bendHead(honest.latest())),
      block: (number) => call(() => this.#bendBlock(honest.block(number))),
      events: (from, to) => call(() => this.#bendEvents(honest.events(from, to))),
      strayEvents: () => call(() => []),
      counters: (block, generation = NEXT_IDENTITY.predecessors.length) =>
        call(() => this.#bendCounters(this.#chain.countersAt(block, generation))),
      statusWord: () => call(() => 0n),
      batchStatus: () => call(() => 0),
      fingerprint: () =>
        call(() => (this.#is("other genesis") ? { ...FINGERPRINT, genesis: "0x" } : FINGERPRINT)),
    });
  }

  #honest(): {
    latest(): Block;
    block(number: number): Block | null;
    events(from: number, to: number): LedgerEvent[];
  } {
    const chain = this.#chain;
    const last = (): number => Math.min(chain.head.number, this.#height);
    const plain = ({ number, hash, time }: Block): Block => ({ number, hash, time });
    const block = (number: number): Block | null => {
      const found = number <= last() ? chain.block(number) : null;
      return found === null ? null : plain(found);
    };
    return {
      latest: () => block(last()) as Block,
      block,
      events: (from, to) => chain.eventsUpTo(Math.min(to, last()), from),
    };
  }

  async #call<T>(answer: () => T): Promise<T> {
    this.#counts.calls++;
    const delay = this.isFaulty && this.#dice.isHit(DELAYED) ? this.#dice.upTo(LONGEST_DELAY) : 0;
    if (delay > 0) this.#counts.delays++;
    const turns = this.lie === "hangs" ? 20 * LONGEST_DELAY : delay;
    for (let i = 0; i < turns; i++) await Promise.resolve();
    if (this.lie === "hangs") throw new Problem("RPC_TIMEOUT", this.name);
    if (this.isFaulty && this.#dice.isHit(FAILING)) {
      this.#counts.failures++;
      throw new Problem(this.#dice.one(["RPC_FAULT", "RPC_TIMEOUT", "RPC_UNREACHABLE"]), this.name);
    }
    return answer();
  }

  #is(lie: Lie): boolean {
    if (this.lie !== lie) return false;
    this.#counts.lies++;
    return true;
  }

  #bendHead(block: Block): Block {
    if (this.#is("far ahead")) return { ...block, number: block.number + 1_000 };
    const back = this.#is("behind") ? 40 : this.#is("backwards") ? block.number - 1 : 0;
    const older = back === 0 ? block : this.#chain.block(Math.max(1, block.number - back));
    return this.#bendHash(older ?? block);
  }

  #bendBlock(block: Block | null): Block | null {
    return block === null || this.#is("null blocks") ? null : this.#bendHash(block);
  }

  #bendHash({ number, hash, time }: Block): Block {
    return { number, hash: this.#is("other blocks") ? `${hash.slice(0, -2)}ee` : hash, time };
  }

  #bendEvents(events: LedgerEvent[]): LedgerEvent[] {
    if (events.length === 0) return events;
    const at = this.#dice.upTo(events.length);
    const event = events[at] as LedgerEvent;
    if (this.#is("drops events")) return events.toSpliced(at, 1);
    if (this.#is("makes events up")) {
      const { position } = event;
      const up = { ...event, position: { ...position, logIndex: position.logIndex + 1 } };
      return events.toSpliced(at + 1, 0, up);
    }
    if (!this.#is("alters statuses")) return events;
    return events.map((each) => ("effectiveFrom" in each ? { ...each, effectiveFrom: 0 } : each));
  }

  #bendCounters(counters: ContractCounters): ContractCounters {
    if (!this.#is("other counters")) return counters;
    return { ...counters, sequence: counters.sequence + 1 };
  }
}
