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
  return periodBetween(
    rule,
    claims[rule.from],
    rule.kind === "until" ? claims[rule.until] : undefined,
  );
}

/** The same, from the claims that the rule names. */
export function periodBetween(
  rule: ValidityRule,
  first: ClaimValue | undefined,
  last: ClaimValue | undefined,
): ValidityPeriod | null {
  const from = dateIn(first);
  if (from === null) return null;
  const until = lastDay(rule, from, last);
  if (until === undefined) return null;
  return {
    notBefore: Math.max(0, beijingDayStart(from)),
    notAfter: until === null ? null : Math.max(0, beijingDayEnd(until)),
  };
}

/** Null: no end; undefined: can't be said. */
function lastDay(
  rule: ValidityRule,
  from: string,
  last: ClaimValue | undefined,
): string | null | undefined {
  if (rule.kind === "permanent") return null;
  if (rule.kind === "years") return addYears(from, rule.years);
  if ((last ?? null) === null) return null;
  return dateIn(last) ?? undefined;
}

function dateIn(value: ClaimValue | undefined): string | null {
  return typeof value === "string" && isCalendarDate(value) ? value : null;
}
