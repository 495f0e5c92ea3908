/** Public keys as browsers write them: JWK (RFC 7517) of P-256. */
import { fromBase64Url, toBase64Url } from "../encoding/bytes.ts";
import { malformed } from "../encoding/format-error.ts";
import type { P256PublicKey } from "../hashing.ts";

const COORDINATE_BYTES = 32;

export interface PublicJwk {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
}

export function keyToJwk({ x, y }: P256PublicKey): PublicJwk {
  return { kty: "EC", crv: "P-256", x: toBase64Url(x), y: toBase64Url(y) };
}

/**
 * What else it says (`ext`, `key_ops` …) is no matter here.
 * @throws FormatError MALFORMED, also for a private key: nobody is to be sent one
 */
export function keyFromJwk(jwk: unknown, where: string): P256PublicKey {
  const { kty, crv, x, y, d } = Object(jwk) as Readonly<Record<string, unknown>>;
  if (kty !== "EC" || crv !== "P-256") throw malformed(where, "a P-256 key as JWK expected");
  if (d !== undefined) throw malformed(where, "a private key; the public one alone expected");
  return { x: coordinateOf(x, `${where}.x`), y: coordinateOf(y, `${where}.y`) };
}

function coordinateOf(value: unknown, where: string): Uint8Array {
  const bytes = typeof value === "string" ? fromBase64Url(value) : null;
  if (bytes?.length !== COORDINATE_BYTES) throw malformed(where, "32 bytes in base64url expected");
  return bytes;
}
