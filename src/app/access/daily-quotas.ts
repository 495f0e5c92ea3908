/**
 * How many certificates a client verifies in a day (UTC), at all instances together. Each counts in memory and
 * adds what it counted to the store every second: what the others did within that second may come on top.
 */
import type { CallCounts, Client } from "../../ports/clients.ts";
import { Refusal } from "./refusal.ts";

const DAY = 86_400;

interface Today {
  readonly day: number;
  /** Of all instances, as the store last said. */
  total: number;
  /** Counted here and not in the store yet. */
  pending: number;
}

export class DailyQuotas {
  readonly #counts: CallCounts;
  readonly #today = new Map<string, Today>();

  constructor(counts: CallCounts) {
    this.#counts = counts;
  }

  /** @throws Refusal QUOTA_EXCEEDED, and nothing is counted */
  take({ id, perDay }: Client, certificates: number, now: number): void {
    const today = this.#todayOf(id, Math.floor(now / DAY));
    if (today.total + today.pending + certificates > perDay) {
      const untilMidnight = DAY - (now % DAY);
      throw new Refusal("QUOTA_EXCEEDED", untilMidnight, `${String(perDay)} certificates a day`);
    }
    today.pending += certificates;
  }

  /** What the store could not take is added the next time. */
  async flush(): Promise<void> {
    const counted = [...this.#today].filter(([, { pending }]) => pending > 0);
    const taken = counted.map(([, today]) => today.pending);
    const counts = counted.map(([subject, { day }], i) => {
      const expiresAt = (day + 2) * DAY;
      return { kind: "day", subject, period: day, count: taken[i] ?? 0, expiresAt } as const;
    });
    const totals = await this.#counts.add(counts);
    for (const [i, [, today]] of counted.entries()) {
      today.total = totals[i] ?? today.total;
      today.pending -= taken[i] ?? 0;
    }
  }

  /** What was left of the day before is not worth a call to the store. */
  #todayOf(id: string, day: number): Today {
    const known = this.#today.get(id);
    if (known?.day === day) return known;
    const today = { day, total: 0, pending: 0 };
    this.#today.set(id, today);
    return today;
  }
}
