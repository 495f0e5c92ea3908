/** A claim (照面信息): one named value, salted so that it can be shown or withheld alone (protocol, 4). */
import { compareBytes } from "../encoding/bytes.ts";
import type { CborValue, ClaimValue } from "../encoding/cbor.ts";
import { encodeCbor } from "../encoding/cbor.ts";
import { claimValueToCbor } from "../encoding/claim-value.ts";
import { malformed } from "../encoding/format-error.ts";
import type { Hash } from "../hashing.ts";

export const SALT_BYTES = 16;
export const MAX_CLAIMS = 256;

/** `salt` is 16 bytes from a cryptographic generator, fresh for each claim of each certificate. */
export interface Claim {
  readonly salt: Uint8Array;
  readonly name: string;
  readonly value: ClaimValue;
}

const LEAF_PREFIX = Uint8Array.of(0x00);
const utf8 = new TextEncoder();

/** CBOR([salt, name, value]). */
export function encodeClaim(claim: Claim): Uint8Array {
  return encodeCbor(claimToCbor(claim));
}

/** C = H(0x00 ‖ CBOR([salt, name, value])). */
export function claimLeaf(hash: Hash, claim: Claim): Uint8Array {
  return hash(encodeCbor(claimToCbor(claim), LEAF_PREFIX));
}

function claimToCbor({ salt, name, value }: Claim): CborValue {
  return [salt, name, claimValueToCbor(value, name)];
}

/** The order of claims in a certificate: by name, bytewise in UTF-8. */
export function compareClaimNames(a: string, b: string): number {
  const [first, second] = [a.charCodeAt(0), b.charCodeAt(0)];
  // Names differ at once, mostly; among ASCII the units are the bytes.
  if (first !== second && first < 0x80 && second < 0x80) return first - second;
  return compareBytes(utf8.encode(a), utf8.encode(b));
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
