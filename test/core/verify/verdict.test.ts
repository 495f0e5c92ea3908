import { describe, expect, it } from "@jest/globals";
import type { CheckOutcome, CheckResult } from "../../../src/core/verify/check.ts";
import { fail, notAsked, pass, prerequisite, unknown } from "../../../src/core/verify/check.ts";
import type { CheckName } from "../../../src/core/verify/codes.ts";
import { CHECK_NAMES } from "../../../src/core/verify/codes.ts";
import { isAuthentic, isUsable, verdictOf } from "../../../src/core/verify/verdict.ts";

function checksWith(others: Partial<Record<CheckName, CheckOutcome>>): CheckResult[] {
  return CHECK_NAMES.map((check) => ({ check, ...(others[check] ?? pass) }));
}

const failed = fail("ROOT_MISMATCH");
const open = unknown("CHAIN_STALE");

describe("the verdict", () => {
  it.each<
    [string, Partial<Record<CheckName, CheckOutcome>>, string, boolean | null, boolean | null]
  >([
    ["everything passes", {}, "accepted", true, true],
    ["nothing more is asked", { holder: notAsked, recognition: notAsked }, "accepted", true, true],
    ["its content fails", { integrity: failed }, "rejected", false, false],
    ["its status fails", { status: fail("REVOKED") }, "rejected", true, false],
    ["its anchor is open", { anchor: open }, "indeterminate", null, null],
    ["its recognition is open", { recognition: open }, "indeterminate", true, null],
    [
      "its anchor is open and its date is past",
      { anchor: open, validity: fail("EXPIRED") },
      "rejected",
      null,
      false,
    ],
    [
      "its anchor is open and its content fails",
      { anchor: open, integrity: failed },
      "rejected",
      false,
      false,
    ],
    ["what it builds on is missing", { issuer: prerequisite }, "accepted", null, null],
    [
      "proof of the holder is demanded",
      { holder: fail("HOLDER_PROOF_REQUIRED") },
      "rejected",
      true,
      false,
    ],
  ])("where %s", (_, others, verdict, authentic, usable) => {
    const checks = checksWith(others);
    expect([verdictOf(checks), isAuthentic(checks), isUsable(checks, isAuthentic(checks))]).toEqual(
      [verdict, authentic, usable],
    );
  });

  it("carries a detail only where there is one", () => {
    expect(failed).toEqual({ result: "fail", code: "ROOT_MISMATCH" });
    expect(fail("DENIED", "rule 1")).toEqual({ result: "fail", code: "DENIED", detail: "rule 1" });
    expect(unknown("CHAIN_STALE", "old")).toEqual({
      result: "unknown",
      code: "CHAIN_STALE",
      detail: "old",
    });
  });
});
