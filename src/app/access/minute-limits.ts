/**
 * How many calls in a minute, of each address and each client, at this instance. A minute begins with the first
 * call after the last one ended, so across its edge at most twice as many pass. Counted in memory: fast, and
 * lost with the process.
 */
import { Refusal } from "./refusal.ts";
import type { Allowance } from "./access.ts";

const MINUTE = 60;
/** However many addresses call: some ten megabytes. */
const MOST_SUBJECTS = 100_000;

interface Minute {
  readonly endsAt: number;
  count: number;
}

export class MinuteLimits {
  /** In the order in which their minutes began. */
  readonly #minutes = new Map<string, Minute>();
  readonly #mostSubjects: number;

  constructor(mostSubjects = MOST_SUBJECTS) {
    this.#mostSubjects = mostSubjects;
  }

  /** Counts one call. @param now seconds since 1970. @throws Refusal TOO_MANY_REQUESTS */
  take(subject: string, policy: Allowance["policy"], perMinute: number, now: number): Allowance {
    const minute = this.#minuteOf(`${policy}/${subject}`, now);
    const resetSeconds = minute.endsAt - now;
    if (minute.count >= perMinute) {
      const most = `${String(perMinute)} calls a minute`;
      throw new Refusal("TOO_MANY_REQUESTS", resetSeconds, `${policy}: ${most}`);
    }
    minute.count++;
    return { policy, perMinute, remaining: perMinute - minute.count, resetSeconds };
  }

  #minuteOf(key: string, now: number): Minute {
    const known = this.#minutes.get(key);
    // One that ends later than a minute from now was begun before the clock was put back.
    if (known !== undefined && now < known.endsAt && known.endsAt <= now + MINUTE) return known;
    const minute = { endsAt: now + MINUTE, count: 0 };
    this.#minutes.delete(key);
    this.#minutes.set(key, minute);
    if (this.#minutes.size > this.#mostSubjects) this.#forgetOldest();
    return minute;
  }

  #forgetOldest(): void {
    for (const oldest of this.#minutes.keys()) {
      this.#minutes.delete(oldest);
      return;
    }
  }
}
