/**
 * Who offers wrong credentials again and again is not listened to for a while: an address, and a key whose
 * secret is not known. All instances count together. Where a credential was right lately it goes on working from
 * the same network, so that nobody can shut out a counter by guessing at its key or from beside it.
 */
import { Refusal } from "./refusal.ts";
import type { CallCounts } from "../../ports/clients.ts";

export interface LockoutRule {
  readonly failures: number;
  readonly minutes: number;
}

const DAY = 86_400;
const HOUR = 3_600;
const MOST_REMEMBERED = 100_000;

export class Lockouts {
  readonly #counts: CallCounts;
  #until = new Map<string, number>();
  /** When a credential was last right from a network, at this instance. */
  readonly #rightAt = new Map<string, number>();

  constructor(counts: CallCounts) {
    this.#counts = counts;
  }

  /** Whether anyone is locked out at all: if not, nothing else need be asked. */
  get isAny(): boolean {
    return this.#until.size > 0;
  }

  async refresh(now: number): Promise<void> {
    this.#until = new Map(await this.#counts.locks(now));
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
    for (const subject of locked) await this.#lock(subject, now + seconds);
  }

  async #lock(subject: string, until: number): Promise<void> {
    this.#until.set(subject, until);
    await this.#counts.lock(subject, until);
  }

  /** @param place a credential and the network that it was right from */
  remember(place: string, now: number): void {
    const last = this.#rightAt.get(place);
    if (last !== undefined && now - last < HOUR) return;
    this.#rightAt.delete(place);
    this.#rightAt.set(place, now);
    if (this.#rightAt.size <= MOST_REMEMBERED) return;
    for (const oldest of this.#rightAt.keys()) {
      this.#rightAt.delete(oldest);
      return;
    }
  }

  wasRight(place: string, now: number): boolean {
    return now - (this.#rightAt.get(place) ?? -Infinity) < DAY;
  }
}
