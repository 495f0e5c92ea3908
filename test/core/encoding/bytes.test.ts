import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  toBase64Url,
  toHex,
} from "../../../src/core/encoding/bytes.ts";

const anyBytes = fc.uint8Array({ maxLength: 100 });
const base64Url = fc.string({ unit: fc.constantFrom(..."AZaz09-_Bq"), maxLength: 20 });

describe("hex", () => {
  it("is what Buffer writes, and is read back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(["0", "0g", "AB", "0x00", " 00", "00\n"])("is not %j", (text) => {
    expect(fromHex(text)).toBeNull();
  });
});

describe("base64url", () => {
  it("is what Buffer writes, and is read back", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it("has one text only for each byte string", () => {
    fc.assert(
      fc.property(base64Url, (text) => {
        const bytes = fromBase64Url(text);
        const isCanonical = Buffer.from(text, "base64url").toString("base64url") === text;
        expect(bytes === null ? null : toBase64Url(bytes)).toBe(isCanonical ? text : null);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["A", "AAAAA", "AA==", "AA+/", "AB", "A A", "证照"])("is not %j", (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

describe("byte strings", () => {
  it("compare as Buffer.compare does, a prefix first", () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
        expect(equalBytes(a, a.slice())).toBe(true);
        expect(equalBytes(a, concatBytes(a, Uint8Array.of(0)))).toBe(false);
      }),
    );
  });

  it("join as Buffer.concat does", () => {
    fc.assert(
      fc.property(fc.array(anyBytes), (parts) => {
        expect(toHex(concatBytes(...parts))).toBe(Buffer.concat(parts).toString("hex"));
      }),
    );
  });
});
