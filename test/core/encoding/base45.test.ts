import { describe, expect, it } from "@jest/globals";
import base45 from "base45";
import fc from "fast-check";
import { fromBase45, toBase45 } from "../../../src/core/encoding/base45.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";

describe("base45 (RFC 9285)", () => {
  it.each([
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
  ])("writes %j as the RFC's own example %j", (text, expected) => {
    expect(toBase45(new TextEncoder().encode(text))).toBe(expected);
    expect(new TextDecoder().decode(fromBase45(expected))).toBe(text);
  });

  it("is what the npm package base45 writes, and is read back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase45(bytes);
        expect(text).toBe(base45.encode(Buffer.from(bytes)));
        expect(fromBase45(text)).toEqual(bytes);
      }),
    );
  });

  it("has one text only for each byte string, and throws nothing but FormatError", () => {
    const unit = fc.constantFrom(..."0129AMZ $%*+-./:", "a", "证", "\u{1F600}");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 9 }), (text) => {
        try {
          return toBase45(fromBase45(text)) === text;
        } catch (error) {
          return error instanceof FormatError && error.code === "MALFORMED";
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["A", "AAAA", "GGX", ":::", "::", "V5", "ab0", "AB\n", "証0"])("rejects %j", (text) => {
    expect(() => fromBase45(text)).toThrow(FormatError);
  });

  it("reads a text of any length, and one with foreign characters is none, whatever was read before it", () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i);
    expect(fromBase45(toBase45(bytes))).toEqual(bytes);
    const foreign = `${"0".repeat(7498)}é0`;
    expect(() => fromBase45(foreign)).toThrow("a character that is not base45");
    expect(() => fromBase45(`${foreign}00证`)).toThrow("a character that is not base45");
  });

  it("takes the largest pair and the largest single byte", () => {
    expect([...fromBase45("FGW")]).toEqual([255, 255]);
    expect([...fromBase45("U5")]).toEqual([255]);
    expect(() => fromBase45("V5")).toThrow("'V5' is past its range");
  });
});
