/**
 * Dates, numbers and codes as the language that is set writes them. Days are days of Beijing, as on the
 * certificates, wherever the phone is.
 */
import { dayOfDate } from "../../core/identifiers/calendar-date.ts";
import { settings } from "../settings/settings.ts";
import { FRAME } from "./frame.ts";
import type { Language } from "./languages.ts";
import { inLanguage } from "./words.ts";

const ZONE = "Asia/Shanghai";
const DAY_SECONDS = 86_400;
const BEIJING_OFFSET_SECONDS = 8 * 3600;
/** Where a browser doesn't know a language's numbers and dates, it takes the next. */
const LOCALES: Readonly<Record<Language, readonly string[]>> = {
  "zh-CN": ["zh-CN"],
  "zh-HK": ["zh-HK", "zh-CN"],
  en: ["en-GB"],
  bo: ["bo-CN", "zh-CN"],
  ug: ["ug-CN", "zh-CN"],
  ii: ["ii-CN", "zh-CN"],
};
const SECOND = ["second", 1] as const;
const DURATIONS = [["day", DAY_SECONDS], ["hour", 3600], ["minute", 60], SECOND] as const;
const UNITS = [
  ["year", 365],
  ["month", 30],
  ["day", 1],
] as const;
/** A code is told apart, read out and typed in groups of as many characters. */
const GROUP = 4;

function locales(): string[] {
  return [...LOCALES[settings.language]];
}

/** A calendar date, 2026-01-01, as 2026年1月1日 or 1 January 2026. What is no date stays as it is. */
export function formatDate(date: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return date;
  return dateFormat({ dateStyle: "long", timeZone: "UTC" }).format(
    dayOfDate(date) * DAY_SECONDS * 1000,
  );
}

/** A month, 2026-03, as 2026年3月 or March 2026. What is none stays as it is. */
export function formatMonth(month: string): string {
  if (!/^\d{4}-\d\d$/.test(month)) return month;
  const style = { year: "numeric", month: "long", timeZone: "UTC" } as const;
  return dateFormat(style).format(dayOfDate(`${month}-01`) * DAY_SECONDS * 1000);
}

/** The day of an instant, in seconds since 1970. */
export function formatDay(seconds: number): string {
  return dateFormat({ dateStyle: "long", timeZone: ZONE }).format(seconds * 1000);
}

/** Day and time of an instant, in seconds since 1970. */
export function formatDateTime(seconds: number): string {
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;
  return dateFormat({ ...style, timeZone: ZONE }).format(seconds * 1000);
}

/** The time of an instant in seconds since 1970, to the second: 14:03:27. */
export function formatTime(seconds: number): string {
  const style = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  } as const;
  return dateFormat({ ...style, timeZone: ZONE }).format(seconds * 1000);
}

/** How far a day is from today: today, in 12 days, 3 months ago. @param now in seconds since 1970 */
export function formatDaysFrom(seconds: number, now: number): string {
  const days = dayOf(seconds) - dayOf(now);
  const [unit, length] = UNITS.find(([, least]) => Math.abs(days) >= 2 * least) ?? ["day", 1];
  const format = new Intl.RelativeTimeFormat(locales(), { numeric: "auto" });
  return format.format(Math.trunc(days / length), unit);
}

function dayOf(seconds: number): number {
  return Math.floor((seconds + BEIJING_OFFSET_SECONDS) / DAY_SECONDS);
}

/** How long something takes or is old, in its largest unit: 5 minutes, 2 days. @param seconds 0 at least */
export function formatDuration(seconds: number): string {
  const [unit, length] = largestUnit(seconds);
  return formatNumber(Math.floor(seconds / length), { style: "unit", unit, unitDisplay: "long" });
}

/** How long ago something was: just now, 5 minutes ago, 2 days ago. @param seconds 0 at least */
export function formatAge(seconds: number): string {
  const [unit, length] = largestUnit(seconds);
  if (unit === "second") return inLanguage(FRAME.justNow);
  return new Intl.RelativeTimeFormat(locales()).format(-Math.floor(seconds / length), unit);
}

function largestUnit(seconds: number): (typeof DURATIONS)[number] {
  return DURATIONS.find(([, least]) => seconds >= least) ?? SECOND;
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locales(), options).format(value);
}

/** @param share 0 to 1 */
export function formatPercent(share: number): string {
  return formatNumber(share, { style: "percent", maximumFractionDigits: 1 });
}

/** The size of a file or of a store: 1.2 MB. */
export function formatBytes(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const unit = units[step] ?? "byte";
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return formatNumber(bytes / 1000 ** step, options);
}

/** Several things one after the other: 甲、乙和丙. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locales(), { type: "conjunction" }).format(items);
}

/** A code in groups, as it is read out: 0A1B 2C3D. Never for what is copied. */
export function formatCode(code: string): string {
  return code.match(new RegExp(`.{1,${String(GROUP)}}`, "gsu"))?.join(" ") ?? code;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locales(), {
    calendar: "gregory",
    numberingSystem: "latn",
    ...options,
  });
}
