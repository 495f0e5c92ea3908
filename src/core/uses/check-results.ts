/** How the ten checks ended, as one short text. */
import type { CheckResult } from "../verify/check.ts";
import type { CheckCode, CheckName } from "../verify/codes.ts";
import { CHECK_NAMES } from "../verify/codes.ts";

/** pass, fail, unknown, not asked for, or blocked by one that it builds on. */
const LETTERS = ["p", "f", "u", "n", "b"] as const;
type ResultLetter = (typeof LETTERS)[number];

export const RESULTS_PATTERN = new RegExp(`^[${LETTERS.join("")}]{${String(CHECK_NAMES.length)}}$`);

/** One letter for each check, in their order. */
export function resultLetters(checks: readonly CheckResult[]): string {
  return checks.map(letterOf).join("");
}

function letterOf(check: CheckResult): ResultLetter {
  switch (check.result) {
    case "pass":
      return "p";
    case "fail":
      return "f";
    case "unknown":
      return "u";
    case "skipped":
      return check.because === "notAsked" ? "n" : "b";
  }
}

/** Of the checks that failed or are unknown, in the order of the checks. */
export function codesOf(checks: readonly CheckResult[]): CheckCode[] {
  return checks.flatMap((check) => ("code" in check ? [check.code] : []));
}

/** Whether this check passed. */
export function hasPassed(results: string, check: CheckName): boolean {
  return results.charAt(CHECK_NAMES.indexOf(check)) === "p";
}
