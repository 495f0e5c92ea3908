import { beforeAll, describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { keccak256 } from "ethers";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import { seededKey } from "../../support/seeded.ts";

let primitives: Primitives;
beforeAll(async () => {
  primitives = await loadPrimitives();
});

/** Most short, as what is hashed here is; some longer than what is hashed in one go. */
const anyMessage = fc.oneof(
  { weight: 9, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 4090, maxLength: 4100, size: "max" }) },
);

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

describe("the hashes", () => {
  it("give what their standards say", () => {
    expect(toHex(primitives.keccak256(text("")))).toBe(
      "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    );
    expect(toHex(primitives.sm3(text("abc")))).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
    expect(toHex(primitives.sha256(text("abc")))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("agree with other implementations on anything", () => {
    fc.assert(
      fc.property(anyMessage, (bytes) => {
        expect(`0x${toHex(primitives.keccak256(bytes))}`).toBe(keccak256(bytes));
        for (const name of ["sha256", "sm3"] as const) {
          expect(toHex(primitives[name](bytes))).toBe(createHash(name).update(bytes).digest("hex"));
        }
      }),
    );
  });
});

describe("a P-256 key", () => {
  /** The field's prime (SEC 2, 2.4.2). */
  const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;

  it("is still right after more others than are kept in mind", () => {
    const message = text("亮证");
    const keys = Array.from({ length: 300 }, (_, i) => seededKey(`phone ${String(i)}`));
    const signed = keys.map((key) => ({ key: key.publicKey, signature: key.sign(message) }));
    for (const { key, signature } of [...signed, ...signed]) {
      expect(primitives.verifyEs256(key, message, signature)).toBe(true);
    }
    const [first, last] = [signed[0], signed.at(-1)];
    if (first === undefined || last === undefined) throw new Error("no keys");
    expect(primitives.verifyEs256(first.key, message, last.signature)).toBe(false);
  });

  it("is never taken for the other point with the same x, however often it came", () => {
    const [key, message] = [seededKey("agency"), text("绑定")];
    const signature = key.sign(message);
    const { x, y } = key.publicKey;
    const mirrored = {
      x,
      y: Buffer.from((P - BigInt(`0x${toHex(y)}`)).toString(16).padStart(64, "0"), "hex"),
    };
    for (let i = 0; i < 4; i++) {
      expect(primitives.verifyEs256(key.publicKey, message, signature)).toBe(true);
      expect(primitives.verifyEs256(mirrored, message, signature)).toBe(false);
      expect(primitives.verifyEs256(key.publicKey, message, signature)).toBe(true);
    }
  });
});

describe("a P-256 signature", () => {
  const key = seededKey("phone");
  const message = text("亮证");

  it("is good for its key and message alone", () => {
    const signature = key.sign(message);
    expect(primitives.verifyEs256(key.publicKey, message, signature)).toBe(true);
    expect(primitives.verifyEs256(key.publicKey, text("x"), signature)).toBe(false);
    expect(primitives.verifyEs256(seededKey("other").publicKey, message, signature)).toBe(false);
  });

  it("is not good, and no error either, with coordinates off the curve or of any length", () => {
    const signature = key.sign(message);
    const { x, y } = key.publicKey;
    const wrong = [
      { x: y, y: x },
      { x: new Uint8Array(32), y: new Uint8Array(32) },
      { x: new Uint8Array(32).fill(255), y },
      { x: x.slice(1), y },
      { x: new Uint8Array(), y: new Uint8Array() },
    ];
    for (const point of wrong)
      expect(primitives.verifyEs256(point, message, signature)).toBe(false);
  });

  it("is not good, and no error either, when it is of another length or form", () => {
    const signature = key.sign(message);
    for (const bad of [
      signature.slice(1),
      new Uint8Array(),
      new Uint8Array(64),
      new Uint8Array(72),
      Uint8Array.of(...signature, 0),
    ]) {
      expect(primitives.verifyEs256(key.publicKey, message, bad)).toBe(false);
    }
  });
});
