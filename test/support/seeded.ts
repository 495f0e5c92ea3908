/** Bytes and keys that look random and are the same in every run. */
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { concatBytes, toBase64Url } from "../../src/core/encoding/bytes.ts";
import type { P256PublicKey } from "../../src/core/hashing.ts";

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

/** A P-256 key pair that signs as ES256: a holder's phone, or an agency's document key. */
export interface SigningKey {
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
    publicKey,
    sign: (message) => new Uint8Array(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" })),
  };
}
