/**
 * The follower against three nodes of a chain, of which one may lie, with errors of the nodes and of the
 * database, reorganisations and restarts: all from one seed, and the same in every run. At no time may a view
 * contradict the chain's final history, and in the end the tables and the state are those of a replay from
 * the beginning.
 */
import { openNodes } from "../../src/adapters/chain/several-nodes.ts";
import { openLedgerStore } from "../../src/adapters/store/ledger-store.ts";
import { ChainFollower } from "../../src/app/follow-chain.ts";
import type { LedgerEvent } from "../../src/core/ledger/events.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { Problem, toProblem } from "../../src/core/problem.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { ChainReader } from "../../src/ports/chain-reader.ts";
import type { LedgerStore } from "../../src/ports/ledger-store.ts";
import type { IssuedBatch } from "../support/issued-batch.ts";
import { laidOpen } from "../support/laid-open.ts";
import { Dice, LIES, SimulatedChain, SimulatedNode } from "./simulated-chain.ts";

const ROUNDS = 100;
/** Of all rounds. */
const REORGANISED = 0.05;
const DEEP = 0.02;
const RESTARTED = 0.03;
const LYING = 0.15;
/** Of all calls of the store. */
const STORE_FAILING = 0.001;

export interface SimulationCounts {
  rounds: number;
  polls: number;
  refusedPolls: number;
  calls: number;
  failures: number;
  delays: number;
  lies: number;
  storeFailures: number;
  reorganisations: number;
  deep: number;
  alarms: number;
  restarts: number;
  events: number;
}

export function noCounts(): SimulationCounts {
  const calls = { calls: 0, failures: 0, delays: 0, lies: 0, storeFailures: 0 };
  const rounds = { rounds: 0, polls: 0, refusedPolls: 0, restarts: 0, events: 0 };
  return { ...rounds, ...calls, reorganisations: 0, deep: 0, alarms: 0 };
}

export interface SimulationTools {
  readonly primitives: Primitives;
  /** As many as random-story speaks of. */
  readonly batches: readonly IssuedBatch[];
  /** How often a call of the store fails, where that is to be more often than usual. */
  readonly storeFailing?: number;
}

/** @throws what went wrong, where something did; the seed says how to see it again */
export async function simulate(
  tools: SimulationTools,
  seed: number,
  counts: SimulationCounts,
): Promise<void> {
  const simulation = await Simulation.begin(tools, seed, counts);
  for (let i = 0; i < ROUNDS; i++) await simulation.round();
  await simulation.end();
}

class Simulation {
  readonly #tools: SimulationTools;
  readonly #dice: Dice;
  readonly #chain: SimulatedChain;
  readonly #nodes: readonly SimulatedNode[];
  readonly #confirmations: number;
  readonly #counts: SimulationCounts;
  readonly #close: () => Promise<void>;
  readonly #store: LedgerStore;
  #now = 1_800_000_000;
  #isStoreFaulty = true;
  /** The view that was found right last. */
  #compared: LedgerView | null = null;
  #reader: ChainReader | null = null;
  #follower: ChainFollower | null = null;

