/** Months and days on an axis: also those in which nothing happened. */
import { formatDate, formatMonth } from "../../words/format.ts";
import type { Overview } from "./public-ledger.ts";

export type Anchored = Overview["months"][number];

/** How many months the picture shows; the table shows all. */
export const MOST_MONTHS = 24;

/** The last months up to the last in which anything was anchored, without gaps. */
export function monthsWithoutGaps(months: readonly Anchored[]): readonly Anchored[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(months.map((month) => [month.period, month]));
  const all: Anchored[] = [];
  for (let number = numberOf(last.period); number >= numberOf(first.period); number--) {
    const period = periodOf(number);
    all.unshift(known.get(period) ?? { period, batches: 0, certificates: 0 });
    if (all.length === MOST_MONTHS) break;
  }
  return all;
}

/** Months since the year 0. */
function numberOf(period: string): number {
  const [year = 0, month = 1] = period.split("-").map(Number);
  return year * 12 + month - 1;
}

function periodOf(number: number): string {
  const month = String((number % 12) + 1).padStart(2, "0");
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${month}`;
}

/** The one with the most certificates, the earliest of them; null where nothing was anchored. */
export function fullest(periods: readonly Anchored[]): Anchored | null {
  const most = Math.max(0, ...periods.map(({ certificates }) => certificates));
  return most === 0 ? null : (periods.find(({ certificates }) => certificates === most) ?? null);
}

/** 2026年3月, or 2026年3月14日. */
export function periodText(period: string): string {
  return period.length > "2026-03".length ? formatDate(period) : formatMonth(period);
}
