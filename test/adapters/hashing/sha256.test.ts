import { describe, expect, it } from "@jest/globals";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { hmacSha256 } from "../../../src/adapters/hashing/sha256.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";

describe("HMAC-SHA-256", () => {
  it("is that of node:crypto for any key up to a block, and any message", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array(), (key, message) => {
        const expected = createHmac("sha256", key).update(message).digest("hex");
        expect(toHex(hmacSha256(key)(message))).toBe(expected);
      }),
    );
  });

  it("takes no key that would have to be hashed first", () => {
    expect(() => hmacSha256(new Uint8Array(65))).toThrow(RangeError);
  });
});
