import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  checkClaimOrder,
  claimLeaf,
  claimLeaves,
  compareClaimNames,
  encodeClaim,
} from "../../../src/core/certificate/claim.ts";
import { compareBytes, concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";

const { keccak256 } = await loadPrimitives();
const claim = { salt: new Uint8Array(16).fill(7), name: "holderName", value: "王小明" };

describe("a claim", () => {
  it("is encoded as salt, name and value", () => {
    expect(toHex(encodeClaim(claim))).toBe(
      `8350${"07".repeat(16)}6a686f6c6465724e616d6569e78e8be5b08fe6988e`,
    );
  });

  it("is hashed behind a zero byte, which sets it apart from every inner node", () => {
    const preimage = concatBytes(Uint8Array.of(0), encodeClaim(claim));
    expect(claimLeaf(keccak256, claim)).toEqual(keccak256(preimage));
  });

  it.each([
    ["salt", { salt: new Uint8Array(16).fill(8) }],
    ["name", { name: "holderNam" }],
    ["value", { value: "王小" }],
    ["kind of value", { value: true }],
  ])("has another leaf when its %s is another", (_, changes) => {
    expect(claimLeaf(keccak256, { ...claim, ...changes })).not.toEqual(claimLeaf(keccak256, claim));
  });

  it("has the same leaf among others as by itself, whatever hashes them", () => {
    const claims = ["王小明", 7, null, "x".repeat(300)].map((value) => ({ ...claim, value }));
    const plain = (bytes: Uint8Array): Uint8Array => keccak256(bytes);
    for (const hash of [keccak256, plain]) {
      expect(claimLeaves(hash, claims)).toEqual(claims.map((one) => claimLeaf(keccak256, one)));
    }
    expect(claimLeaves(keccak256, [])).toEqual([]);
  });

  it("is not encoded with a value that no claim may hold", () => {
    expect(() => encodeClaim({ ...claim, value: 0.5 })).toThrow(FormatError);
  });
});

describe("the order of claims", () => {
  it("is bytewise in UTF-8, where JavaScript's own order is not", () => {
    const names = ["\u{10000}", "\uFFFD", "证", "z", "a", "aa", ""];
    const sorted = [...names].sort(compareClaimNames);
    expect(sorted).toEqual(["", "a", "aa", "z", "证", "\uFFFD", "\u{10000}"]);
    expect(sorted).not.toEqual([...names].sort());
  });

  it("is that of the UTF-8 bytes for any two names", () => {
    const name = fc.string({ unit: "binary", maxLength: 6 });
    const utf8 = new TextEncoder();
    fc.assert(
      fc.property(name, name, (a, b) => {
        const expected = compareBytes(utf8.encode(a), utf8.encode(b));
        expect(Math.sign(compareClaimNames(a, b))).toBe(Math.sign(expected));
      }),
    );
  });

  it("takes 1 to 256 claims, each name once", () => {
    const names = Array.from({ length: 257 }, (_, i) => String(i).padStart(3, "0"));
    expect(() => checkClaimOrder(names.slice(0, 1), "claims")).not.toThrow();
    expect(() => checkClaimOrder(names.slice(0, 256), "claims")).not.toThrow();
    expect(() => checkClaimOrder(names, "claims")).toThrow("257 claims");
    expect(() => checkClaimOrder([], "claims")).toThrow("0 claims");
    expect(() => checkClaimOrder(["a", "a"], "claims")).toThrow("claims[1].name");
    expect(() => checkClaimOrder(["a", "c", "b"], "claims")).toThrow("claims[2].name");
  });
});
