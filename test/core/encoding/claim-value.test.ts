import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CborValue, ClaimValue } from "../../../src/core/encoding/cbor.ts";
import { Tagged, decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { claimValueFromCbor, claimValueToCbor } from "../../../src/core/encoding/claim-value.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";

const text = fc.string({ unit: "grapheme" }).map((one) => one.normalize("NFC"));
const names = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "toString"));
const { value: anyValue } = fc.letrec<{ value: ClaimValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "medium" },
    fc.maxSafeInteger().map((one) => one + 0),
    text,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(names, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

/** Lists in each other, so many deep. */
function nested(depth: number): ClaimValue {
  return depth === 0 ? "x" : [nested(depth - 1)];
}

describe("a claim's value", () => {
  it("is the same after its way through CBOR", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const decoded = decodeCbor(encodeCbor(claimValueToCbor(value, "claim")));
        expect(claimValueFromCbor(decoded, "claim")).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it("is a text that is in NFC, of whatever characters, and no other", () => {
    const from = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
    const unit = fc.oneof(
      ...[from(0x20, 0x7e), from(0xc0, 0x36f), from(0x1100, 0x11ff), from(0x3040, 0x30ff)],
      ...[from(0x4e00, 0x4eff), from(0x9fe0, 0xfaff)],
    );
    const anyText = fc.array(unit, { maxLength: 6 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyText, (given) => {
        const take = (): CborValue => claimValueToCbor(given, "claim");
        const isFit = given.isWellFormed() && given.normalize("NFC") === given;
        if (isFit) expect(take()).toBe(given);
        else expect(take).toThrow(FormatError);
      }),
      { numRuns: 2000 },
    );
  });

  it("may be named __proto__ without touching anybody's prototype", () => {
    const value = JSON.parse('{"__proto__":{"isAdmin":true}}') as ClaimValue;
    const back = claimValueFromCbor(claimValueToCbor(value, "claim"), "claim") as object;
    expect(Object.keys(back)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect((back as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ["half a number", 12.5, "claim"],
    ["a number past 2^53−1", 2 ** 53, "claim"],
    ["not a number", NaN, "claim"],
    ["half a surrogate pair", "\ud800", "claim"],
    ["text not in NFC", "e\u0301", "claim"],
    ["text not in NFC by the first of all combining marks", "e\u0300", "claim"],
    ["a name not in NFC", { "e\u0301": 1 }, "claim"],
    ["undefined", undefined, "claim"],
    ["a big integer", 1n, "claim"],
    ["a function", () => 1, "claim"],
    ["a date", new Date(0), "claim"],
    ["bytes", new Uint8Array(1), "claim"],
    ["a fault deep inside", { owners: [{ share: 0.5 }] }, "claim.owners[0].share"],
    ["five lists in each other", nested(5), "claim[0][0][0][0]"],
  ])("can't be %s, and the place is named", (_, value, where) => {
    expect(() => claimValueToCbor(value, "claim")).toThrow(
      expect.objectContaining({ name: "FormatError", code: "MALFORMED", where }),
    );
  });

  it.each<[string, CborValue, string]>([
    ["an integer past 2^53−1", 2n ** 53n, "claim"],
    ["bytes", new Uint8Array(1), "claim"],
    ["a tag", new Tagged(0, "2026-01-01"), "claim"],
    ["a map with labels", new Map([[1, "x"]]), "claim"],
    ["a map with a name not in NFC", new Map([["e\u0301", "x"]]), "claim"],
    ["text not in NFC", ["e\u0301"], "claim[0]"],
    ["a fault deep inside", new Map([["a", [2n ** 60n]]]), "claim.a[0]"],
    ["five lists in each other", nested(5) as CborValue, "claim[0][0][0][0]"],
  ])("can't be read from CBOR as %s", (_, value, where) => {
    expect(() => claimValueFromCbor(value, "claim")).toThrow(expect.objectContaining({ where }));
    expect(() => claimValueFromCbor(value, "claim")).toThrow(FormatError);
  });

  it("may be four deep", () => {
    expect(claimValueFromCbor(claimValueToCbor(nested(4), "claim"), "claim")).toEqual(nested(4));
  });

  it("may come from an object without a prototype", () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    expect(claimValueToCbor(bare, "claim")).toEqual(new Map([["a", 1]]));
  });
});
