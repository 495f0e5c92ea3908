/** 9999-12-31T23:59:59Z: later times, which only mischief holds, are written as this one. */
const LAST_SECOND = 253_402_300_799;
/** How long ".000Z" is. */
const MILLISECONDS = 5;

/** Seconds since 1970 as RFC 3339 in UTC: 2026-01-01T00:00:00Z. Never throws. */
export function formatInstant(seconds: number): string {
  return `${new Date(Math.min(seconds, LAST_SECOND) * 1000).toISOString().slice(0, -MILLISECONDS)}Z`;
}
