/**
 * Who offers wrong credentials again and again is not listened to for a while: an address, and a key whose
 * secret is not known. All instances count together. Where a credential was right lately it goes on working from
 * the same network, so that nobody can shut out a counter by guessing at its key or from beside it. That is told to
 * the store once a day for each of them, and read from it when somebody is locked out: so it holds at every instance,
 * and after a restart.
 */
import { Refusal } from "./refusal.ts";
import type { CallCount, CallCounts } from "../../ports/clients.ts";

export interface LockoutRule {
  readonly failures: number;
  readonly minutes: number;
}

/** A credential, and a network that it was right from. */
export interface Place {
  readonly credential: string;
  readonly network: string;
}

const DAY = 86_400;
const MOST_REMEMBERED = 100_000;
const MOST_TOLD_AT_ONCE = 1_000;

export class Lockouts {
  readonly #counts: CallCounts;
  readonly #pseudonym: (network: string) => string;
  #until = new Map<string, number>();
  /** Whom the store said to be locked out when it was asked last. */
  #told: ReadonlyMap<string, number> = new Map();
  /** On which day a credential was last right from a network, at this instance. */
  readonly #rightOn = new Map<string, number>();
  /** What the store does not know yet, by the names that it gets. */
  readonly #untold = new Map<string, CallCount>();
  /** At all instances, by those names. */
  #right: ReadonlySet<string> = new Set();

  /** @param pseudonym names a network to the store, such that nobody can find it from that */
  constructor(counts: CallCounts, pseudonym: (network: string) => string) {
    this.#counts = counts;
    this.#pseudonym = pseudonym;
  }

  /** Whether anyone is locked out at all: if not, nothing else need be asked. */
  get isAny(): boolean {
    return this.#until.size > 0;
  }

  async refresh(now: number): Promise<void> {
    await this.#tellRight();
    const locks = await this.#counts.locks(now);
    const isAnyNew = [...locks.keys()].some((subject) => !this.#told.has(subject));
    if (isAnyNew) await this.#learnRight(now);
    this.#told = locks;
    this.#until = new Map(locks);
  }

  /** @throws Refusal LOCKED_OUT */
  requireOpen(subjects: readonly string[], now: number): void {
    const until = Math.max(...subjects.map((subject) => this.#until.get(subject) ?? 0));
    if (until > now) throw new Refusal("LOCKED_OUT", until - now, "too many wrong credentials");
  }

  /** Counts a wrong credential of each subject. */
  async fail(subjects: readonly string[], rule: LockoutRule, now: number): Promise<void> {
    const seconds = rule.minutes * 60;
    const period = Math.floor(now / seconds);
    const expiresAt = (period + 1) * seconds;
    const counts = subjects.map((subject) => {
      return { kind: "failure", subject, period, count: 1, expiresAt } as const;
    });
    const totals = await this.#counts.add(counts);
    const locked = subjects.filter((_, i) => (totals[i] ?? 0) >= rule.failures);
    if (locked.length > 0) await this.#learnRight(now);
    for (const subject of locked) await this.#lock(subject, now + seconds);
  }

  async #lock(subject: string, until: number): Promise<void> {
    this.#until.set(subject, until);
    await this.#counts.lock(subject, until);
  }

  remember(place: Place, now: number): void {
    const key = keyOf(place);
    const day = Math.floor(now / DAY);
    if (this.#rightOn.get(key) === day) return;
    this.#rightOn.delete(key);
    this.#rightOn.set(key, day);
    this.#untold.set(...this.#noteOf(place, day));
    for (const map of [this.#rightOn, this.#untold]) forgetOldest(map);
  }

  /** Today or yesterday (UTC). */
  wasRight(place: Place, now: number): boolean {
    const day = this.#rightOn.get(keyOf(place)) ?? -Infinity;
    return day >= Math.floor(now / DAY) - 1 || this.#right.has(this.#nameOf(place));
  }

  #noteOf(place: Place, day: number): [string, CallCount] {
    const subject = this.#nameOf(place);
    return [subject, { kind: "right", subject, period: day, count: 1, expiresAt: (day + 2) * DAY }];
  }

  #nameOf({ credential, network }: Place): string {
    return `${credential}@${this.#pseudonym(network)}`;
  }

  /** What it could not take is told the next time. */
  async #tellRight(): Promise<void> {
    const notes = [...this.#untold].slice(0, MOST_TOLD_AT_ONCE);
    await this.#counts.add(notes.map(([, note]) => note));
    for (const [name, note] of notes) {
      if (this.#untold.get(name) === note) this.#untold.delete(name);
    }
  }

  async #learnRight(now: number): Promise<void> {
    this.#right = await this.#counts.rightPlaces(now);
  }
}

function keyOf({ credential, network }: Place): string {
  return `${credential}@${network}`;
}

function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= MOST_REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
