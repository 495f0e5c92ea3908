import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FlatWriter } from "../../../src/adapters/hashing/flat-writer.ts";
import { mostBytes, writeQuickly } from "../../../src/adapters/hashing/quick-cbor.ts";
import { encodeCbor } from "../../../src/core/encoding/cbor.ts";
import type { ClaimValue } from "../../../src/core/encoding/cbor.ts";
import { claimValueToCbor } from "../../../src/core/encoding/claim-value.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";
import { seededBytes } from "../../support/seeded.ts";

const NAMES = ["a", "b", "c"];
const BEARER = new Uint8Array(32);
const ALWAYS = { notBefore: 0, notAfter: null };
const random = (length: number): Uint8Array => seededBytes("salts", length);

/** What the writer makes of one value, or null where it refuses it. */
function written(value: ClaimValue): Uint8Array | null {
  const writer = new FlatWriter(NAMES);
  try {
    writer.claim(1, value);
  } catch (error) {
    if (error instanceof FormatError && error.code === "MALFORMED") return null;
    throw error;
  }
  writer.end(ALWAYS, BEARER);
  return writer.take(0, random).values.bytes;
}

function expected(value: ClaimValue): Uint8Array | null {
  try {
    return encodeCbor(claimValueToCbor(value, "b"));
  } catch {
    return null;
  }
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 90 }),
  fc.string({
    unit: fc.constantFrom("a", "é", "e\u0301", "三", "（", "ａ", "が", "か\u3099", "\u{20000}"),
  }),
);
const { value: anyValue } = fc.letrec<{ value: ClaimValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    anyText,
    fc.integer(),
    fc.integer({ min: -1, max: 70_000 }),
    fc.maxSafeInteger(),
    fc.constantFrom(null, true, false, 1.5, -0, Number.NaN),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(anyText, { maxLength: 30 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 3 }),
  ),
}));

describe("a value written into a flat buffer", () => {
  it("is the core's CBOR of it, or refused as the core refuses it", () => {
    fc.assert(
      fc.property(anyValue, (claim) => {
        expect(written(claim)).toEqual(expected(claim));
      }),
      { numRuns: 2000 },
    );
  });

  it("has the right head at every length where heads change, in letters of one, two and three bytes", () => {
    for (const letter of ["a", "é", "三"]) {
      for (const length of [
        0, 1, 7, 8, 11, 12, 23, 24, 85, 86, 127, 128, 255, 256, 257, 21_846, 70_000,
      ]) {
        for (const value of [letter.repeat(length), `a${letter.repeat(length)}`]) {
          const [found, wanted] = [written(value), expected(value)] as [Uint8Array, Uint8Array];
          expect(Buffer.compare(found, wanted)).toBe(0);
        }
      }
    }
  });

  it("may be a list of any length, or lists within lists as deep as the core allows", () => {
    const long = [22, 23, 24, 25, 300].map((length) => Array.from({ length }, (_, i) => i));
    const deep = [1, 2, 3, 4, 5, 6].map((depth) => {
      return Array.from({ length: depth }).reduce<ClaimValue>((inner) => [inner], "inmost");
    });
    for (const value of [...long, ...deep]) expect(written(value)).toEqual(expected(value));
    expect(deep.map((value) => written(value) !== null)).toEqual([
      ...[true, true, true, true],
      ...[false, false],
    ]);
  });

  it("goes the short way only for characters that are in NFC whatever stands beside them", () => {
    const room = new Uint8Array(64);
    const units = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit));
    const short = units.filter((letter) => writeQuickly(letter, room, 0) > 0);
    // A combining mark is moved or composed when it stands after one of these.
    const pairs = ["", "e", "か", "\u0301", "\u1100", "가"].flatMap((before) => {
      return short.map((letter) => `${before}${letter}`);
    });
    expect(short.length).toBeGreaterThan(21_000);
    expect(pairs.filter((pair) => pair.normalize("NFC") !== pair)).toEqual([]);
    expect(short.filter((letter) => !letter.isWellFormed())).toEqual([]);
  });

  it("never needs more room than it asks for", () => {
    fc.assert(
      fc.property(anyValue, (claim) => {
        const most = mostBytes(claim);
        const room = new Uint8Array(most + 8);
        writeQuickly(claim, room, 0);
        expect(room.subarray(most)).toEqual(new Uint8Array(8));
      }),
    );
  });
});

