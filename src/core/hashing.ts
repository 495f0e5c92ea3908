/** The hash suites (protocol, 2) and the primitives that the core is handed, since it brings none. */

export type Hash = (bytes: Uint8Array) => Uint8Array;

/** A P-256 public key: both coordinates, 32 bytes each. */
export interface P256PublicKey {
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

/** What the core needs of cryptography. Each hash gives 32 bytes. */
export interface Primitives {
  readonly keccak256: Hash;
  readonly sm3: Hash;
  readonly sha256: Hash;
  /** ES256 (RFC 9053, 2.1): `signature` is r ‖ s, 64 bytes. False, never an error, for a bad key or signature. */
  readonly verifyEs256: (key: P256PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;
}

export type SuiteId = 1 | 2;
export type SuiteName = "keccak256" | "sm3";

const NAMES: Readonly<Record<SuiteId, SuiteName>> = { 1: "keccak256", 2: "sm3" };

export function isSuiteId(id: unknown): id is SuiteId {
  return id === 1 || id === 2;
}

export function suiteName(id: SuiteId): SuiteName {
  return NAMES[id];
}

/** @returns the suite of that name, or null. */
export function suiteOfName(name: unknown): SuiteId | null {
  if (name === "keccak256") return 1;
  return name === "sm3" ? 2 : null;
}

export function suiteHash(primitives: Primitives, id: SuiteId): Hash {
  return primitives[NAMES[id]];
}
