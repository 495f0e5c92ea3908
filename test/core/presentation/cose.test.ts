import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { Tagged, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import type { KeyAlgorithm } from "../../../src/core/hashing.ts";
import {
  decodeSign1,
  encodeSign1,
  keyFromCbor,
  keyThumbprint,
  keyToCbor,
  sign1Message,
  verifySign1,
} from "../../../src/core/presentation/cose.ts";
import { signPayload } from "../../support/present.ts";
import type { SigningKey } from "../../support/seeded.ts";
import { seededBytes, seededSm2Key } from "../../support/seeded.ts";
import { holder, stranger } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const sm2Key = seededSm2Key("document key");
const payload = seededBytes("payload", 100);
const key = keyToCbor(holder.publicKey);
const keyWith = (...changes: [number, CborValue][]) => new Map([...key, ...changes]);
const PROTECTED = Uint8Array.of(0xa1, 0x01, 0x26);
const parts = [PROTECTED, new Map(), payload, new Uint8Array(64)] as const;

describe("a COSE_Key", () => {
  it("is read as it was written", () => {
    expect(keyFromCbor(key, "cnf")).toEqual(holder.publicKey);
  });

  it.each<[string, CborValue | undefined]>([
    ["nothing", undefined],
    ["a list", [2, 1]],
    ["a key with a fifth member", keyWith([3, -7])],
    ["a key of another kind (OKP)", keyWith([1, 1])],
    ["a key on another curve (P-384)", keyWith([-1, 2])],
    ["a key on secp256k1", keyWith([-1, 8])],
    ["a compressed key, whose y is only a sign", keyWith([-3, true])],
    ["an x of 31 bytes", keyWith([-2, new Uint8Array(31)])],
    ["a y of 33 bytes", keyWith([-3, new Uint8Array(33)])],
    ["text for x", keyWith([-2, "x"])],
  ])("is not %s", (_, value) => {
    expect(() => keyFromCbor(value, "cnf")).toThrow(
      expect.objectContaining({ code: "MALFORMED", where: "cnf" }),
    );
  });

  it("has the thumbprint of RFC 9679's own example", () => {
    const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
    const example = {
      x: fromBase64("65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d"),
      y: fromBase64("1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c"),
    };
    expect(toHex(keyThumbprint(primitives, example))).toBe(
      "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec",
    );
  });
});

describe("a COSE_Sign1", () => {
  it("is read as it was written, and verifies with its own key only", () => {
    const sign1 = decodeSign1(signPayload(payload, holder), "presentation");
    expect(sign1.payload).toEqual(payload);
    expect(verifySign1(primitives, holder.publicKey, sign1)).toBe(true);
    expect(verifySign1(primitives, stranger.publicKey, sign1)).toBe(false);
    expect(encodeSign1(sign1)).toEqual(encodeSign1(decodeSign1(encodeSign1(sign1), "again")));
  });

  it("signs the Sig_structure of RFC 9052, not the bare payload", () => {
    expect(toHex(sign1Message(Uint8Array.of(1, 2)))).toBe(
      "846a5369676e61747572653143a1012640420102",
    );
    const bare = { algorithm: "P-256", payload, signature: holder.sign(payload) } as const;
    expect(verifySign1(primitives, holder.publicKey, bare)).toBe(false);
  });

  it("of SM2 says so in its protected header, and is taken where SM2 is allowed", () => {
    const wire = signPayload(payload, sm2Key);
    expect(toHex(wire.slice(0, 10))).toBe("d28447a1013a00010004");
    expect(toHex(sign1Message(Uint8Array.of(1, 2), "SM2"))).toBe(
      "846a5369676e61747572653147a1013a0001000440420102",
    );
    const sign1 = decodeSign1(wire, "binding", ["P-256", "SM2"]);
    expect(sign1).toMatchObject({ algorithm: "SM2", payload });
    expect(encodeSign1(sign1)).toEqual(wire);
    expect(() => decodeSign1(wire, "presentation")).toThrow(
      expect.objectContaining({
        code: "MALFORMED",
        message: expect.stringContaining("does not say P-256 alone"),
      }),
    );
    const notSigned = "does not say P-256 or SM2 alone";
    const bad = encodeCbor(new Tagged(18, [new Uint8Array(0), ...parts.slice(1)]));
    expect(() => decodeSign1(bad, "binding", ["P-256", "SM2"])).toThrow(notSigned);
  });

  it("verifies with a key of the algorithm that it says, and with no other", () => {
    const sign1 = decodeSign1(signPayload(payload, sm2Key), "binding", ["SM2"]);
    const verified = (key: SigningKey, algorithm?: KeyAlgorithm): boolean =>
      verifySign1(primitives, key.publicKey, sign1, algorithm);
    expect(verified(sm2Key, "SM2")).toBe(true);
    expect(verified(sm2Key, "P-256")).toBe(false);
    expect(verified(sm2Key)).toBe(false);
    expect(verified(seededSm2Key("other"), "SM2")).toBe(false);
    const es256 = decodeSign1(signPayload(payload, holder), "binding");
    expect(verifySign1(primitives, holder.publicKey, es256, "SM2")).toBe(false);
    const relabelled = { ...es256, algorithm: "SM2" } as const;
    expect(verifySign1(primitives, holder.publicKey, relabelled, "SM2")).toBe(false);
    expect(verifySign1(primitives, holder.publicKey, relabelled)).toBe(false);
  });

  it.each<[string, CborValue]>([
    ["without a tag", [...parts]],
    ["with another tag (COSE_Mac0)", new Tagged(17, [...parts])],
    ["of three parts", new Tagged(18, parts.slice(0, 3))],
    ["of five parts", new Tagged(18, [...parts, null])],
    ["tagged twice", new Tagged(18, new Tagged(18, [...parts]))],
    ["with no algorithm", new Tagged(18, [new Uint8Array(0), ...parts.slice(1)])],
    [
      "with the algorithm ES384",
      new Tagged(18, [Uint8Array.of(0xa1, 0x01, 0x38, 0x22), ...parts.slice(1)]),
    ],
    [
      "with an algorithm and more",
      new Tagged(18, [
        encodeCbor(
          new Map([
            [1, -7],
            [4, 0],
          ]),
        ),
        ...parts.slice(1),
      ]),
    ],
    [
      "with a protected header that is a map",
      new Tagged(18, [new Map([[1, -7]]), ...parts.slice(1)]),
    ],
    [
      "with an unprotected header",
      new Tagged(18, [PROTECTED, new Map([[4, PROTECTED]]), ...parts.slice(2)]),
    ],
    [
      "with an unprotected header that is null",
      new Tagged(18, [PROTECTED, null, ...parts.slice(2)]),
    ],
    ["with a detached payload", new Tagged(18, [...parts.slice(0, 2), null, parts[3]])],
    ["with a signature in DER", new Tagged(18, [...parts.slice(0, 3), new Uint8Array(70)])],
    ["with no signature", new Tagged(18, [...parts.slice(0, 3), null])],
  ])("is not one %s", (_, value) => {
    expect(() => decodeSign1(encodeCbor(value), "presentation")).toThrow(
      expect.objectContaining({ code: "MALFORMED", where: "presentation" }),
    );
  });
});
