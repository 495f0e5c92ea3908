/** The primitives the core is handed on Node: hash-wasm for the hashes, node:crypto for P-256, SM2 beside. */
import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createKeccak, createSHA256, createSM3 } from "hash-wasm";
import { toBase64Url } from "../../core/encoding/bytes.ts";
import type { Hash, P256PublicKey, Primitives } from "../../core/hashing.ts";
import { verifySm2 } from "./sm2.ts";

type Hasher = Awaited<ReturnType<typeof createSM3>>;

/** One instance serves a whole process: the hashers are reused, and no call leaves one half done. */
export async function loadPrimitives(): Promise<Primitives> {
  const [keccak256, sm3, sha256] = await Promise.all([
    createKeccak(256),
    createSM3(),
    createSHA256(),
  ]);
  const hashes = { keccak256: hashOf(keccak256), sm3: hashOf(sm3), sha256: hashOf(sha256) };
  return { ...hashes, verifyEs256, verifySm2 };
}

function hashOf(hasher: Hasher): Hash {
  return (bytes) => hasher.init().update(bytes).digest("binary");
}

function verifyEs256(key: P256PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = importKey(key);
  if (publicKey === null) return false;
  return verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
}

/** @returns null for coordinates that are no point of the curve. */
function importKey({ x, y }: P256PublicKey): KeyObject | null {
  const jwk = { kty: "EC", crv: "P-256", x: toBase64Url(x), y: toBase64Url(y) };
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}
