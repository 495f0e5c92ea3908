import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromQrText, toPrintText, toQrText } from "../../../src/core/presentation/qr-text.ts";

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
    ["x".repeat(4097), "TOO_LARGE"],
    ["LZ1:".padEnd(1_000_000, "0"), "TOO_LARGE"],
  ])("%.20s… is %s", (text, code) => {
    expect(() => fromQrText(text)).toThrow(expect.objectContaining({ code }));
  });
});
