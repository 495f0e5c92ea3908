/** The primitives the core is handed on Node: the kernel, hash-wasm and node:crypto for the hashes, node:crypto for P-256. */
import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createKeccak, createSM3 } from "hash-wasm";
import type { Hash, P256PublicKey, Primitives } from "../../core/hashing.ts";
import { oneKeccak } from "./one-keccak.ts";
import { COORDINATE_BYTES, keyToPem, signatureToDer } from "./p256-der.ts";
import { sha256 } from "./sha256.ts";
import { verifySm2 } from "./sm2.ts";

type Hasher = Awaited<ReturnType<typeof createSM3>>;

/** One instance serves a whole process: the hashers are reused, and no call leaves one half done. */
export async function loadPrimitives(): Promise<Primitives> {
  const [keccak256, sm3] = await Promise.all([createKeccak(256), createSM3()]);
  const hashes = {
    keccak256: oneKeccak(hashOf(keccak256)),
    sm3: hashOf(sm3),
    sha256,
  };
  return { ...hashes, verifyEs256, verifySm2 };
}

function hashOf(hasher: Hasher): Hash {
  return (bytes) => hasher.init().update(bytes).digest("binary");
}

/**
 * A key object by itself and a signature in DER: each other form of the same call (a JWK, r ‖ s, an object
 * of options) costs Node half as much again as the curve does.
 */
function verifyEs256(key: P256PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = keyOf(key);
  return publicKey !== null && verify("sha256", message, publicKey, signatureToDer(signature));
}

/** Agencies' keys come again and again. */
const MOST_KEYS = 256;
const keys = new Map<string, KeyObject>();

/** @returns null for coordinates that are no point of the curve. */
function keyOf(point: P256PublicKey): KeyObject | null {
  if (point.x.length !== COORDINATE_BYTES || point.y.length !== COORDINATE_BYTES) return null;
  const pem = keyToPem(point);
  const key = keys.get(pem) ?? importKey(pem);
  if (key === null) return null;
  // The one that was used least lately is the first to be forgotten.
  keys.delete(pem);
  keys.set(pem, key);
  if (keys.size > MOST_KEYS) keys.delete(keys.keys().next().value as string);
  return key;
}

function importKey(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}
