import { describe, expect, it } from "@jest/globals";
import { U64_MAX } from "../../../src/core/encoding/cbor.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import {
  LEAF_PREIMAGE_BYTES,
  certificateLeaf,
  notAfterToU64,
} from "../../../src/core/certificate/leaf.ts";

const leaf = {
  index: 0xffff_fffe,
  notBefore: 1,
  notAfter: 2,
  claimCount: 256,
  holder: new Uint8Array(32).fill(0xaa),
  claimsRoot: new Uint8Array(32).fill(0xbb),
};

describe("a certificate's leaf", () => {
  it("hashes 91 bytes, big-endian, each field in its place", () => {
    let preimage = new Uint8Array();
    certificateLeaf((bytes) => (preimage = bytes.slice()), leaf);
    expect(preimage).toHaveLength(LEAF_PREIMAGE_BYTES);
    expect(toHex(preimage)).toBe(
      `0200000000fffffffe000000000000000100000000000000020100${"aa".repeat(32)}${"bb".repeat(32)}`,
    );
  });

  it("writes 'no end' as 2^64−1, which no date is", () => {
    let preimage = new Uint8Array();
    certificateLeaf((bytes) => (preimage = bytes.slice()), { ...leaf, notAfter: null });
    expect(toHex(preimage.slice(17, 25))).toBe("ff".repeat(8));
    certificateLeaf((bytes) => (preimage = bytes.slice()), leaf);
    expect(toHex(preimage.slice(17, 25))).toBe("0000000000000002");
    expect(notAfterToU64(null)).toBe(U64_MAX);
    expect(notAfterToU64(Number.MAX_SAFE_INTEGER)).toBe(2n ** 53n - 1n);
  });
});
