/** How checks ended, as letters. */
import { describe, expect, it } from "@jest/globals";
import {
  RESULTS_PATTERN,
  codesOf,
  hasPassed,
  resultLetters,
} from "../../../src/core/uses/check-results.ts";
import type { CheckResult } from "../../../src/core/verify/check.ts";
import { CHECK_NAMES } from "../../../src/core/verify/codes.ts";

const OUTCOMES: readonly CheckResult[] = CHECK_NAMES.map((check, i) => {
  if (i === 2) return { check, result: "unknown", code: "CHAIN_STALE" };
  if (i === 4) return { check, result: "fail", code: "REVOKED", detail: "…" };
  if (i === 6) return { check, result: "skipped", because: "notAsked" };
  if (i === 9) return { check, result: "skipped", because: "prerequisite" };
  return { check, result: "pass" };
});

describe("how the checks ended", () => {
  it("is one letter for each, in their order", () => {
    expect(resultLetters(OUTCOMES)).toBe("ppupfpnppb");
    expect(resultLetters(OUTCOMES)).toMatch(RESULTS_PATTERN);
  });

  it("keeps the codes of those that failed or are unknown", () => {
    expect(codesOf(OUTCOMES)).toEqual(["CHAIN_STALE", "REVOKED"]);
  });

  it("says of each whether it passed", () => {
    expect(hasPassed("ppupfpnppb", "integrity")).toBe(true);
    expect(hasPassed("ppupfpnppb", "status")).toBe(false);
    expect(hasPassed("ppupfpnppb", "recognition")).toBe(false);
  });
});
