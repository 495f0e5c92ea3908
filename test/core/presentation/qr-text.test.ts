import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  fromQrText,
  parseReference,
  toPrintText,
  toQrText,
  toReferenceText,
} from "../../../src/core/presentation/qr-text.ts";

describe("the text of a QR code", () => {
  it("is read as it was written, for a screen and for print", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(fromQrText(toQrText(bytes))).toEqual(bytes);
        expect(fromQrText(toPrintText(bytes, "verify.example:8443"))).toEqual(bytes);
      }),
    );
  });

  it("keeps a printed presentation behind #, where no server sees it", () => {
    const url = new URL(toPrintText(Uint8Array.of(1, 2, 3), "verify.example"));
    expect([url.origin, url.pathname, url.search, url.hash]).toEqual([
      "https://verify.example",
      "/q",
      "",
      "#AQID",
    ]);
  });

  it.each([
    ["", "MALFORMED"],
    ["hello", "MALFORMED"],
    ["lz1:00", "MALFORMED"],
    ["LZ1", "MALFORMED"],
    ["LZ1:a", "MALFORMED"],
    ["http://verify.example/q#AQID", "MALFORMED"],
    ["https://verify.example/#AQID", "MALFORMED"],
    ["https://verify.example/q#AQI=", "MALFORMED"],
    ["LZ2:00", "UNSUPPORTED_VERSION"],
    ["LZ10:00", "UNSUPPORTED_VERSION"],
    ["LZR:verify.example/abc", "UNSUPPORTED_VERSION"],
    ["LZP:0000/1/2:00", "UNSUPPORTED_VERSION"],
    ["x".repeat(4097), "TOO_LARGE"],
    ["LZ1:".padEnd(1_000_000, "0"), "TOO_LARGE"],
  ])("%.20s… is %s", (text, code) => {
    expect(() => fromQrText(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe("a reference code", () => {
  const token = "8QZ3vN1xT0eYb2kLw6mRfA";

  it("is read as it was written, its host in lower case", () => {
    const text = toReferenceText({ host: "Verify.example:8443", token });
    expect(text).toBe(`LZR:Verify.example:8443/${token}`);
    expect(parseReference(text)).toEqual({ host: "verify.example:8443", token });
  });

  it.each([
    "",
    "LZ1:00",
    `lzr:verify.example/${token}`,
    `LZR:verify.example/${token}=`,
    `LZR:verify.example/${token.slice(1)}`,
    `LZR:verify.example/${token}/x`,
    `LZR:verify.example/x/${token}`,
    `LZR:/${token}`,
    `LZR:user@verify.example/${token}`,
    `LZR:verify.example:123456/${token}`,
    `LZR:https://verify.example/${token}`,
    `LZR:verify.example\\@evil/${token}`,
    `LZR:verify.example/${token}\n`,
    `LZR:[::1]/${token}`,
    `LZR:${"a".repeat(254)}/${token}`,
  ])("is nothing else: %s", (text) => {
    expect(parseReference(text)).toBeNull();
  });
});
