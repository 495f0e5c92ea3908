/**
 * Calendar dates as text, YYYY-MM-DD (GB/T 7408), and the seconds at which a day begins and ends in
 * Beijing time (+08:00). Gregorian calendar, years 1800 to 2999.
 */

const DATE = /^(?:1[89]\d\d|2\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_SECONDS = 86_400;
const BEIJING_OFFSET_SECONDS = 8 * 3600;

/** Whether the text is a date that exists: `2024-02-29` is, `2023-02-29` and `2024-2-9` are not. */
export function isCalendarDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year, month, day] = partsOf(text);
  return day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] as number);
}

function partsOf(date: string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
}

/** Whether the calendar has that day, in the years 1800 to 2999. */
export function isExistingDay(year: number, month: number, day: number): boolean {
  const isNear = year >= 1800 && year <= 2999 && month >= 1 && month <= 12;
  return isNear && day >= 1 && day <= daysInMonth(year, month);
}

/** A number that rises from day to day, and leaves some out. */
export function dayNumber(year: number, month: number, day: number): number {
  return (100 * year + month) * 100 + day;
}

/** Days since 1970-01-01. */
export function dayOfDate(date: string): number {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day) / (DAY_SECONDS * 1000);
}

/** The date of a number of days since 1970-01-01; the inverse of `dayOfDate`. */
export function dateOfDay(days: number): string {
  return new Date(days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** The same day in a later year; 29 February becomes the 28th where there is none. */
export function addYears(date: string, years: number): string {
  const same = String(Number(date.slice(0, 4)) + years) + date.slice(4);
  return isCalendarDate(same) ? same : same.replace(/29$/, "28");
}

/** Seconds since 1970 at 00:00:00 Beijing time of the date. */
export function beijingDayStart(date: string): number {
  return dayOfDate(date) * DAY_SECONDS - BEIJING_OFFSET_SECONDS;
}

/** Seconds since 1970 at 23:59:59 Beijing time of the date. */
export function beijingDayEnd(date: string): number {
  return beijingDayStart(date) + DAY_SECONDS - 1;
}
