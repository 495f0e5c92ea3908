/** P-256 keys and signatures as OpenSSL takes them soonest: PEM and DER. */
import type { P256PublicKey } from "../../core/hashing.ts";

/**
 * SubjectPublicKeyInfo (RFC 5480) of an uncompressed point on P-256 up to its coordinates: 27 bytes, so that
 * the Base64 of what follows begins anew.
 */
const KEY_HEAD = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";
export const COORDINATE_BYTES = 32;
export const SIGNATURE_BYTES = 64;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** @param key with coordinates of 32 bytes */
export function keyToPem({ x, y }: P256PublicKey): string {
  const point = Buffer.allocUnsafe(2 * COORDINATE_BYTES);
  point.set(x);
  point.set(y, COORDINATE_BYTES);
  const body = KEY_HEAD + point.toString("base64");
  return `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`;
}

/** @param signature r ‖ s, 64 bytes. @returns ECDSA-Sig-Value (RFC 3279, 2.2.3) */
export function signatureToDer(signature: Uint8Array): Uint8Array {
  const der = Buffer.allocUnsafe(2 + 2 * (3 + COORDINATE_BYTES));
  const afterR = writeInteger(signature, 0, der, 2);
  const end = writeInteger(signature, COORDINATE_BYTES, der, afterR);
  der[0] = SEQUENCE;
  der[1] = end - 2;
  return der.subarray(0, end);
}

/** Unsigned, 32 bytes of them from `from` on, in as few as it takes. @returns where it ends */
function writeInteger(bytes: Uint8Array, from: number, der: Uint8Array, at: number): number {
  const end = from + COORDINATE_BYTES;
  let first = from;
  while (first < end - 1 && bytes[first] === 0) first++;
  const isNegative = (bytes[first] as number) >= 0x80;
  der[at] = INTEGER;
  der[at + 1] = end - first + (isNegative ? 1 : 0);
  der[at + 2] = 0;
  const start = at + (isNegative ? 3 : 2);
  for (let i = first; i < end; i++) der[start + i - first] = bytes[i] as number;
  return start + end - first;
}
