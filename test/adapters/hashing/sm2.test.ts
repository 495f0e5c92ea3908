import { describe, expect, it } from "@jest/globals";
import { sm2 } from "sm-crypto-v2";
import { verifySm2 } from "../../../src/adapters/hashing/sm2.ts";
import { concatBytes, fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import { SM2_USER_ID } from "../../../src/core/hashing.ts";
import { seededBytes, seededKey, seededSm2Key } from "../../support/seeded.ts";

const bytes = (hex: string): Uint8Array => fromHex(hex.replace(/\s/g, "")) as Uint8Array;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const word = (number: bigint): Uint8Array => bytes(number.toString(16).padStart(64, "0"));

/** GM/T 0003.5-2012 (GB/T 32918.5-2017), A.2: a signature on the recommended curve, identity 1234567812345678. */
const EXAMPLE = {
  key: {
    x: bytes("09f9df31 1e5421a1 50dd7d16 1e4bc5c6 72179fad 1833fc07 6bb08ff3 56f35020"),
    y: bytes("ccea490c e26775a5 2dc6ea71 8cc1aa60 0aed05fb f35e084a 6632f607 2da9ad13"),
  },
  message: text("message digest"),
  r: bytes("f5a03b06 48d2c463 0eeac513 e1bb81a1 5944da38 27d5b741 43ac7eac eee720b3"),
  s: bytes("b1b6aa29 df212fd8 763182bc 0d421ca1 bb9038fd 1f7f42d4 840b69c4 85bbc1aa"),
};
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const sOfExample = BigInt(`0x${toHex(EXAMPLE.s)}`);
const signature = concatBytes(EXAMPLE.r, EXAMPLE.s);
const judge = (bad: Uint8Array): boolean => verifySm2(EXAMPLE.key, EXAMPLE.message, bad);

describe("an SM2 signature", () => {
  it("of the standard's own example is good", () => {
    expect(SM2_USER_ID).toBe("1234567812345678");
    expect(judge(signature)).toBe(true);
    expect(judge(signature)).toBe(true);
  });

  it("is good for its key and message alone", () => {
    const key = seededSm2Key("document key");
    const signed = key.sign(text("亮证"));
    expect(verifySm2(key.publicKey, text("亮证"), signed)).toBe(true);
    expect(verifySm2(key.publicKey, text("x"), signed)).toBe(false);
    expect(verifySm2(key.publicKey, new Uint8Array(0), signed)).toBe(false);
    expect(verifySm2(EXAMPLE.key, text("亮证"), signed)).toBe(false);
  });

  it("is not good where the signer took another identity than the default", () => {
    const key = seededSm2Key("document key", "ALICE123@YAHOO.COM");
    expect(verifySm2(key.publicKey, text("亮证"), key.sign(text("亮证")))).toBe(false);
  });

  it("is not good where the message was hashed without the identity", () => {
    const d = toHex(seededBytes("key document key", 32));
    const bare = sm2.doSignature(text("亮证"), d, { hash: false });
    const { publicKey } = seededSm2Key("document key");
    expect(verifySm2(publicKey, text("亮证"), bytes(bare))).toBe(false);
  });

  it.each<[string, Uint8Array]>([
    ["no bytes", new Uint8Array(0)],
    ["32 bytes", EXAMPLE.r],
    ["63 bytes", signature.slice(0, 63)],
    ["65 bytes", concatBytes(signature, Uint8Array.of(0))],
    ["DER", concatBytes(bytes("3046022100"), EXAMPLE.r, bytes("022100"), EXAMPLE.s)],
    ["r = 0", concatBytes(word(0n), EXAMPLE.s)],
    ["s = 0", concatBytes(EXAMPLE.r, word(0n))],
    ["r = s = 0", new Uint8Array(64)],
    ["r = n", concatBytes(word(N), EXAMPLE.s)],
    ["s = n", concatBytes(EXAMPLE.r, word(N))],
    ["r and s of all ones", new Uint8Array(64).fill(255)],
    ["s = n + 1", concatBytes(EXAMPLE.r, word(N + 1n))],
    ["s + n, a byte longer", concatBytes(EXAMPLE.r, bytes(`0${(N + sOfExample).toString(16)}`))],
    ["r + s = n", concatBytes(EXAMPLE.r, word(N - BigInt(`0x${toHex(EXAMPLE.r)}`)))],
    ["n − s for s, which ECDSA would take", concatBytes(EXAMPLE.r, word(N - sOfExample))],
  ])("of %s is not good, and no error either", (_, bad) => {
    expect(judge(bad)).toBe(false);
  });

  it.each([
    ["off the curve", { x: EXAMPLE.key.y, y: EXAMPLE.key.x }],
    ["at infinity, as zeros", { x: new Uint8Array(32), y: new Uint8Array(32) }],
    ["past the field", { x: new Uint8Array(32).fill(255), y: EXAMPLE.key.y }],
    ["on P-256", seededKey("phone").publicKey],
    ["empty", { x: new Uint8Array(0), y: new Uint8Array(0) }],
    ["with a short x", { x: EXAMPLE.key.x.slice(1), y: EXAMPLE.key.y }],
    [
      "cut at another place",
      { x: EXAMPLE.key.x.slice(0, 31), y: concatBytes(EXAMPLE.key.x.slice(31), EXAMPLE.key.y) },
    ],
  ])("is not good, and no error either, for a key %s", (_, key) => {
    expect(verifySm2(key, EXAMPLE.message, signature)).toBe(false);
  });

  it("is judged alike after the keys of very many agencies", () => {
    for (let i = 0; i < 260; i++) {
      const { publicKey } = seededSm2Key(`agency ${String(i)}`);
      expect(verifySm2(publicKey, EXAMPLE.message, signature)).toBe(false);
    }
    expect(judge(signature)).toBe(true);
  });
});
