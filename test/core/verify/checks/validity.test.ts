import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { BatchPlan } from "../../../support/issued-batch.ts";
import { DAY, NOW } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { STRICT, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();

function verdictWithin(dates: Partial<BatchPlan>, at = NOW) {
  const { judge, signed } = usualCase(primitives, dates);
  return judge(signed(), { ...STRICT, at });
}

describe("the validity check", () => {
  it("says NOT_YET_VALID up to the last second before the first day", () => {
    const verdict = verdictWithin({ notBefore: NOW + 1 });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ validity: "NOT_YET_VALID" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(detailOf(verdict, "validity")).toBe("from 2026-04-11T00:00:01Z");
    expect(verdictWithin({ notBefore: NOW }).verdict).toBe("accepted");
  });

  it("says EXPIRED from the first second after the last", () => {
    const verdict = verdictWithin({ notAfter: NOW - 1 });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ validity: "EXPIRED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(detailOf(verdict, "validity")).toBe("since 2026-04-10T23:59:59Z");
    expect(verdictWithin({ notAfter: NOW }).verdict).toBe("accepted");
  });

  it("never expires a certificate without an end (长期)", () => {
    const distant = NOW + 365_000 * DAY;
    expect(outcomesOf(verdictWithin({ notAfter: null }, distant)).validity).toBe("pass");
  });

  it("judges for the day that an auditor asks about", () => {
    expect(outcomesOf(verdictWithin({ notAfter: NOW - 1 }, NOW - DAY)).validity).toBe("pass");
  });

  it("reads dates that no calendar holds as the last one, and does not break", () => {
    const verdict = verdictWithin({ notBefore: Number.MAX_SAFE_INTEGER, notAfter: null });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ validity: "NOT_YET_VALID" }));
    expect(detailOf(verdict, "validity")).toBe("from 9999-12-31T23:59:59Z");
  });
});
