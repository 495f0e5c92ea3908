/** The primitives the core is handed on Node: the kernel, hash-wasm and node:crypto for the hashes, node:crypto for P-256. */
import { verify } from "node:crypto";
import { createKeccak, createSM3 } from "hash-wasm";
import type { Hash, P256PublicKey, Primitives } from "../../core/hashing.ts";
import { oneKeccak } from "./one-keccak.ts";
import { SIGNATURE_BYTES, signatureToDer } from "./p256-der.ts";
import { keyOf } from "./p256-keys.ts";
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
 * A key object by itself and a signature in DER: for an object of options (a JWK, r ‖ s) Node makes errors with their
 * stacks and throws them away, which takes half as long as the curve does.
 */
function verifyEs256(key: P256PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const publicKey = keyOf(key);
  return publicKey !== null && verify("sha256", message, publicKey, signatureToDer(signature));
}
