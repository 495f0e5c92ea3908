/** Document keys in files: the public half of a P-256 or SM2 key, whatever an agency's own tools wrote it as. */
import { createECDH, createPublicKey } from "node:crypto";
import { fromBase64Url, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { KeyAlgorithm } from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";

/** As the chain keeps it: both coordinates in hex, with 0x. */
export interface DocumentPublicKey {
  readonly algorithm: KeyAlgorithm;
  readonly x: string;
  readonly y: string;
}

const COORDINATE_BYTES = 32;
/** The curves as they stand in a SubjectPublicKeyInfo: prime256v1 (RFC 5480) and sm2p256v1 (GM/T 0006). */
const CURVES: readonly (readonly [KeyAlgorithm, string])[] = [
  ["P-256", "06082a8648ce3d030107"],
  ["SM2", "06082a811ccf5501822d"],
];
/** A point in full, at the end of the structure: 04, x, y. */
const POINT = /04([0-9a-f]{64})([0-9a-f]{64})$/;

/**
 * @param text a JWK (RFC 7517; its curve P-256 or SM2) or PEM: a public key, a certificate, or a P-256 private key
 * @throws Problem KEY_MALFORMED, naming the file that it came from, never quoting it
 */
export function documentKeyFrom(file: string, text: string): DocumentPublicKey {
  const key = text.trimStart().startsWith("{") ? fromJwk(text) : fromPem(text);
  if (key !== null) return key;
  throw new Problem("KEY_MALFORMED", `${file}: a P-256 or SM2 key as JWK or PEM expected`);
}

function fromJwk(text: string): DocumentPublicKey | null {
  const { crv, x, y } = parsed(text);
  const algorithm = CURVES.find(([name]) => name === crv)?.[0];
  const [left, right] = [coordinate(x), coordinate(y)];
  if (algorithm === undefined || left === null || right === null) return null;
  return { algorithm, x: left, y: right };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function coordinate(value: unknown): string | null {
  const bytes = typeof value === "string" ? fromBase64Url(value) : null;
  return bytes?.length === COORDINATE_BYTES ? `0x${toHex(bytes)}` : null;
}

function fromPem(text: string): DocumentPublicKey | null {
  const der = publicKeyOf(text);
  const algorithm = CURVES.find(([, curve]) => der.includes(curve))?.[0];
  const [, x, y] = POINT.exec(der) ?? [];
  if (algorithm === undefined || x === undefined || y === undefined) return null;
  return { algorithm, x: `0x${x}`, y: `0x${y}` };
}

/** The SubjectPublicKeyInfo in hex; empty for what is none. */
function publicKeyOf(text: string): string {
  try {
    return toHex(createPublicKey(text).export({ type: "spki", format: "der" }));
  } catch {
    return "";
  }
}

/** @returns a new SM2 key as a JWK, in the way of those on P-256. */
export function newSm2KeyJwk(): Record<string, string> {
  const key = createECDH("SM2");
  const point = key.generateKeys();
  const [x, y] = [point.subarray(1, 1 + COORDINATE_BYTES), point.subarray(1 + COORDINATE_BYTES)];
  const secret = new Uint8Array(COORDINATE_BYTES);
  const bytes = key.getPrivateKey();
  secret.set(bytes, COORDINATE_BYTES - bytes.length);
  return { kty: "EC", crv: "SM2", x: toBase64Url(x), y: toBase64Url(y), d: toBase64Url(secret) };
}
