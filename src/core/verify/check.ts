/** How a check ends: data, never an exception. */
import type { CheckCode, CheckName } from "./codes.ts";

export type CheckOutcome =
  | { readonly result: "pass" }
  | { readonly result: "fail"; readonly code: CheckCode; readonly detail?: string }
  | { readonly result: "unknown"; readonly code: CheckCode; readonly detail?: string }
  | { readonly result: "skipped"; readonly because: "notAsked" | "prerequisite" };

export type CheckResult = CheckOutcome & { readonly check: CheckName };
export type FailedCheck = Extract<CheckOutcome, { readonly result: "fail" }>;

export const pass: CheckOutcome = { result: "pass" };
export const notAsked: CheckOutcome = { result: "skipped", because: "notAsked" };
export const prerequisite: CheckOutcome = { result: "skipped", because: "prerequisite" };

/** @param detail what a person may want to know beyond the code's words: names, dates, places. */
export function fail(code: CheckCode, detail?: string): CheckOutcome {
  return detail === undefined ? { result: "fail", code } : { result: "fail", code, detail };
}

/** It can't be decided now: neither for nor against what is shown. */
export function unknown(code: CheckCode, detail?: string): CheckOutcome {
  return detail === undefined ? { result: "unknown", code } : { result: "unknown", code, detail };
}
