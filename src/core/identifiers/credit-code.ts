/**
 * The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, namely the
 * registering department, the kind of body, the region (3–8), the organisation code (9–17,
 * GB 11714) and a check character.
 */
import { valuesOf, weightedSum } from "./weighted-sum.ts";
import type { Checked } from "./checked.ts";
import { checkCode } from "./code-text.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";
import { beginsWithProvince } from "./region.ts";

export type CreditCode = string & { readonly __brand: "CreditCode" };
/** The credit code of a body that issues certificates. */
export type AgencyCode = string & { readonly __brand: "AgencyCode" };

/** The 31 characters of GB 32100: no I, O, S, V, Z. */
export const CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORG_CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORG_CHECK_CHARACTERS = "0X987654321";
/** The region part of bodies registered nationally. */
const NATIONAL_PREFIX = "10";

/** In `warn` mode wrong check characters and unknown regions are warnings: some early codes have them. */
export function parseCreditCode(text: string, mode: CheckMode = "strict"): Checked<CreditCode> {
  return checkCode(text, mode, creditCodeFaults);
}

/** As `parseCreditCode`, for the code of an agency. */
export function parseAgencyCode(text: string, mode: CheckMode = "strict"): Checked<AgencyCode> {
  return checkCode(text, mode, creditCodeFaults);
}

const BY_CODE = valuesOf(CREDIT_CODE_ALPHABET);
const ORG_BY_CODE = valuesOf(ORG_CODE_ALPHABET);
const CODE_CHARACTERS = 18;

/** Whether `parseCreditCode` has nothing at all to say of the text: the same, without making anything. */
export function isCreditCode(text: string): boolean {
  if (text.length !== CODE_CHARACTERS || !SHAPE.test(text)) return false;
  let [sum, orgSum] = [0, 0];
  for (let i = 0; i < CODE_CHARACTERS - 1; i++) {
    sum += (WEIGHTS[i] as number) * (BY_CODE[text.charCodeAt(i)] as number);
  }
  for (let i = 0; i < ORG_WEIGHTS.length; i++) {
    orgSum += (ORG_WEIGHTS[i] as number) * (ORG_BY_CODE[text.charCodeAt(i + 8)] as number);
  }
  return (
    ORG_CHECK_CHARACTERS.charCodeAt(orgSum % 11) === text.charCodeAt(16) &&
    checkCharacterOf(sum) === text[17] &&
    isRegistrationRegion(text.slice(2, 8))
  );
}

function creditCodeFaults(code: string): IdentifierFaultCode[] {
  if (!SHAPE.test(code)) return ["CREDIT_CODE_SHAPE"];
  const faults: IdentifierFaultCode[] = [];
  if (!isRegistrationRegion(code.slice(2, 8))) faults.push("CREDIT_CODE_REGION");
  if (orgCodeCheck(code.slice(8, 16)) !== code[16]) faults.push("CREDIT_CODE_ORG_CHECK_DIGIT");
  if (creditCodeCheck(code) !== code[17]) faults.push("CREDIT_CODE_CHECK_DIGIT");
  return faults;
}

function isRegistrationRegion(region: string): boolean {
  return region.startsWith(NATIONAL_PREFIX) || beginsWithProvince(region);
}

/** The check character of the first 17 characters (GB 32100-2015): MOD 31, weights 3^i mod 31. */
export function creditCodeCheck(body: string): string {
  const sum = weightedSum(body, CREDIT_CODE_ALPHABET, WEIGHTS);
  return checkCharacterOf(sum);
}

function checkCharacterOf(sum: number): string {
  return CREDIT_CODE_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The check character of the first 8 characters of an organisation code (GB 11714): MOD 11. */
export function orgCodeCheck(body: string): string {
  const sum = weightedSum(body, ORG_CODE_ALPHABET, ORG_WEIGHTS);
  return ORG_CHECK_CHARACTERS.charAt(sum % 11);
}