  private constructor(
    tools: SimulationTools,
    seed: number,
    counts: SimulationCounts,
    store: LedgerStore & { close(): Promise<void> },
  ) {
    this.#tools = tools;
    this.#dice = new Dice(seed);
    this.#counts = counts;
    this.#chain = new SimulatedChain(tools.primitives, tools.batches, seed);
    this.#nodes = ["http://a", "http://b", "http://c"].map((name, i) => {
      return new SimulatedNode(name, this.#chain, seed * 3 + i, counts);
    });
    this.#confirmations = this.#dice.one([0, 2, 6]);
    this.#store = this.#failing(store);
    this.#close = () => store.close();
  }

  static async begin(
    tools: SimulationTools,
    seed: number,
    counts: SimulationCounts,
  ): Promise<Simulation> {
    return new Simulation(tools, seed, counts, await openLedgerStore(":memory:"));
  }

  async round(): Promise<void> {
    this.#counts.rounds++;
    this.#now += this.#dice.upTo(20);
    if (this.#dice.isHit(0.6)) this.#chain.grow();
    if (this.#confirmations > 0 && this.#dice.isHit(REORGANISED)) this.#reorganise();
    for (const node of this.#nodes) node.catchUp(this.#dice.upTo(3));
    if (this.#dice.isHit(LYING)) this.#changeLiar();
    if (this.#dice.isHit(RESTARTED)) this.#restart();
    if (this.#dice.isHit(DEEP)) await this.#reorganiseDeeply();
    await this.#poll();
  }

  /** As deep as the finality allows, once or twice in a row. */
  #reorganise(): void {
    const times = this.#dice.isHit(0.3) ? 2 : 1;
    for (let i = 0; i < times; i++) {
      this.#counts.reorganisations++;
      this.#chain.replace(1 + this.#dice.upTo(this.#confirmations));
    }
  }

  #changeLiar(): void {
    for (const node of this.#nodes) node.lie = null;
    this.#dice.one(this.#nodes).lie = this.#dice.isHit(0.8) ? this.#dice.one(LIES) : null;
  }

  #restart(): void {
    this.#counts.restarts++;
    this.#reader = null;
    this.#follower = null;
  }

  /** The whole network goes astray for a while, below what is final, and comes back. */
  async #reorganiseDeeply(): Promise<void> {
    const view = this.#follower?.view ?? null;
    if (view === null || view.block.number < 3 || isBeforeAll(view)) return;
    this.#counts.deep++;
    const back = this.#chain.remember();
    this.#chain.replace(this.#chain.head.number - view.block.number + 1 + this.#dice.upTo(3));
    for (const node of this.#nodes) node.catchUp(0);
    for (let i = 0; i < 3; i++) {
      const problem = await this.#ask();
      if (problem === null) throw new Error("a view was given of a history that is not final");
      if (problem.code === "CHAIN_REORGANISED") this.#counts.alarms++;
    }
    back();
  }

  async #poll(): Promise<void> {
    if ((await this.#ask()) !== null) this.#counts.refusedPolls++;
    this.#compare();
  }

  /** @returns what was wrong, or null */
  async #ask(): Promise<Problem | null> {
    this.#counts.polls++;
    try {
      const follower = (this.#follower ??= await this.#open());
      const before = follower.view;
      await follower.poll();
      if (follower.view === before) throw new Error("a poll that succeeds renews the view");
      return null;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  async #open(): Promise<ChainFollower> {
    const confirmations = this.#confirmations;
    const now = (): number => this.#now * 1_000;
    this.#reader ??= await openNodes(this.#nodes, { confirmations, now });
    const { primitives } = this.#tools;
    const clock = { now: () => this.#now };
    const chain = this.#reader;
    return ChainFollower.open({ chain, store: this.#store, primitives, clock, confirmations });
  }

  /** The view is what a replay of the chain's own history up to its block leads to. */
  #compare(): void {
    const view = this.#follower?.view ?? null;
    if (view === null || view === this.#compared) return;
    this.#compared = view;
    const { number, hash } = view.block;
    if (isBeforeAll(view)) return;
    requireSame("block", this.#chain.block(number)?.hash, hash);
    const expected = laidOpen(this.#chain.stateAt(number)) as Record<string, unknown>;
    const found = laidOpen(view.state) as Record<string, unknown>;
    for (const member of Object.keys(expected)) {
      requireSame(`${member} at block ${String(number)}`, found[member], expected[member]);
    }
  }

  /** All faults end; then everything is as if there had been none. */
  async end(): Promise<void> {
    this.#isStoreFaulty = false;
    for (const node of this.#nodes) {
      Object.assign(node, { lie: null, isFaulty: false });
      node.catchUp(0);
    }
    this.#now += 120;
    for (let i = 0; i < 3; i++) await this.#ask();
    const problem = await this.#ask();
    if (problem !== null) throw problem;
    await this.#compareAll();
    this.#restart();
    await this.#ask();
    await this.#compareAll();
    await this.#close();
  }

  async #compareAll(): Promise<void> {
    const final = this.#chain.head.number - this.#confirmations;
    requireSame("last block", this.#follower?.view?.block.number, final);
    requireSame("age", this.#follower?.view?.asOf, this.#now);
    this.#compare();
    const expected = this.#chain.eventsUpTo(final);
    const kept: LedgerEvent[] = [];
    for await (const event of this.#store.events(-1)) kept.push(event);
    requireSame("kept events", kept, expected);
    this.#counts.events += kept.length;
  }

  /** A store each call of which may fail, before its work or after it. */
  #failing(store: LedgerStore): LedgerStore {
    const guarded = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        const isHit = this.#isHit();
        const isAfter = this.#dice.isHit(0.5);
        if (isHit && !isAfter) throw new Problem("DISK_FAILED", "before");
        const result = await call(...args);
        if (isHit) throw new Problem("DISK_FAILED", "after");
        return result;
      };
    };
    return {
      cursor: guarded(() => store.cursor()),
      ahead: guarded(() => store.ahead()),
      events: (after, upTo) => this.#failingEvents(store.events(after, upTo)),
      append: guarded((events, cursor) => store.append(events, cursor)),
      appendAhead: guarded((events, end) => store.appendAhead(events, end)),
      dropAhead: guarded(() => store.dropAhead()),
      snapshot: guarded(() => store.snapshot()),
      saveSnapshot: guarded((snapshot) => store.saveSnapshot(snapshot)),
    };
  }

  async *#failingEvents(events: AsyncIterable<LedgerEvent>): AsyncIterable<LedgerEvent> {
    const until = this.#isHit() ? this.#dice.upTo(20) : Infinity;
    let count = 0;
    for await (const event of events) {
      if (count++ === until) throw new Problem("DISK_FAILED", "reading");
      yield event;
    }
  }

  #isHit(): boolean {
    const chance = this.#tools.storeFailing ?? STORE_FAILING;
    if (!this.#isStoreFaulty || !this.#dice.isHit(chance)) return false;
    this.#counts.storeFailures++;
    return true;
  }
}

/** Whether no block was final yet: then the view is empty, and names the newest block. */
function isBeforeAll({ state }: LedgerView): boolean {
  return state.agencies.size === 0 && state.sequences.AgencyRegistry === 0;
}

function requireSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [textOf(found), textOf(expected)];
  if (a === b) return;
  const at = [...a].findIndex((character, i) => character !== b[i]);
  const from = Math.max(0, at - 80);
  throw new Error(`${what}: ${a.slice(from, at + 80)} instead of ${b.slice(from, at + 80)}`);
}

function textOf(value: unknown): string {
  return JSON.stringify([value], (_name, member: unknown) => {
    return member instanceof Map ? [...(member as Map<unknown, unknown>)] : member;
  });
}

/** Runs many seeds. @returns those that failed, with what went wrong */
export async function simulateAll(
  tools: SimulationTools,
  seeds: readonly number[],
  counts: SimulationCounts,
): Promise<Map<number, string>> {
  const failed = new Map<number, string>();
  for (const seed of seeds) {
    try {
      await simulate(tools, seed, counts);
    } catch (error) {
      const why = error instanceof Problem ? toProblem(error).message : (error as Error).stack;
      failed.set(seed, why ?? "");
    }
  }
  return failed;
}
