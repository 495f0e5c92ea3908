/**
 * The citizen identity number (公民身份号码, GB 11643-1999): region (6), birth date (8), sequence (3,
 * odd for men) and a check character. Numbers of 15 digits, issued until 1999, have a birth year of
 * two digits and no check character.
 */
import { dayNumber, isCalendarDate, isExistingDay } from "./calendar-date.ts";
import { weightedSum } from "./weighted-sum.ts";
import type { Checked } from "./checked.ts";
import { checkCode } from "./code-text.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";
import { beginsWithProvince } from "./region.ts";

export type CitizenId = string & { readonly __brand: "CitizenId" };

const SHAPE = /^\d{17}[\dX]$/;
const OLD_SHAPE = /^\d{15}$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";
/** The region part of residence permits of people from Taiwan, which is 71 elsewhere. */
const TAIWAN_RESIDENT_PREFIX = "83";

/**
 * @param today YYYY-MM-DD; a birth date after it is an error.
 * In `warn` mode a number of 15 digits is accepted with a warning and kept as it is.
 */
export function parseCitizenId(
  text: string,
  today: string,
  mode: CheckMode = "strict",
): Checked<CitizenId> {
  return checkCode(text, mode, (id) => citizenIdFaults(id, today));
}

const DIGIT_ZERO = 48;

/** Whether `parseCitizenId` has nothing at all to say of the text: the same, without making anything. */
export function isCitizenId(text: string, today: string): boolean {
  if (text.length !== 18 || !hasKnownRegion(text)) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const digit = text.charCodeAt(i) - DIGIT_ZERO;
    if (digit < 0 || digit > 9) return false;
    sum += digit * (WEIGHTS[i] as number);
  }
  if (CHECK_CHARACTERS.charCodeAt(sum % 11) !== text.charCodeAt(17)) return false;
  const [year, month, day] = [digitsAt(text, 6, 4), digitsAt(text, 10, 2), digitsAt(text, 12, 2)];
  return isExistingDay(year, month, day) && dayNumber(year, month, day) <= numberOfDay(today);
}

function digitsAt(text: string, from: number, count: number): number {
  let number = 0;
  for (let i = from; i < from + count; i++) number = 10 * number + text.charCodeAt(i) - DIGIT_ZERO;
  return number;
}

/** YYYY-MM-DD as a number that rises with it. */
function numberOfDay(date: string): number {
  return dayNumber(digitsAt(date, 0, 4), digitsAt(date, 5, 2), digitsAt(date, 8, 2));
}

function citizenIdFaults(id: string, today: string): IdentifierFaultCode[] {
  if (OLD_SHAPE.test(id)) {
    return [
      "CITIZEN_ID_15_DIGITS",
      ...regionFaults(id),
      ...dateFaults(`19${id.slice(6, 12)}`, today),
    ];
  }
  if (!SHAPE.test(id)) return ["CITIZEN_ID_SHAPE"];
  return [...regionFaults(id), ...dateFaults(id.slice(6, 14), today), ...checkFaults(id)];
}

function regionFaults(id: string): IdentifierFaultCode[] {
  return hasKnownRegion(id) ? [] : ["CITIZEN_ID_REGION"];
}

function hasKnownRegion(id: string): boolean {
  return id.startsWith(TAIWAN_RESIDENT_PREFIX) || beginsWithProvince(id);
}

function dateFaults(digits: string, today: string): IdentifierFaultCode[] {
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  if (!isCalendarDate(date)) return ["CITIZEN_ID_DATE"];
  return date > today ? ["CITIZEN_ID_FUTURE"] : [];
}

function checkFaults(id: string): IdentifierFaultCode[] {
  return citizenIdCheck(id) === id[17] ? [] : ["CITIZEN_ID_CHECK_DIGIT"];
}

/** The check character of the first 17 digits (GB 11643-1999; ISO 7064 MOD 11-2). */
export function citizenIdCheck(digits: string): string {
  const sum = weightedSum(digits, "0123456789", WEIGHTS);
  return CHECK_CHARACTERS.charAt(sum % 11);
}
