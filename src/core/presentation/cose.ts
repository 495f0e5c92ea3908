/**
 * The parts of COSE the protocol uses: COSE_Key for P-256, its thumbprint, and COSE_Sign1 with ES256 or,
 * for what agencies sign, SM2.
 */
import { equalBytes } from "../encoding/bytes.ts";
import type { CborValue } from "../encoding/cbor.ts";
import { Tagged, decodeCbor, encodeCbor } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";
import type { KeyAlgorithm, P256PublicKey, Primitives, Sm2PublicKey } from "../hashing.ts";

const SIGN1_TAG = 18;
const KeyLabel = { kty: 1, crv: -1, x: -2, y: -3 };
const EC2 = 2;
const P256 = 1;
const COORDINATE_BYTES = 32;
const SIGNATURE_BYTES = 64;
/**
 * The protected header says the algorithm and nothing else: {1: -7} for ES256 (RFC 9053, 2.1), {1: -65541}
 * of the range for private use for SM2 with SM3, since COSE has no number for it.
 */
const PROTECTED: Readonly<Record<KeyAlgorithm, Uint8Array>> = {
  "P-256": Uint8Array.of(0xa1, 0x01, 0x26),
  SM2: Uint8Array.of(0xa1, 0x01, 0x3a, 0x00, 0x01, 0x00, 0x04),
};

export interface Sign1 {
  readonly algorithm: KeyAlgorithm;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** What is signed with ES256 need not say so. */
type Sign1Content = Omit<Sign1, "algorithm"> & { readonly algorithm?: KeyAlgorithm };

/** COSE_Key (RFC 9053, 7.1.1) with both coordinates. */
export function keyToCbor(key: P256PublicKey): Map<number, CborValue> {
  return new Map<number, CborValue>([
    [KeyLabel.kty, EC2],
    [KeyLabel.crv, P256],
    [KeyLabel.x, key.x],
    [KeyLabel.y, key.y],
  ]);
}

/** @throws FormatError MALFORMED unless it is an EC2 key on P-256 with both coordinates and no more. */
export function keyFromCbor(value: CborValue | undefined, where: string): P256PublicKey {
  if (!(value instanceof Map) || value.size !== 4) throw malformed(where, "no COSE_Key");
  const map = value as ReadonlyMap<string | number, CborValue>;
  const [x, y] = [map.get(KeyLabel.x), map.get(KeyLabel.y)];
  if (map.get(KeyLabel.kty) !== EC2 || map.get(KeyLabel.crv) !== P256) {
    throw malformed(where, "a key that is not EC2 on P-256");
  }
  if (!isCoordinate(x) || !isCoordinate(y))
    throw malformed(where, "coordinates of 32 bytes expected");
  return { x, y };
}

function isCoordinate(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === COORDINATE_BYTES;
}

/** The SHA-256 COSE key thumbprint (RFC 9679): what a certificate's leaf says of its holder. */
export function keyThumbprint(
  primitives: Pick<Primitives, "sha256">,
  key: P256PublicKey,
): Uint8Array {
  return primitives.sha256(encodeCbor(keyToCbor(key)));
}

/** What is signed: Sig_structure (RFC 9052, 4.4) without external data. */
export function sign1Message(payload: Uint8Array, algorithm: KeyAlgorithm = "P-256"): Uint8Array {
  return encodeCbor(payload, BEFORE_PAYLOAD[algorithm]);
}

const BEFORE_PAYLOAD: Readonly<Record<KeyAlgorithm, Uint8Array>> = {
  "P-256": beforePayload("P-256"),
  SM2: beforePayload("SM2"),
};

/** All of it up to the payload, which is its last member. */
function beforePayload(algorithm: KeyAlgorithm): Uint8Array {
  const nothing = new Uint8Array(0);
  return encodeCbor(["Signature1", PROTECTED[algorithm], nothing, nothing]).slice(0, -1);
}

export function encodeSign1({ algorithm = "P-256", payload, signature }: Sign1Content): Uint8Array {
  const unprotected = new Map<number, CborValue>();
  return encodeCbor(new Tagged(SIGN1_TAG, [PROTECTED[algorithm], unprotected, payload, signature]));
}

/**
 * @param allowed the algorithms it may be signed with; a holder's is ES256 alone
 * @throws FormatError MALFORMED unless it is a tagged COSE_Sign1 with one of them and an empty unprotected header
 */
export function sign1FromCbor(
  value: CborValue,
  where: string,
  allowed: readonly KeyAlgorithm[] = ["P-256"],
): Sign1 {
  const parts = value instanceof Tagged && value.tag === SIGN1_TAG ? value.value : null;
  if (!Array.isArray(parts) || parts.length !== 4) throw malformed(where, "no tagged COSE_Sign1");
  const [header, unprotected, payload, signature] = parts as readonly CborValue[];
  const algorithm = allowed.find((one) => isHeaderOf(one, header));
  if (algorithm === undefined) {
    throw malformed(where, `a protected header that does not say ${allowed.join(" or ")} alone`);
  }
  if (!(unprotected instanceof Map) || unprotected.size !== 0) {
    throw malformed(where, "an unprotected header that is not empty");
  }
  if (!(payload instanceof Uint8Array)) throw malformed(where, "no payload");
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) {
    throw malformed(where, "a signature that is not 64 bytes");
  }
  return { algorithm, payload, signature };
}

function isHeaderOf(algorithm: KeyAlgorithm, header: CborValue | undefined): boolean {
  return header instanceof Uint8Array && equalBytes(header, PROTECTED[algorithm]);
}

export function decodeSign1(
  bytes: Uint8Array,
  where: string,
  allowed?: readonly KeyAlgorithm[],
): Sign1 {
  return sign1FromCbor(decodeCbor(bytes, where), where, allowed);
}

/** @param algorithm the key's; a signature that says another is not good */
export function verifySign1(
  primitives: Primitives,
  key: P256PublicKey | Sm2PublicKey,
  sign1: Sign1,
  algorithm: KeyAlgorithm = "P-256",
): boolean {
  if (sign1.algorithm !== algorithm) return false;
  const verify = algorithm === "SM2" ? primitives.verifySm2 : primitives.verifyEs256;
  return verify(key, sign1Message(sign1.payload, algorithm), sign1.signature);
}
