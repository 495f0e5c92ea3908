import { describe, expect, it } from "@jest/globals";
import { canonicalBytes } from "../../../src/core/catalogue/canonical-bytes.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { exampleDefinition, exampleType } from "./example-type.ts";

const textOf = (value: unknown) =>
  new TextDecoder().decode(canonicalBytes(value as CertificateType));

describe("canonical bytes of a definition (RFC 8785)", () => {
  it("sorts members by UTF-16 code units and leaves out white space", () => {
    const value = { "\u20ac": 1, "\r": [true, null], "\ud83d\ude00": "证", ö: "\u000f", 1: {} };
    expect(textOf(value)).toBe(String.raw`{"\r":[true,null],"1":{},"ö":"\u000f","€":1,"😀":"证"}`);
  });

  it("gives the same bytes whatever order the file was written in", () => {
    const backwards = Object.fromEntries(Object.entries(exampleDefinition()).reverse());
    expect(canonicalBytes(exampleType(backwards))).toEqual(canonicalBytes(exampleType()));
  });

  it("changes with any word of the definition", () => {
    expect(canonicalBytes(exampleType({ version: 2 }))).not.toEqual(canonicalBytes(exampleType()));
  });

  it.each([1.5, 2 ** 53])(
    "refuses the number %d, which other languages may write otherwise",
    (n) => {
      expect(() => textOf({ n })).toThrow(RangeError);
    },
  );
});
