/** 9999-12-31T23:59:59Z: later times, which only mischief holds, are written as this one. */
const LAST_SECOND = 253_402_300_799;
/** How long ".000Z" is. */
const MILLISECONDS = 5;

/** Days and blocks come again and again; more different times than this are not kept. */
const MOST_KEPT = 1_000;
const kept = new Map<number, string>();

/** Seconds since 1970 as RFC 3339 in UTC: 2026-01-01T00:00:00Z. Never throws. */
export function formatInstant(seconds: number): string {
  const known = kept.get(seconds);
  if (known !== undefined) return known;
  const time = new Date(Math.min(seconds, LAST_SECOND) * 1000);
  const text = `${time.toISOString().slice(0, -MILLISECONDS)}Z`;
  if (kept.size === MOST_KEPT) kept.clear();
  kept.set(seconds, text);
  return text;
}
