/**
 * The proof inside a presentation (protocol, 9): one certificate's disclosed claims with all that leads
 * from them to the batch's root.
 */
import { HASH_BYTES } from "../batch/tree.ts";
import { MAX_PATH_HASHES } from "../batch/path.ts";
import type { Claim } from "../certificate/claim.ts";
import { MAX_CLAIMS, SALT_BYTES, checkClaimOrder } from "../certificate/claim.ts";
import type { Validity } from "../certificate/leaf.ts";
import { notAfterToU64 } from "../certificate/leaf.ts";
import { concatBytes } from "../encoding/bytes.ts";
import type { CborValue } from "../encoding/cbor.ts";
import { U64_MAX, isUint } from "../encoding/cbor.ts";
import { claimValueFromCbor, claimValueToCbor } from "../encoding/claim-value.ts";
import { FormatError, malformed } from "../encoding/format-error.ts";
import type { SuiteId } from "../hashing.ts";
import { isSuiteId } from "../hashing.ts";

const MEMBERS = 10;
const MAX_INDEX = 0xffff_ffff;
const AGENCY_CHARACTERS = 18;

export interface DisclosedClaim extends Claim {
  readonly position: number;
}

export interface Proof extends Validity {
  readonly suite: SuiteId;
  readonly agency: string;
  readonly root: Uint8Array;
  readonly index: number;
  readonly claimCount: number;
  readonly disclosed: readonly DisclosedClaim[];
  readonly claimsProof: readonly Uint8Array[];
  /** Siblings from the leaf up, 32 bytes each, one after another. */
  readonly path: Uint8Array;
}

/** [suite, agency, root, index, notBefore, notAfter, n, disclosed, claimsProof, path] */
export function proofToCbor(proof: Proof): CborValue {
  return [
    proof.suite,
    proof.agency,
    proof.root,
    proof.index,
    proof.notBefore,
    notAfterToU64(proof.notAfter),
    proof.claimCount,
    proof.disclosed.map(({ position, salt, name, value }) => [
      position,
      salt,
      name,
      claimValueToCbor(value, name),
    ]),
    concatBytes(...proof.claimsProof),
    proof.path,
  ];
}

/** @throws FormatError MALFORMED, or UNSUPPORTED_VERSION for an unknown suite. */
export function proofFromCbor(value: CborValue | undefined): Proof {
  if (!Array.isArray(value) || value.length !== MEMBERS) {
    throw malformed("certificate", "ten members expected");
  }
  const members = value as readonly CborValue[];
  const [, , root, index, notBefore, notAfter, claimCount, disclosed, claimsProof, path] = members;
  return {
    suite: suiteOf(members[0]),
    agency: agencyOf(members[1]),
    root: rootOf(root),
    index: integerOf(index, MAX_INDEX, "index"),
    notBefore: integerOf(notBefore, Number.MAX_SAFE_INTEGER, "notBefore"),
    notAfter:
      notAfter === U64_MAX ? null : integerOf(notAfter, Number.MAX_SAFE_INTEGER, "notAfter"),
    claimCount: claimCountOf(claimCount),
    disclosed: disclosedOf(disclosed),
    claimsProof: cut(hashesOf(claimsProof, MAX_CLAIMS, "claimsProof")),
    path: hashesOf(path, MAX_PATH_HASHES, "path"),
  };
}

function suiteOf(value: CborValue | undefined): SuiteId {
  if (isSuiteId(value)) return value;
  if (!isUint(value)) throw malformed("suite", "an integer expected");
  throw new FormatError("UNSUPPORTED_VERSION", "suite", `there is no hash suite ${String(value)}`);
}

function agencyOf(value: CborValue | undefined): string {
  if (typeof value !== "string" || value.length !== AGENCY_CHARACTERS) {
    throw malformed("agency", "18 characters expected");
  }
  return value;
}

function rootOf(value: CborValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== HASH_BYTES) {
    throw malformed("root", "32 bytes expected");
  }
  return value;
}

function claimCountOf(value: CborValue | undefined): number {
  const count = integerOf(value, MAX_CLAIMS, "n");
  if (count === 0) throw malformed("n", "a certificate has at least one claim");
  return count;
}

function integerOf(value: CborValue | undefined, most: number, where: string): number {
  if (!isUint(value) || value > most)
    throw malformed(where, `an integer up to ${String(most)} expected`);
  return value;
}

/** One after another. */
function hashesOf(value: CborValue | undefined, most: number, where: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length % HASH_BYTES !== 0) {
    throw malformed(where, "hashes of 32 bytes each expected");
  }
  const count = value.length / HASH_BYTES;
  if (count > most) throw malformed(where, `${String(count)} hashes; at most ${String(most)}`);
  return value;
}

function cut(hashes: Uint8Array): Uint8Array[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) => {
    return hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
  });
}

function disclosedOf(value: CborValue | undefined): DisclosedClaim[] {
  if (!Array.isArray(value)) throw malformed("disclosed", "a list expected");
  const claims = (value as readonly CborValue[]).map((item, i) => disclosedClaimOf(item, i));
  if (
    claims.some((claim, i) => i > 0 && claim.position <= (claims[i - 1] as DisclosedClaim).position)
  ) {
    throw malformed("disclosed", "positions out of order or twice");
  }
  if (claims.length > 0)
    checkClaimOrder(
      claims.map(({ name }) => name),
      "disclosed",
    );
  return claims;
}

function disclosedClaimOf(value: CborValue, at: number): DisclosedClaim {
  const where = `disclosed[${String(at)}]`;
  if (!Array.isArray(value) || value.length !== 4) throw malformed(where, "four members expected");
  const [position, salt, name, claim] = value as [CborValue, CborValue, CborValue, CborValue];
  if (!(salt instanceof Uint8Array) || salt.length !== SALT_BYTES) {
    throw malformed(`${where}.salt`, "16 bytes expected");
  }
  if (typeof name !== "string") throw malformed(`${where}.name`, "text expected");
  claimValueFromCbor(name, `${where}.name`);
  return {
    position: integerOf(position, MAX_CLAIMS - 1, `${where}.position`),
    salt,
    name,
    value: claimValueFromCbor(claim, name),
  };
}
