/** Document keys as agencies' own tools write them: JWK and PEM, P-256 and SM2. */
import { createECDH, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { sm2 } from "sm-crypto-v2";
import { documentKeyFrom, newSm2KeyJwk } from "../../../src/adapters/store/document-key-file.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import { verifySm2 } from "../../../src/adapters/hashing/sm2.ts";
import { fromBase64Url, fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import { SM2_USER_ID } from "../../../src/core/hashing.ts";

const FILE = "seal.key";

function hexOf(text: unknown): string {
  return `0x${toHex(fromBase64Url(String(text)) ?? new Uint8Array())}`;
}

describe("a document key", () => {
  it("is read from the JWK that lz key new writes, of either kind", () => {
    for (const [jwk, algorithm] of [
      [newSigningKeyJwk() as Record<string, string>, "P-256"],
      [newSm2KeyJwk(), "SM2"],
    ] as const) {
      const key = documentKeyFrom(FILE, JSON.stringify(jwk));
      expect(key).toEqual({ algorithm, x: hexOf(jwk["x"]), y: hexOf(jwk["y"]) });
    }
  });

  it("made here signs SM2 as another implementation does", () => {
    const { d } = newSm2KeyJwk();
    const secret = hexOf(d).slice(2);
    const ecdh = createECDH("SM2");
    ecdh.setPrivateKey(secret, "hex");
    const point = ecdh.getPublicKey();
    const message = new TextEncoder().encode("绑定");
    const signature = sm2.doSignature(message, secret, { hash: true, userId: SM2_USER_ID });
    const key = { x: point.subarray(1, 33), y: point.subarray(33) };
    expect(secret).toHaveLength(64);
    expect(verifySm2(key, message, fromHex(signature) ?? new Uint8Array())).toBe(true);
  });

  it("is read from PEM as OpenSSL writes it", () => {
    const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = p256.publicKey.export({ format: "jwk" });
    const expected = { algorithm: "P-256", x: hexOf(x), y: hexOf(y) };
    const pem = p256.publicKey.export({ type: "spki", format: "pem" });
    expect(documentKeyFrom(FILE, String(pem))).toEqual(expected);
    const secret = p256.privateKey.export({ type: "pkcs8", format: "pem" });
    expect(documentKeyFrom(FILE, String(secret))).toEqual(expected);
    expect(documentKeyFrom(FILE, SM2_PEM)).toEqual(SM2_KEY);
  });

  it.each([
    ["text", "not a key"],
    ["JSON cut short", '{"kty":"EC","crv":"P-256"'],
    ["a JWK of another curve", '{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}'],
    ["a JWK without coordinates", '{"kty":"EC","crv":"SM2"}'],
    ["a coordinate cut short", '{"kty":"EC","crv":"SM2","x":"AAAA","y":"AAAA"}'],
    ["a key of another kind", pemOf("ed25519")],
    ["a key of another curve", pemOf("ec", "secp256k1")],
  ])("is refused for %s, without quoting the file", (_what, content) => {
    const read = (): unknown => documentKeyFrom(FILE, content);
    expect(read).toThrow(`KEY_MALFORMED: ${FILE}: a P-256 or SM2 key`);
  });
});

function pemOf(kind: "ed25519" | "ec", namedCurve = ""): string {
  const { publicKey } =
    kind === "ed25519" ? generateKeyPairSync(kind) : generateKeyPairSync(kind, { namedCurve });
  return String(publicKey.export({ type: "spki", format: "pem" }));
}

/** By `openssl genpkey -algorithm SM2 | openssl pkey -pubout`, and `-text` of it. */
const SM2_PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEaLF3sEpR45bPLrtdkCumMH2AjMCm
xpRf+wp3SpkN0Sq47aJgrPvZrBZEiABjhZvZj+fGOj2l4MikjdYUTNmpig==
-----END PUBLIC KEY-----
`;
const SM2_KEY = {
  algorithm: "SM2",
  x: "0x68b177b04a51e396cf2ebb5d902ba6307d808cc0a6c6945ffb0a774a990dd12a",
  y: "0xb8eda260acfbd9ac1644880063859bd98fe7c63a3da5e0c8a48dd6144cd9a98a",
};
