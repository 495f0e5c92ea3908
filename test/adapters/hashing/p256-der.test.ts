import { describe, expect, it } from "@jest/globals";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { keyToPem, signatureToDer } from "../../../src/adapters/hashing/p256-der.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

it("writes a key as Node does", () => {
  const { x, y } = publicKey.export({ format: "jwk" });
  const coordinate = (text: unknown): Uint8Array => Buffer.from(String(text), "base64url");
  const point = { x: coordinate(x), y: coordinate(y) };
  const body = (pem: unknown): string => String(pem).replace(/-----[^-]+-----|\n/g, "");
  expect(body(keyToPem(point))).toBe(body(publicKey.export({ format: "pem", type: "spki" })));
});

describe("a signature in DER", () => {
  it("is the one that Node makes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (message) => {
        const raw = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
        expect(verify("sha256", message, publicKey, signatureToDer(raw))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("has integers as short as they can be, and never negative", () => {
    const r = new Uint8Array(32);
    r[31] = 0x7f;
    const s = new Uint8Array(32).fill(0xff);
    const der = signatureToDer(Uint8Array.of(...r, ...s));
    expect([...der.subarray(0, 9)]).toEqual([0x30, 38, 0x02, 1, 0x7f, 0x02, 33, 0x00, 0xff]);
    expect([...signatureToDer(new Uint8Array(64))]).toEqual([0x30, 6, 2, 1, 0, 2, 1, 0]);
  });
});
