import { describe, expect, it } from "@jest/globals";
import { patternText } from "../../../src/app/sample/pattern-text.ts";
import { createPrng } from "../../../src/app/sample/prng.ts";

describe("texts made from a pattern", () => {
  it.each([
    String.raw`^\d{7}$`,
    String.raw`^[A-Z]{2}-\d{2,9}\.x$`,
    String.raw`^(100|[1-9]?\d)%$`,
    String.raw`^([01]\d|2[0-3]):[0-5]\d$`,
    String.raw`^[京沪琼](?:A|B(C|D)?)（20[0-3]\d）\p{Script=Han}{2,10}字第\d{7}号$`,
    String.raw`^[A-HJ-NP-Z\d\-]{5}$`,
  ])("match %s", (pattern) => {
    const prng = createPrng(pattern);
    for (let i = 0; i < 200; i++) {
      expect(patternText(pattern, prng, 0, 1)).toMatch(new RegExp(pattern, "u"));
    }
  });

  it("differ for different serial numbers", () => {
    const prng = createPrng("serial");
    const texts = Array.from({ length: 1000 }, (_, i) =>
      patternText(String.raw`^A\d{3}号$`, prng, i, 1000),
    );
    expect(new Set(texts).size).toBe(1000);
  });

  it("refuses a pattern that has too few texts", () => {
    expect(() => patternText(String.raw`^A\d{3}$`, createPrng(""), 0, 1001)).toThrow(
      "fewer than 1001",
    );
  });

  it.each([String.raw`^a+$`, "^a.b$", String.raw`^(?=a)b$`, "^(ab$"])(
    "refuses the pattern %s",
    (pattern) => {
      expect(() => patternText(pattern, createPrng(""), 0, 1)).toThrow(RangeError);
    },
  );
});
