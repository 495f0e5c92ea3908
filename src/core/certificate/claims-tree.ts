/**
 * The claims tree (protocol, 4): RFC 6962's shape over a certificate's claims, so that any of them can
 * be shown with only the hashes of the subtrees that stay hidden.
 */
import { pairHash } from "../hashing.ts";
import type { Hash } from "../hashing.ts";

const hashNode = pairHash(0x01);

/** The number of leaves of the left subtree: the largest power of two smaller than `count`. */
function leftCount(count: number): number {
  return 1 << (31 - Math.clz32(count - 1));
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

/** The leaves of the disclosed claims, by rising position. */
interface DisclosedLeaves {
  readonly positions: readonly number[];
  readonly leaves: readonly Uint8Array[];
}

/**
 * Rebuilds the top from the disclosed leaves and the proof.
 * @param count the number of claims of the certificate, 1 to 256
 * @returns null unless every position is below `count` and every hash of the proof is used.
 */
export function rebuildClaimsRoot(
  hash: Hash,
  count: number,
  { positions, leaves }: DisclosedLeaves,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if ((positions.at(-1) ?? 0) >= count) return null;
  let [used, shown] = [0, 0];
  const rebuild = (from: number, size: number): Uint8Array | null => {
    const isHidden = (positions[shown] ?? count) >= from + size;
    if (isHidden) return proof[used++] ?? null;
    if (size === 1) return leaves[shown++] as Uint8Array;
    const left = leftCount(size);
    const a = rebuild(from, left);
    const b = rebuild(from + left, size - left);
    return a === null || b === null ? null : hashNode(hash, a, b);
  };
  const root = rebuild(0, count);
  return used === proof.length ? root : null;
}

/** The disclosed leaves of a certificate with `count` claims, and the proof that hides the others. */
interface GivenClaims {
  readonly count: number;
  readonly leaves: ReadonlyMap<number, Uint8Array>;
  readonly proof: readonly Uint8Array[];
}

/**
 * The proof for fewer claims than those given.
 * @param positions of the claims that stay disclosed, all among those given
 * @throws RangeError where the proof has too few hashes
 */
export function narrowClaims(
  hash: Hash,
  { count, leaves, proof }: GivenClaims,
  positions: ReadonlySet<number>,
): Uint8Array[] {
  const given = [...leaves.keys()];
  let used = 0;
  const hashOf = (from: number, size: number): Uint8Array => {
    if (!given.some((position) => position >= from && position < from + size)) {
      const hidden = proof[used++];
      if (hidden === undefined) throw new RangeError("a proof with too few hashes");
      return hidden;
    }
    if (size === 1) return leaves.get(from) as Uint8Array;
    const left = leftCount(size);
    return hashNode(hash, hashOf(from, left), hashOf(from + left, size - left));
  };
  const narrow = (from: number, size: number): Uint8Array[] => {
    const isShown = [...positions].some((position) => position >= from && position < from + size);
    if (!isShown) return [hashOf(from, size)];
    if (size === 1) return [];
    const left = leftCount(size);
    return [...narrow(from, left), ...narrow(from + left, size - left)];
  };
  return narrow(0, count);
}
