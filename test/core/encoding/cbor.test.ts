import { describe, expect, it } from "@jest/globals";
import * as cborg from "cborg";
import fc from "fast-check";
import { fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import {
  Tagged,
  U64_MAX,
  decodeCbor,
  encodeCbor,
  isUint,
} from "../../../src/core/encoding/cbor.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";
import { cpuTimeOf } from "../../support/cpu-time.ts";

const decodeHex = (hex: string): CborValue => decodeCbor(fromHex(hex) as Uint8Array);
const edges = [0, 23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];
const bigEdges = [2n ** 53n, 2n ** 63n, U64_MAX, -(2n ** 53n), -(2n ** 64n)];

const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(...edges, ...edges.slice(1).map((edge) => -edge)),
  fc.constantFrom(...bigEdges),
);
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("证照", "", "\u{1F600}"));
const key = fc.oneof(text, fc.maxSafeInteger(), fc.constantFrom(-1, 24, 256, -65537));

const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    integer,
    text,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map((entries) => new Map(entries)),
  ),
}));

function isFormatError(error: unknown): boolean {
  return error instanceof FormatError && error.code === "MALFORMED";
}

describe("CBOR, deterministic", () => {
  it("is byte for byte what cborg writes, and is read back by both", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const encoded = encodeCbor(value);
        expect(toHex(encoded)).toBe(toHex(cborg.encode(value, cborg.rfc8949EncodeOptions)));
        expect(decodeCbor(encoded)).toEqual(value);
        expect(cborg.decode(encoded, { strict: true, useMaps: true })).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes whatever fits no first guess of how long it will be", () => {
    for (const value of [
      "证".repeat(64),
      "é".repeat(65),
      "a".repeat(5000),
      new Uint8Array(10_000),
    ]) {
      const list = [value, value, 1];
      expect(toHex(encodeCbor(list))).toBe(toHex(cborg.encode(list)));
    }
  });

  it("goes on as before after a value that it does not take", () => {
    expect(() => encodeCbor(["a", 0.5])).toThrow(RangeError);
    expect(toHex(encodeCbor("a"))).toBe("6161");
  });

  it("writes tags, and reads them back", () => {
    const value = new Tagged(18, [new Tagged(2 ** 40, "x")]);
    expect(toHex(encodeCbor(value))).toBe("d281db00000100000000006178");
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
  });

  it.each([1.5, NaN, Infinity, 2 ** 53, -(2 ** 53), 2n ** 64n, -(2n ** 64n) - 1n])(
    "does not write %s",
    (value) => {
      expect(() => encodeCbor(value)).toThrow(RangeError);
    },
  );

  it.each([
    ["1817", "a head longer than needed: 23 in two bytes"],
    ["1900ff", "a head longer than needed: 255 in three bytes"],
    ["1a0000ffff", "a head longer than needed: 65535 in five bytes"],
    ["1b00000000ffffffff", "a head longer than needed: 2^32−1 in nine bytes"],
    ["3800", "a long head of a negative number"],
    ["5800", "a long head of bytes"],
    ["7800", "a long head of text"],
    ["9800", "a long head of a list"],
    ["b800", "a long head of a map"],
    ["d81200", "a long head of a tag"],
    ["5f4100ff", "bytes of indefinite length"],
    ["7f6161ff", "text of indefinite length"],
    ["9f00ff", "a list of indefinite length"],
    ["bf6161f5ff", "a map of indefinite length"],
    ["ff", "a break"],
    ["1c", "a reserved head"],
    ["1f", "an indefinite integer"],
    ["f90000", "half a float"],
    ["fa00000000", "a float"],
    ["fb0000000000000000", "a double"],
    ["f7", "undefined"],
    ["f0", "an unassigned simple value"],
    ["f8f4", "false in two bytes"],
    ["f820", "a simple value in two bytes"],
    ["a2616200616100", "names out of order"],
    ["a2616100616100", "a name twice"],
    ["a2626161006162f5", "a longer name before a shorter one"],
    ["a220000100", "a negative label before a positive one"],
    ["a1410000", "bytes for a name"],
    ["a1f500", "true for a name"],
    ["a11bffffffffffffffff00", "a label past 2^53"],
    ["a1810000", "a list for a name"],
    ["0000", "a byte after the end"],
    ["", "nothing"],
    ["19ff", "a head cut short"],
    ["42ff", "bytes cut short"],
    ["62ff", "text cut short"],
    ["8100f6", "a value after the end of a list"],
    ["8200", "a list cut short"],
    ["a16161", "a map cut short"],
    ["d2", "a tag of nothing"],
    ["dbffffffffffffffff00", "a tag past 2^53"],
    ["61ff", "text that is not UTF-8"],
    ["62c080", "zero in two bytes of UTF-8"],
    ["63eda080", "half a surrogate pair"],
  ])("rejects %s: %s", (hex) => {
    expect(() => decodeHex(hex)).toThrow(FormatError);
  });

  it.each([
    ["3b001ffffffffffffe", -Number.MAX_SAFE_INTEGER],
    ["3b001fffffffffffff", -(2n ** 53n)],
    ["3bffffffffffffffff", -(2n ** 64n)],
  ])("reads %s as %s: what no number can hold exactly is a bigint", (hex, value) => {
    expect(decodeHex(hex)).toBe(value);
    expect(toHex(encodeCbor(value))).toBe(hex);
  });

  it("keeps a byte order mark, which is text like any other", () => {
    expect(decodeHex("64efbbbf61")).toBe("\uFEFFa");
  });

  it("has one encoding only for each value: whatever it reads, it would write the same", () => {
    const valid = anyValue.map(encodeCbor);
    const altered = fc.tuple(valid, fc.nat(), fc.nat({ max: 255 })).map(([bytes, at, byte]) => {
      return bytes.with(at % bytes.length, byte);
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 30 }), altered), (bytes) => {
        try {
          expect(toHex(encodeCbor(decodeCbor(bytes)))).toBe(toHex(bytes));
        } catch (error) {
          if (!isFormatError(error)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("says where it stopped reading", () => {
    const read = () => decodeCbor(Uint8Array.of(0x82, 0x00, 0xf7), "payload");
    expect(read).toThrow(expect.objectContaining({ where: "payload@3", code: "MALFORMED" }));
  });
});

describe("hostile CBOR", () => {
  it("is read 16 deep and no deeper", () => {
    const nested = (depth: number): Uint8Array => {
      return Uint8Array.from([...Array<number>(depth).fill(0x81), 0x00]);
    };
    expect(() => decodeCbor(nested(16))).not.toThrow();
    expect(() => decodeCbor(nested(17))).toThrow("nested deeper than 16");
    expect(() => decodeCbor(nested(1_000_000))).toThrow("nested deeper than 16");
    expect(() => decodeCbor(new Uint8Array(1_000_000).fill(0xd2))).toThrow("nested deeper than 16");
  });

  it.each([
    ["a list of 2^32 in ten bytes", "9b000000010000000000"],
    ["a list of 2^53−1", "9b001fffffffffffff00"],
    ["a list of 2^64−1", "9bffffffffffffffff00"],
    ["a map of 2^32", "bb00000001000000000000"],
    ["4 GB of bytes", "5b0000000100000000ff"],
    ["4 GB of text", "7b000000010000000061"],
    ["lists of 2^32 in each other", "9affffffff".repeat(16)],
  ])("is refused at once, without setting room aside: %s", async (_, hex) => {
    const milliseconds = await cpuTimeOf(() => {
      expect(() => decodeHex(hex)).toThrow(FormatError);
    });
    expect(milliseconds).toBeLessThan(500);
  });
});

describe("an unsigned integer", () => {
  it("is neither negative, nor past 2^53−1, nor absent", () => {
    expect([0, 1, -1, 2n ** 60n, undefined, "1"].map(isUint)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
