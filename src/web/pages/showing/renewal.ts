/**
 * Keeps a code fresh: a new one every half minute, made ready some seconds before; none is shown past its end. It
 * is told the time and has no timer of its own, so a page that slept goes on where the clock is.
 */

/** A code that was made. */
export interface Fresh<T> {
  readonly code: T;
  /** Until when it is accepted, in milliseconds since 1970. */
  readonly endsAt: number;
}

export interface RenewalTimes {
  readonly renewMs: number;
  /** How long before that the next one is made. */
  readonly prepareMs: number;
  /** After a failure. */
  readonly retryMs: number;
}

export const RENEWAL_TIMES: RenewalTimes = { renewMs: 30_000, prepareMs: 3_000, retryMs: 2_000 };

export class Renewal<T> {
  readonly #make: (now: number) => Promise<Fresh<T>>;
  readonly #times: RenewalTimes;
  #shown: (Fresh<T> & { readonly since: number }) | null = null;
  #next: Fresh<T> | null = null;
  #trouble: unknown = null;
  #triedAt = -Infinity;
  #isMaking = false;
  /** Rises when all is dropped: what was being made then is not shown any more. */
  #round = 0;

  /** @param make is given milliseconds since 1970 */
  constructor(make: (now: number) => Promise<Fresh<T>>, times: RenewalTimes = RENEWAL_TIMES) {
    this.#make = make;
    this.#times = times;
  }

  /** What to show now; null while there is none. The same object as long as it is the same code. */
  get code(): T | null {
    return this.#shown?.code ?? null;
  }

  /** Why the last try failed; null once one has not. */
  get trouble(): unknown {
    return this.#trouble;
  }

  /** Whole seconds until another is shown, 0 when it is late. */
  secondsLeft(now: number): number {
    if (this.#shown === null) return 0;
    return Math.max(0, Math.ceil((this.#shown.since + this.#times.renewMs - now) / 1000));
  }

  /** To be called several times a second, and whenever the page is seen again. */
  tick(now: number): void {
    const isDue = now >= (this.#shown?.since ?? -Infinity) + this.#times.renewMs;
    if (isDue && this.#next !== null) this.#show(this.#next, now);
    if (this.#shown !== null && now >= this.#shown.endsAt) this.#shown = null;
    if (this.#isNextWanted(now)) void this.#prepare(now);
  }

  /** Nothing is shown until the next tick: the page is hidden. */
  drop(): void {
    this.#round++;
    this.#shown = this.#next = null;
    this.#isMaking = false;
    this.#triedAt = -Infinity;
  }

  #show(next: Fresh<T>, now: number): void {
    this.#shown = { ...next, since: now };
    this.#next = null;
  }

  #isNextWanted(now: number): boolean {
    if (this.#isMaking || this.#next !== null) return false;
    if (now < this.#triedAt + this.#times.retryMs && this.#trouble !== null) return false;
    const { renewMs, prepareMs } = this.#times;
    return this.#shown === null || now >= this.#shown.since + renewMs - prepareMs;
  }

  async #prepare(now: number): Promise<void> {
    const round = this.#round;
    this.#isMaking = true;
    this.#triedAt = now;
    const made = await this.#make(now).then(
      (next) => ({ next, trouble: null }),
      (trouble: unknown) => ({ next: null, trouble }),
    );
    if (round !== this.#round) return;
    this.#isMaking = false;
    this.#next = made.next;
    this.#trouble = made.trouble;
    if (this.#shown === null && made.next !== null) this.#show(made.next, now);
  }
}
