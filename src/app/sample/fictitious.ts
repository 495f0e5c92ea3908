/**
 * Identifiers with valid check characters that belong to nobody, because they lie in ranges that have
 * not been given out:
 *
 * - citizen identity numbers and credit codes have a region part `PP99CC`: a real province, but a city
 *   number 99, which GB/T 2260 gives to no place (cities have 01–20, prefectures and leagues 21–70,
 *   counties directly below a province 90);
 * - mobile numbers begin with 154, a prefix that has been given to no operator.
 */
import { creditCodeCheck, orgCodeCheck } from "../../core/identifiers/credit-code.ts";
import { CREDIT_CODE_ALPHABET } from "../../core/identifiers/credit-code.ts";
import { citizenIdCheck } from "../../core/identifiers/citizen-id.ts";
import { PROVINCES } from "../../core/identifiers/provinces.ts";

/** The mainland's provinces: the 31 rows before Taiwan, Hong Kong and Macao. */
const PREFIXES = PROVINCES.slice(0, 31).map(({ code }) => code.slice(0, 2));
const SEQUENCES = 999;
const COUNTIES = 99;
/** How many citizen identity numbers there are for one birth date. */
export const IDS_PER_BIRTH_DATE = PREFIXES.length * SEQUENCES * COUNTIES;

/** Numbers of different `n` below `IDS_PER_BIRTH_DATE` differ; odd sequence numbers are men's. */
export function fictitiousCitizenId(n: number, birthDate: string): string {
  const sequence = pad(sequenceOf(n), 3);
  const body = regionPart(n) + birthDate.replaceAll("-", "") + sequence;
  return body + citizenIdCheck(body);
}

export function sexOfCitizenId(n: number): "男" | "女" {
  return sequenceOf(n) % 2 === 1 ? "男" : "女";
}

/** Prefixes and sequences number 31 and 999, which have no common factor, so both can run with `n`. */
function sequenceOf(n: number): number {
  return (n % SEQUENCES) + 1;
}

function regionPart(n: number): string {
  const prefix = PREFIXES[n % PREFIXES.length] as string;
  const county = (Math.floor(n / (PREFIXES.length * SEQUENCES)) % COUNTIES) + 1;
  return `${prefix}99${pad(county, 2)}`;
}

/** A code of a business (91); codes of different `n` below 31^6 differ. */
export function fictitiousCreditCode(n: number): string {
  const org = `MA${inAlphabet(n, 6)}`;
  const body = `91${regionPart(n)}${org}${orgCodeCheck(org)}`;
  return body + creditCodeCheck(body);
}

function inAlphabet(n: number, length: number): string {
  const base = CREDIT_CODE_ALPHABET.length;
  const digits = Array.from({ length }, (_, i) => Math.floor(n / base ** i) % base);
  return digits.map((digit) => CREDIT_CODE_ALPHABET.charAt(digit)).join("");
}

/** @param n below 10^8 */
export function fictitiousPhone(n: number): string {
  return `154${pad(n, 8)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, "0");
}
