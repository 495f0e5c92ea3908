/** What a cell shows: numbers as text, days as dates (ECMA-376, part 1, 18.8.30 and 18.17.4). */

export type NumberFormat =
  | { readonly kind: "number" }
  | { readonly kind: "date" }
  /** Only zeros, such as 000000 for a postcode: leading zeros are shown, not stored. */
  | { readonly kind: "zeros"; readonly width: number };

const PLAIN: NumberFormat = { kind: "number" };
/** Dates and times that a workbook need not describe, those of Chinese spreadsheets among them. */
const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;
/** What of a format code is shown as it is, a colour, or a language. */
const LITERALS = /"[^"]*"|\\.|\[[^\]]*\]|_./g;
const DAY_MS = 86_400_000;
/** Spreadsheets take 1900 for a leap year: before its 29 February days are numbered one less. */
const LEAP_YEAR_BUG = 60;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** The last day of 9999. */
const MAX_DAY = 2_958_465;
/** A number of more digits is not exact in a spreadsheet. */
const MAX_DIGITS = 15;
const EXACT_BELOW = 10 ** MAX_DIGITS;

/** @param code of a format that the workbook describes */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return isBuiltInDate(id) ? { kind: "date" } : PLAIN;
  const [positive = ""] = code.replace(LITERALS, "").split(";");
  if (/^0+$/.test(positive)) return { kind: "zeros", width: positive.length };
  return /[ymdhs]/i.test(positive.replace(/general/i, "")) ? { kind: "date" } : PLAIN;
}

function isBuiltInDate(id: number): boolean {
  return BUILT_IN_DATES.some(([first, last]) => id >= first && id <= last);
}

/** As a table would have it in text; null for a number that the spreadsheet has already damaged. */
export function numberText(value: number, format: NumberFormat, is1904: boolean): string | null {
  if (format.kind === "date" && value >= 0 && value <= MAX_DAY) return dateText(value, is1904);
  if (!(Math.abs(value) < EXACT_BELOW)) return null;
  const exact = Number(value.toPrecision(MAX_DIGITS));
  const text = String(exact);
  return format.kind === "zeros" && Number.isInteger(exact) && exact >= 0
    ? text.padStart(format.width, "0")
    : text;
}

/** YYYY-MM-DD, with the time of day where there is one. */
function dateText(days: number, is1904: boolean): string {
  if (!is1904 && Math.floor(days) === LEAP_YEAR_BUG) return "1900-02-29";
  const shift = !is1904 && days < LEAP_YEAR_BUG ? 1 : 0;
  const epoch = is1904 ? EPOCH_1904 : EPOCH_1900;
  // To whole seconds: a time of day is a fraction that is not exact.
  const time = new Date(epoch + Math.round((days + shift) * (DAY_MS / 1000)) * 1000);
  const [date = "", clock = ""] = time.toISOString().split(/[T.]/);
  return clock === "00:00:00" ? date : `${date} ${clock}`;
}
