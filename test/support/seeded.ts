/** Bytes and keys that look random and are the same in every run. */
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { sm2 } from "sm-crypto-v2";
import { concatBytes, fromHex, toBase64Url, toHex } from "../../src/core/encoding/bytes.ts";
import type { KeyAlgorithm, P256PublicKey } from "../../src/core/hashing.ts";

export function seededBytes(seed: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => {
    return new Uint8Array(
      createHash("sha256")
        .update(`${seed}/${String(i)}`)
        .digest(),
    );
  });
  return concatBytes(...blocks).slice(0, length);
}

/** A key pair that signs: a holder's phone (of P-256), or an agency's document key. */
export interface SigningKey {
  readonly algorithm: KeyAlgorithm;
  readonly publicKey: P256PublicKey;
  /** @returns r ‖ s, 64 bytes, different each time. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export function seededKey(seed: string): SigningKey {
  const d = seededBytes(`key ${seed}`, 32);
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(d);
  const point = new Uint8Array(pair.getPublicKey());
  const publicKey = { x: point.slice(1, 33), y: point.slice(33) };
  const [x, y] = [toBase64Url(publicKey.x), toBase64Url(publicKey.y)];
  const jwk = { kty: "EC", crv: "P-256", d: toBase64Url(d), x, y };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return {
    algorithm: "P-256",
    publicKey,
    sign: (message) => new Uint8Array(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" })),
  };
}

/** A key pair of SM2, whose signatures hash in a signer's identity: the default one unless told. */
export function seededSm2Key(seed: string, userId?: string): SigningKey {
  const d = toHex(seededBytes(`key ${seed}`, 32));
  const point = sm2.getPublicKeyFromPrivateKey(d);
  const coordinate = (from: number): Uint8Array =>
    fromHex(point.slice(from, from + 64)) as Uint8Array;
  const options = { hash: true, publicKey: point, ...(userId !== undefined && { userId }) };
  return {
    algorithm: "SM2",
    publicKey: { x: coordinate(2), y: coordinate(66) },
    sign: (message) => fromHex(sm2.doSignature(message, d, options)) as Uint8Array,
  };
}
