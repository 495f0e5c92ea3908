/**
 * The claims tree (protocol, 4): RFC 6962's shape over a certificate's claims, so that any of them can
 * be shown with only the hashes of the subtrees that stay hidden.
 */
import { pairHash } from "../hashing.ts";
import type { Hash } from "../hashing.ts";

const hashNode = pairHash(0x01);

/** The number of leaves of the left subtree: the largest power of two smaller than `count`. */
function leftCount(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

/** @param leaves at least one claim leaf, in the order of the claims' names. */
export function claimsRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const left = leftCount(leaves.length);
  return hashNode(
    hash,
    claimsRoot(hash, leaves.slice(0, left)),
    claimsRoot(hash, leaves.slice(left)),
  );
}

/** @returns the hashes of the maximal subtrees that hold none of `positions`, left to right. */
export function proveClaims(
  hash: Hash,
  leaves: readonly Uint8Array[],
  positions: ReadonlySet<number>,
  from = 0,
): Uint8Array[] {
  const isHidden = leaves.every((_, i) => !positions.has(from + i));
  if (isHidden) return [claimsRoot(hash, leaves)];
  if (leaves.length === 1) return [];
  const left = leftCount(leaves.length);
  return [
    ...proveClaims(hash, leaves.slice(0, left), positions, from),
    ...proveClaims(hash, leaves.slice(left), positions, from + left),
  ];
}

/**
 * Rebuilds the top from the disclosed leaves and the proof.
 * @param count the number of claims of the certificate, 1 to 256
 * @returns null unless every position is below `count` and every hash of the proof is used.
 */
export function rebuildClaimsRoot(
  hash: Hash,
  count: number,
  disclosed: ReadonlyMap<number, Uint8Array>,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  const positions = [...disclosed.keys()];
  if (positions.some((position) => position >= count)) return null;
  let used = 0;
  const rebuild = (from: number, size: number): Uint8Array | null => {
    const isHidden = !positions.some((position) => position >= from && position < from + size);
    if (isHidden) return proof[used++] ?? null;
    if (size === 1) return disclosed.get(from) as Uint8Array;
    const left = leftCount(size);
    const a = rebuild(from, left);
    const b = rebuild(from + left, size - left);
    return a === null || b === null ? null : hashNode(hash, a, b);
  };
  const root = rebuild(0, count);
  return used === proof.length ? root : null;
}
