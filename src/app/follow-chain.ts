/**
 * Follows the chain: takes final events in order, checks that none is missing, folds them, and keeps
 * them. Whatever goes wrong leaves the view as it was, to grow old: an outage ends in 'can't tell'.
 */
import { emptyLedger } from "../core/ledger/state.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import type { LedgerEvent } from "../core/ledger/events.ts";
import { applyEvent } from "../core/ledger/reduce.ts";
import { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { Primitives } from "../core/hashing.ts";
import type { Block, ChainFingerprint } from "../ports/chain-reader.ts";
import type { Cursor, LedgerSnapshot, LedgerStore } from "../ports/ledger-store.ts";
import { ChainWalk } from "./walk-chain.ts";
import type { Head, Step, WalkOptions } from "./walk-chain.ts";

export interface FollowerOptions extends WalkOptions {
  readonly store: LedgerStore;
  readonly primitives: Primitives;
}

/** Folding so many takes longer than writing a snapshot. */
const SNAPSHOT_EVENTS = 100_000;
/** And folding fewer than these is soon done. */
const LEAST_SNAPSHOT_EVENTS = 1_000;
/** More events than these are not held until they are confirmed, but read again from the store. */
const MOST_HELD = 20_000;
const PAGE = 1_000;

export class ChainFollower {
  readonly #options: FollowerOptions;
  /** All events up to the cursor, and none after it. */
  #state: LedgerState;
  #cursor: Cursor | null = null;
  /** Stands at the cursor, or at the end of what is kept ahead of it. */
  #walk: ChainWalk;
  /** The events that are kept ahead of the cursor; null where they are too many to be held. */
  #held: LedgerEvent[] | null = [];
  /** Whether a write to the store has failed: nobody knows then whether it was done. */
  #isUnsure = false;
  /** Whether the state was left between two places. */
  #isTorn = false;
  /** Whether the state was begun with a snapshot that nothing has confirmed since. */
  #isOnTrust = false;
  /** Events folded since the last snapshot. */
  #unsaved = 0;
  #fingerprint: ChainFingerprint | null = null;
  #view: LedgerView | null = null;
  /** Whether the chain has confirmed the view since this follower was opened. */
  #isConfirmed = false;

  private constructor(options: FollowerOptions) {
    this.#options = options;
    this.#state = emptyLedger(options.chain.identity);
    this.#walk = ChainWalk.from(options, this.#state, null);
  }

  /** Folds what the store holds; asks the chain nothing yet. @throws Problem WRONG_CHAIN for a store of another. */
  static async open(options: FollowerOptions): Promise<ChainFollower> {
    const follower = new ChainFollower(options);
    const cursor = await options.store.cursor();
    if (cursor !== null) follower.#requireSameIdentity(cursor);
    await follower.#restore(await options.store.snapshot());
    if (cursor !== null) follower.#showKept(cursor);
    return follower;
  }

  /**
   * The state with its place and age; null until there is one. What a store holds is shown from the start, as
   * old as when the chain confirmed it, until the chain does so again or contradicts it.
   */
  get view(): LedgerView | null {
    return this.#view;
  }

  /**
   * Takes everything final that is new.
   * @throws Problem of the node; CHAIN_INCONSISTENT, CHAIN_REORGANISED, NODES_DISAGREE, WRONG_CHAIN. The view
   * then keeps its age.
   */
  async poll(): Promise<void> {
    await this.#mend();
    try {
      await this.#requireSameFingerprint();
      await this.#readOn();
    } catch (error) {
      await this.#doubt(error);
      throw error;
    }
  }

  #showKept({ number, hash, time, asOf: confirmedAt = time }: Cursor): void {
    const asOf = Math.min(confirmedAt, this.#options.clock.now());
    this.#view = { state: this.#state, block: { number, hash, time }, asOf, pending: new Set() };
    this.#isConfirmed = false;
  }

  async #readOn(): Promise<void> {
    let head = await this.#walk.head();
    let step = await this.#walk.step(head);
    while (step?.isLast === false) {
      await this.#keepAhead(step);
      head = await this.#walk.head();
      step = await this.#walk.step(head);
    }
    const pending = await this.#walk.pendingKeys(head);
    if (step !== null) await this.#take(step, head.askedAt);
    this.#show(head, pending);
  }

  #show({ askedAt, latest }: Head, pending: ReadonlySet<string>): void {
    const { number, hash, time } = this.#cursor ?? latest;
    this.#view = { state: this.#state, block: { number, hash, time }, asOf: askedAt, pending };
    this.#isConfirmed = true;
  }

  /** On disk, and not in the state: nothing has confirmed yet that none is missing. */
  async #keepAhead({ events, end, onward }: Step): Promise<void> {
    await this.#write((store) => store.appendAhead(events, end));
    this.#walk = onward;
    const held = this.#held;
    if (held === null || held.length + events.length > MOST_HELD) this.#held = null;
    else held.push(...events);
  }

  /** The state and its place change together, once both are on disk. */
  async #take({ events, end, onward }: Step, askedAt: number): Promise<void> {
    const cursor = this.#cursorAt(end, askedAt);
    await this.#write((store) => store.append(events, cursor));
    if (this.#held !== null) this.#fold([...this.#held, ...events]);
    else await this.#foldUnseen(this.#cursor?.number ?? -1, end.number);
    this.#cursor = cursor;
    this.#walk = onward;
    this.#held = [];
    this.#isOnTrust = false;
    if (this.#unsaved >= SNAPSHOT_EVENTS) await this.keep();
  }

  #cursorAt({ number, hash, time }: Block, asOf: number): Cursor {
    const place = { number, hash, time, identity: this.#options.chain.identity, asOf };
    return this.#fingerprint === null ? place : { ...place, fingerprint: this.#fingerprint };
  }

  #fold(events: readonly LedgerEvent[]): void {
    for (const event of events) applyEvent(this.#state, event);
    this.#unsaved += events.length;
  }

  /** Takes its time: nobody is to see the state while it is between two places. */
  async #foldUnseen(after: number, upTo: number): Promise<void> {
    this.#view = null;
    this.#isTorn = true;
    await this.#foldKept(after, upTo);
    this.#isTorn = false;
  }

  async #foldKept(after: number, upTo: number): Promise<void> {
    for await (const event of this.#options.store.events(after, upTo)) this.#fold([event]);
  }

  /** Keeps a snapshot, unless little has changed since the last. */
  async keep(): Promise<void> {
    if (this.#cursor === null || this.#unsaved < LEAST_SNAPSHOT_EVENTS) return;
    await this.#options.store.saveSnapshot({ state: this.#state, cursor: this.#cursor });
    this.#unsaved = 0;
  }

  async #write(work: (store: LedgerStore) => Promise<void>): Promise<void> {
    this.#isUnsure = true;
    await work(this.#options.store);
    this.#isUnsure = false;
  }

  /** Brings memory and store together again where a fault has left them apart. */
  async #mend(): Promise<void> {
    if (!this.#isTorn && !this.#isUnsure) return;
    const { store } = this.#options;
    const isSame = !this.#isTorn && (await this.#isAsKept(store));
    if (!isSame) await this.#restore(await store.snapshot());
    this.#isUnsure = false;
  }

  async #isAsKept(store: LedgerStore): Promise<boolean> {
    const cursor = await store.cursor();
    const end = (await store.ahead()) ?? cursor;
    return cursor?.hash === this.#cursor?.hash && end?.hash === this.#walk.block?.hash;
  }

  /** From the snapshot, where there is one, and the events after it; to go on from what is kept ahead. */
  async #restore(snapshot: LedgerSnapshot | null): Promise<void> {
    const { store, chain } = this.#options;
    this.#isTorn = true;
    const cursor = await store.cursor();
    this.#state = snapshot?.state ?? emptyLedger(chain.identity);
    this.#unsaved = 0;
    const after = snapshot?.cursor.number ?? -1;
    if (cursor !== null) await this.#foldKept(after, cursor.number);
    this.#cursor = cursor;
    this.#isOnTrust = snapshot !== null;
    this.#walk = await this.#walkAhead(cursor, await store.ahead());
    this.#isTorn = false;
  }

  async #walkAhead(cursor: Cursor | null, ahead: Block | null): Promise<ChainWalk> {
    const walk = ChainWalk.from(this.#options, this.#state, cursor);
    this.#held = ahead === null ? [] : null;
    if (ahead === null) return walk;
    let page: LedgerEvent[] = [];
    let at = walk;
    for await (const event of this.#options.store.events(cursor?.number ?? -1)) {
      page.push(event);
      if (page.length < PAGE) continue;
      at = at.past(page, ahead);
      page = [];
    }
    return at.past(page, ahead);
  }

  /**
   * Where the chain contradicts what is kept, the part ahead of the cursor is forgotten, and a state that was
   * begun with a snapshot is folded again from the events before anybody asks. What it has never confirmed is
   * no longer shown, also where it is another chain's.
   */
  async #doubt(error: unknown): Promise<void> {
    const isOther = error instanceof Problem && error.code === "WRONG_CHAIN";
    if (!this.#isConfirmed && (isOther || isContradiction(error))) this.#view = null;
    if (!isContradiction(error)) return;
    const { store } = this.#options;
    if ((await store.ahead()) !== null) {
      await this.#write(() => store.dropAhead());
      this.#walk = ChainWalk.from(this.#options, this.#state, this.#cursor);
      this.#held = [];
    }
    if (this.#isOnTrust) await this.#restore(null);
  }

  /** Once in the life of a follower; what is pinned in the store is compared, or pinned with the next step. */
  async #requireSameFingerprint(): Promise<void> {
    if (this.#fingerprint !== null) return;
    const found = await this.#options.chain.fingerprint();
    const pinned = this.#cursor?.fingerprint;
    if (pinned !== undefined) requireEqual(pinned, found);
    this.#fingerprint = found;
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

function requireEqual(pinned: ChainFingerprint, found: ChainFingerprint): void {
  if (pinned.genesis !== found.genesis) {
    throw new Problem("WRONG_CHAIN", `block 0 is ${found.genesis}, it was ${pinned.genesis}`);
  }
  for (const [address, code] of Object.entries(found.codes)) {
    if (pinned.codes[address] === code) continue;
    throw new Problem("WRONG_CHAIN", `the contract at ${address} has another code than it had`);
  }
}

function isContradiction(error: unknown): boolean {
  if (!(error instanceof Problem)) return false;
  return error.code === "CHAIN_INCONSISTENT" || error.code === "CHAIN_REORGANISED";
}
