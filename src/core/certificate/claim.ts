/** A claim (照面信息): one named value, salted so that it can be shown or withheld alone (protocol, 4). */
import type { CborValue, ClaimValue } from "../encoding/cbor.ts";
import { encodeCbor, withCbor } from "../encoding/cbor.ts";
import { claimValueToCbor } from "../encoding/claim-value.ts";
import { malformed } from "../encoding/format-error.ts";
import type { Hash } from "../hashing.ts";
import { hashEach } from "../hashing.ts";

export const SALT_BYTES = 16;
export const MAX_CLAIMS = 256;

/** `salt` is 16 bytes from a cryptographic generator, fresh for each claim of each certificate. */
export interface Claim {
  readonly salt: Uint8Array;
  readonly name: string;
  readonly value: ClaimValue;
}

const LEAF_PREFIX = Uint8Array.of(0x00);

/** CBOR([salt, name, value]). */
export function encodeClaim(claim: Claim): Uint8Array {
  return encodeCbor(claimToCbor(claim));
}

/** C = H(0x00 ‖ CBOR([salt, name, value])). */
export function claimLeaf(hash: Hash, claim: Claim): Uint8Array {
  return hash(encodeCbor(claimToCbor(claim), LEAF_PREFIX));
}

/** The leaf of each. */
export function claimLeaves(hash: Hash, claims: readonly Claim[]): Uint8Array[] {
  return withCbor(claims.map(claimToCbor), LEAF_PREFIX, (bytes, ends) => {
    return hashEach(hash, bytes, ends);
  });
}

function claimToCbor({ salt, name, value }: Claim): CborValue {
  return [salt, name, claimValueToCbor(value, name)];
}

/** The order of claims in a certificate: by name, bytewise in UTF-8, which is the order of their code points. */
export function compareClaimNames(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [first, second] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (first !== second) return placeOf(first) - placeOf(second);
  }
  return a.length - b.length;
}

const [FIRST_SURROGATE, AFTER_SURROGATES] = [0xd800, 0xe000];

/** Where a UTF-16 unit stands among code points: halves of those past U+FFFF come after all that are one unit. */
function placeOf(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit;
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800;
}

/** @throws FormatError MALFORMED unless there are 1 to 256 claims, each name once, in order. */
export function checkClaimOrder(names: readonly string[], where: string): void {
  if (names.length < 1 || names.length > MAX_CLAIMS) {
    throw malformed(where, `${String(names.length)} claims; a certificate has 1 to 256`);
  }
  for (let i = 1; i < names.length; i++) {
    if (compareClaimNames(names[i - 1] as string, names[i] as string) >= 0) {
      throw malformed(`${where}[${String(i)}].name`, "names out of order or twice");
    }
  }
}
