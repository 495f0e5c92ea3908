import { describe, expect, it } from "@jest/globals";
import { validityPeriod } from "../../../src/core/catalogue/validity-period.ts";

const at = (time: string) => Date.parse(time) / 1000;

describe("how long a certificate holds", () => {
  it("has no end where the type is permanent", () => {
    expect(validityPeriod({ kind: "permanent", from: "day" }, { day: "2026-03-01" })).toEqual({
      notBefore: at("2026-03-01T00:00:00+08:00"),
      notAfter: null,
    });
  });

  it("ends on the same day some years later", () => {
    const rule = { kind: "years", from: "day", years: 6 } as const;
    expect(validityPeriod(rule, { day: "2026-03-01" })).toEqual({
      notBefore: at("2026-03-01T00:00:00+08:00"),
      notAfter: at("2032-03-01T23:59:59+08:00"),
    });
    expect(validityPeriod(rule, {})).toBeNull();
  });

  it("ends on the day the record says, or not at all where it says none", () => {
    const rule = { kind: "until", from: "day", until: "end" } as const;
    expect(validityPeriod(rule, { day: "2026-03-01", end: "2026-03-01" })).toEqual({
      notBefore: at("2026-03-01T00:00:00+08:00"),
      notAfter: at("2026-03-01T23:59:59+08:00"),
    });
    expect(validityPeriod(rule, { day: "2026-03-01", end: null })?.notAfter).toBeNull();
    expect(validityPeriod(rule, { day: "2026-03-01" })?.notAfter).toBeNull();
    expect(validityPeriod(rule, { day: "2026-03-01", end: "soon" })).toBeNull();
  });

  it("begins in 1970 for certificates older than that, the earliest a leaf can hold", () => {
    const rule = { kind: "permanent", from: "day" } as const;
    expect(validityPeriod(rule, { day: "1958-10-01" })?.notBefore).toBe(0);
  });
});
