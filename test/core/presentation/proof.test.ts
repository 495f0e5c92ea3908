import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { proofFromCbor, proofToCbor } from "../../../src/core/presentation/proof.ts";
import { proofOf } from "../../support/present.ts";
import { usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const { bearer } = usualCase(primitives);
const proof = proofOf(primitives, bearer, ["birthDate", "holderName"]);
const usual = decodeCbor(encodeCbor(proofToCbor(proof))) as readonly CborValue[];
const [first, second] = usual[7] as readonly (readonly CborValue[])[];
const Member = {
  suite: 0,
  agency: 1,
  root: 2,
  index: 3,
  notBefore: 4,
  notAfter: 5,
  n: 6,
  disclosed: 7,
  claimsProof: 8,
  path: 9,
};

const claimWith = (at: number, value: CborValue): CborValue => [
  (first as readonly CborValue[]).with(at, value),
];

describe("a proof", () => {
  it("is read as it was written", () => {
    const bytes = encodeCbor(proofToCbor(proof));
    expect(proofFromCbor(decodeCbor(bytes))).toEqual(proof);
    expect(proofFromCbor(proofToCbor({ ...proof, notAfter: null }))).toMatchObject({
      notAfter: null,
    });
  });

  it.each<[string, CborValue | undefined]>([
    ["absent", undefined],
    ["a map", new Map()],
    ["of nine members", usual.slice(0, 9)],
    ["of eleven members", [...usual, null]],
  ])("is MALFORMED when %s", (_, value) => {
    expect(() => proofFromCbor(value)).toThrow("ten members expected");
  });

  it.each<[keyof typeof Member, string, CborValue]>([
    ["suite", "text", "keccak256"],
    ["suite", "below zero", -1],
    ["agency", "of 17 characters", "1".repeat(17)],
    ["agency", "a number", 11],
    ["root", "of 31 bytes", new Uint8Array(31)],
    ["root", "text", "0x"],
    ["index", "of 2^32", 2 ** 32],
    ["index", "below zero", -1],
    ["notBefore", "past 2^53", 2n ** 53n],
    ["notBefore", "text", "2026-01-01"],
    ["notAfter", "between 2^53 and no end", 2n ** 64n - 2n],
    ["n", "zero", 0],
    ["n", "257", 257],
    ["claimsProof", "of half a hash", new Uint8Array(48)],
    ["claimsProof", "of 257 hashes", new Uint8Array(257 * 32)],
    ["claimsProof", "a list of hashes", [new Uint8Array(32)]],
    ["path", "of 33 hashes", new Uint8Array(33 * 32)],
    ["path", "of 31 bytes", new Uint8Array(31)],
    ["path", "null", null],
    ["disclosed", "a map", new Map()],
    ["disclosed", "a list of text", ["holderName"]],
    ["disclosed", "a claim of three members", [first?.slice(0, 3) ?? null]],
    ["disclosed", "a claim of five members", [[...(first ?? []), null]]],
    ["disclosed", "out of order", [second as CborValue, first as CborValue]],
    ["disclosed", "a claim twice", [first as CborValue, first as CborValue]],
    [
      "disclosed",
      "two claims at one position",
      [first ?? [], (second ?? []).with(0, first?.[0] ?? 0)],
    ],
    ["disclosed", "names out of order", [(first ?? []).with(2, "z"), second as CborValue]],
    ["disclosed", "a name twice", [(first ?? []).with(2, "holderName"), second as CborValue]],
    ["disclosed", "a position of 256", claimWith(0, 256)],
    ["disclosed", "a position as text", claimWith(0, "0")],
    ["disclosed", "a salt of 15 bytes", claimWith(1, new Uint8Array(15))],
    ["disclosed", "a salt as text", claimWith(1, "salt")],
    ["disclosed", "a name that is a number", claimWith(2, 7)],
    ["disclosed", "a name not in NFC", claimWith(2, "e\u0301")],
    ["disclosed", "a value of bytes", claimWith(3, new Uint8Array(1))],
  ])("is MALFORMED where %s is %s", (member, _, value) => {
    const read = () => proofFromCbor(usual.with(Member[member], value));
    const where = expect.stringMatching(new RegExp(`^${member}|^birthDate$`));
    expect(read).toThrow(expect.objectContaining({ code: "MALFORMED", where }));
  });

  it.each([0, 3, Number.MAX_SAFE_INTEGER])(
    "is of an UNSUPPORTED_VERSION with hash suite %i",
    (suite) => {
      const read = () => proofFromCbor(usual.with(Member.suite, suite));
      expect(read).toThrow(expect.objectContaining({ code: "UNSUPPORTED_VERSION" }));
    },
  );

  it("may disclose nothing, and may be of 256 claims", () => {
    const nothing = usual.with(Member.disclosed, []).with(Member.n, 256);
    expect(proofFromCbor(nothing)).toMatchObject({ disclosed: [], claimCount: 256 });
  });
});
