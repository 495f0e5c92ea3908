/** How long a certificate holds, from its type's rule and its record. */
import type { ClaimValue } from "../encoding/cbor.ts";
import {
  addYears,
  beijingDayEnd,
  beijingDayStart,
  isCalendarDate,
} from "../identifiers/calendar-date.ts";
import type { ValidityRule } from "./certificate-type.ts";

/** Seconds since 1970; `notAfter` null says 'no end' (长期). */
export interface ValidityPeriod {
  readonly notBefore: number;
  readonly notAfter: number | null;
}

type Claims = Readonly<Record<string, ClaimValue>>;

/**
 * From 00:00:00 of the first day to 23:59:59 of the last, Beijing time; a term of years ends on the
 * same day of the year. Times before 1970 become 0, the earliest that a leaf can hold. Null where the
 * record lacks a date that the rule needs.
 */
export function validityPeriod(rule: ValidityRule, claims: Claims): ValidityPeriod | null {
  const from = dateIn(claims, rule.from);
  const until = lastDay(rule, claims, from);
  if (from === null || until === undefined) return null;
  return {
    notBefore: Math.max(0, beijingDayStart(from)),
    notAfter: until === null ? null : Math.max(0, beijingDayEnd(until)),
  };
}

/** Null: no end; undefined: can't be said. */
function lastDay(
  rule: ValidityRule,
  claims: Claims,
  from: string | null,
): string | null | undefined {
  if (rule.kind === "permanent") return null;
  if (rule.kind === "years") return from === null ? undefined : addYears(from, rule.years);
  if ((claims[rule.until] ?? null) === null) return null;
  return dateIn(claims, rule.until) ?? undefined;
}

function dateIn(claims: Claims, name: string): string | null {
  const value = claims[name];
  return typeof value === "string" && isCalendarDate(value) ? value : null;
}
