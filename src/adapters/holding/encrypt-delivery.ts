/** Encrypts what is delivered to a wallet's key: a JWE (RFC 7516), ECDH-ES on P-256 with A256GCM. */
import { CompactEncrypt, importJWK } from "jose";
import type { P256PublicKey } from "../../core/hashing.ts";
import { keyToJwk } from "../../core/holding/jwk.ts";
import { Problem } from "../../core/problem.ts";

const HEADER = { alg: "ECDH-ES", enc: "A256GCM", cty: "application/json" } as const;

/**
 * @returns its compact form
 * @throws Problem HOLDER_REQUEST_INVALID for a point that is not on the curve
 */
export async function encryptDelivery(key: P256PublicKey, plain: Uint8Array): Promise<string> {
  const recipient = await importJWK(keyToJwk(key), HEADER.alg).catch((error: unknown) => {
    throw new Problem("HOLDER_REQUEST_INVALID", "the delivery key is not on P-256", error);
  });
  return new CompactEncrypt(plain).setProtectedHeader(HEADER).encrypt(recipient);
}