describe("certificates written into flat buffers", () => {
  it("come out with their claims, times, holders and fresh salts, and the next begin anew", () => {
    const writer = new FlatWriter(NAMES);
    const holder = seededBytes("holder", 32);
    writer.claim(0, "x");
    writer.claim(2, 7);
    writer.end({ notBefore: 5, notAfter: null }, BEARER);
    writer.claim(1, true);
    writer.end({ notBefore: 6, notAfter: 9 }, holder);
    expect([writer.count, writer.valueBytes]).toEqual([2, 4]);
    const first = writer.take(40, random);
    expect(first).toMatchObject({ count: 2, firstIndex: 40 });
    expect([...first.claimStarts]).toEqual([0, 2, 3]);
    expect([...first.nameNumbers]).toEqual([0, 2, 1]);
    expect([...first.values.bytes]).toEqual([0x61, 0x78, 0x07, 0xf5]);
    expect([...first.values.ends]).toEqual([0, 2, 3, 4]);
    expect([...first.validities]).toEqual([5, Infinity, 6, 9]);
    expect(first.holders.subarray(32)).toEqual(holder);
    expect(first.salts).toEqual(random(48));
    expect([...first.names.bytes]).toEqual([0x61, 0x61, 0x61, 0x62, 0x61, 0x63]);
    expect([writer.count, writer.valueBytes]).toEqual([0, 0]);
    expect(writer.take(42, random)).toMatchObject({ count: 0, firstIndex: 42 });
  });

  it("may be more and larger than the first buffers hold", () => {
    const writer = new FlatWriter(NAMES);
    for (let i = 0; i < 20_000; i++) {
      writer.claim(0, `${String(i)}${"三".repeat(i % 50)}`);
      writer.claim(1, i);
      writer.end({ notBefore: i, notAfter: null }, seededBytes(String(i % 7), 32));
    }
    const { claimStarts, values, validities, holders } = writer.take(0, random);
    expect(claimStarts[20_000]).toBe(40_000);
    expect(validities[39_998]).toBe(19_999);
    expect(holders.subarray(-32)).toEqual(seededBytes(String(19_999 % 7), 32));
    expect(values.bytes.subarray(values.ends[39_998], values.ends[39_999])).toEqual(
      encodeCbor(`19999${"三".repeat(49)}`),
    );
  });

  it("may be dropped half-way: a faulty record leaves nothing behind", () => {
    const writer = new FlatWriter(NAMES);
    writer.claim(0, "kept");
    writer.end(ALWAYS, BEARER);
    writer.claim(0, "dropped");
    expect(() => {
      writer.claim(1, "e\u0301");
    }).toThrow(FormatError);
    writer.drop();
    writer.claim(2, "kept too");
    writer.end(ALWAYS, BEARER);
    const { count, nameNumbers, values } = writer.take(0, random);
    expect([count, ...nameNumbers]).toEqual([2, 0, 2]);
    expect(values.bytes).toEqual(Uint8Array.of(...encodeCbor("kept"), ...encodeCbor("kept too")));
  });

  it("must have claims, each once, in the order of their names", () => {
    const writer = new FlatWriter(NAMES);
    expect(() => {
      writer.end(ALWAYS, BEARER);
    }).toThrow(RangeError);
    writer.claim(1, "x");
    for (const name of [0, 1, 3]) {
      expect(() => {
        writer.claim(name, "x");
      }).toThrow(RangeError);
    }
    expect(() => new FlatWriter(["b", "a"])).toThrow(FormatError);
    expect(() => new FlatWriter([])).toThrow(FormatError);
  });
});
