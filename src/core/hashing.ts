/** The hash suites (protocol, 2) and the primitives that the core is handed, since it brings none. */

/** The bytes are the caller's again once it returns. */
export interface Hash {
  (bytes: Uint8Array): Uint8Array;
  /**
   * Several messages in one call, where the platform has a quicker way than one after another.
   * @param ends message i goes from ends[i] to ends[i + 1]
   * @returns their digests, one after another
   */
  readonly each?: (bytes: Uint8Array, ends: readonly number[]) => Uint8Array;
}

/** @returns the digest of each message. @param ends as for Hash.each */
export function hashEach(hash: Hash, bytes: Uint8Array, ends: readonly number[]): Uint8Array[] {
  const { each } = hash;
  const starts = ends.slice(0, -1);
  if (each === undefined) return starts.map((start, i) => hash(bytes.subarray(start, ends[i + 1])));
  const digests = each(bytes, ends);
  return starts.map((_, i) => digests.subarray(32 * i, 32 * (i + 1)));
}

/** Hashes `prefix ‖ a ‖ b` of two hashes of 32 bytes each, without making a new array for it each time. */
export function pairHash(
  ...prefix: readonly number[]
): (hash: Hash, a: Uint8Array, b: Uint8Array) => Uint8Array {
  const bytes = new Uint8Array(prefix.length + 64);
  bytes.set(prefix);
  return (hash, a, b) => {
    bytes.set(a, prefix.length);
    bytes.set(b, prefix.length + 32);
    return hash(bytes);
  };
}

/** A P-256 public key: both coordinates, 32 bytes each. */
export interface P256PublicKey {
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

/** An SM2 public key (GB/T 32918.5, the recommended curve): both coordinates, 32 bytes each. */
export interface Sm2PublicKey {
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

/** The algorithms of agencies' document keys: ECDSA on P-256 with SHA-256, or SM2 with SM3. */
export type KeyAlgorithm = "P-256" | "SM2";

/** The signer's identity that an SM2 signature hashes in: the default of GM/T 0009-2012, 10. */
export const SM2_USER_ID = "1234567812345678";

/** What the core needs of cryptography. Each hash gives 32 bytes. */
export interface Primitives {
  readonly keccak256: Hash;
  readonly sm3: Hash;
  readonly sha256: Hash;
  /** ES256 (RFC 9053, 2.1): `signature` is r ‖ s, 64 bytes. False, never an error, for a bad key or signature. */
  readonly verifyEs256: (key: P256PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;
  /**
   * SM2 with SM3 (GB/T 32918.2, 7) and the identity SM2_USER_ID, over the message itself: what is hashed
   * before it (Z_A) is computed here. `signature` is r ‖ s, 64 bytes. False, never an error, likewise.
   */
  readonly verifySm2: (key: Sm2PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;
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

export function suiteHash(primitives: Pick<Primitives, SuiteName>, id: SuiteId): Hash {
  return primitives[NAMES[id]];
}
