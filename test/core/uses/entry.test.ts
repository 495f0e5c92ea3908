/** Lines of the use log: one way to write each, and nothing else can be read. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { decodeEntry, encodeEntry, encodeHeader } from "../../../src/core/uses/entry.ts";
import { parseReceiptId, receiptId } from "../../../src/core/uses/receipt-id.ts";
import { USE_MODES } from "../../../src/core/uses/use.ts";
import { someUse } from "../../support/uses.ts";

const PLACE = { strand: "3f6a0c21b9d4", number: 1041 };
const HEADER = {
  id: PLACE.strand,
  chainId: 31_337,
  directory: `0x${"d1".repeat(20)}`,
  startedAt: 1_800_000_000,
};

/** What stands in the array, with one item replaced. */
function withItem(at: number, value: CborValue): Uint8Array {
  const items = [...(decodeCbor(encodeEntry(PLACE, someUse())) as CborValue[])];
  items[at] = value;
  return encodeCbor(items);
}

describe("a line of the use log", () => {
  it("is read as it was written", () => {
    const use = someUse();
    expect(decodeEntry(encodeEntry(PLACE, use))).toEqual({ ...PLACE, use });
  });

  it("says that a delegate showed it, and for which item of the purpose's name, where it is so", () => {
    const { question } = someUse();
    const plain = someUse();
    const told = someUse({ isByDelegate: true, question: { ...question, serviceItem: "MZ-12" } });
    expect(decodeEntry(encodeEntry(PLACE, told))).toEqual({ ...PLACE, use: told });
    expect(encodeEntry(PLACE, plain).length).toBeLessThan(encodeEntry(PLACE, told).length);
  });

  it("is read as it was written where hardly anything is known", () => {
    const question = {
      ...{
        at: null,
        shownAt: null,
        asKnownAt: null,
        region: null,
        purpose: null,
        serviceItem: null,
        audience: null,
      },
      ...{
        nonce: null,
        requiresHolder: false,
        requiredClaims: [],
        isReplayed: true,
        maxLedgerAge: 0,
      },
    };
    const nothing = { certificate: null, shown: null, client: null, cause: null, position: null };
    const use = someUse({ ...nothing, question, claims: [], verdict: "rejected" });
    const bare = { ...use, results: "fbbbbbbbbb", codes: ["MALFORMED" as const] };
    expect(decodeEntry(encodeEntry(PLACE, bare)).use).toEqual(bare);
  });

  it.each(USE_MODES)("says that it came as a %s", (mode) => {
    expect(decodeEntry(encodeEntry(PLACE, someUse({ mode }))).use.mode).toBe(mode);
  });

  it("has the same bytes in every version of the program: receipts rest on them", () => {
    expect(toHex(encodeEntry(PLACE, someUse()))).toMatchInlineSnapshot(
      `"8f016c3366366130633231623964341904111a6b49d200005001010101010101010101010101010101582002020202020202020202020202020202020202020202020202020202020202026a432d3751324b394d58415003030303030303030303030303030303816a686f6c6465724e616d658bf6f6f6663333303130307818e5a99ae5a7bbe799bbe8aeb0e4bfa1e681afe69fa5e8afa27825e69dade5b79ee5b882e694bfe58aa1e69c8de58aa1e4b8ade5bf8331e58fb7e7aa97e58fa35004040404040404040404040404040404f5816a686f6c6465724e616d65f4183c006a70707070707070707070808407582005050505050505050505050505050505050505050505050505050505050505051a6b49d200f4"`,
    );
  });

  it.each([
    ["another version", 0, 2],
    ["a strand that is no text", 1, 7],
    ["a number that is none", 2, -1],
    ["a mode that is not known", 4, 9],
    ["a pseudonym that is too short", 5, new Uint8Array(15)],
    ["a digest that is too long", 6, new Uint8Array(33)],
    ["claims that are no list", 9, "holderName"],
    ["claims that are no texts", 9, [1]],
    ["a question of another form", 10, []],
    ["a verdict that is not known", 11, 3],
    ["results of another number of checks", 12, "ppp"],
    ["a code that is not known", 13, ["NO_SUCH_CODE"]],
    ["an object's own member for a code", 13, ["toString"]],
    ["a position of another form", 14, [1, new Uint8Array(32), 1, true, 1]],
    ["a flag that is none", 14, [1, new Uint8Array(32), 1, 1]],
  ] as const)("is not read with %s", (_what, at, value) => {
    expect(() => decodeEntry(withItem(at, value as CborValue))).toThrow("use");
  });

  it("is not read with more or fewer items, or from something else", () => {
    const items = decodeCbor(encodeEntry(PLACE, someUse())) as CborValue[];
    expect(() => decodeEntry(encodeCbor([...items, 1]))).toThrow("true expected");
    expect(() => decodeEntry(encodeCbor([...items, true, 1]))).toThrow("no more than that");
    expect(() => decodeEntry(encodeCbor(items.slice(0, -1)))).toThrow("more than that");
    expect(() => decodeEntry(encodeCbor("use"))).toThrow("an array expected");
  });
});

describe("the header of a strand", () => {
  it("says which ledger its verdicts rest on, and when it began", () => {
    const { id, chainId, directory, startedAt } = HEADER;
    expect(decodeCbor(encodeHeader(HEADER))).toEqual([1, id, chainId, directory, startedAt]);
  });
});

describe("the number of a receipt", () => {
  it("names strand and line, and is read back", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 - 1 }), fc.integer({ min: 1, max: 1e14 }), (id, number) => {
        const place = { strand: id.toString(16).padStart(12, "0"), number };
        expect(parseReceiptId(receiptId(place))).toEqual(place);
      }),
    );
  });

  it.each(["", "3f6a0c21b9d4", "3f6a0c21b9d4-0", "3F6A0C21B9D4-1", "3f6a0c21b9d4-1 ", "x-1"])(
    "is not %j",
    (text) => {
      expect(parseReceiptId(text)).toBeNull();
    },
  );
});
