/** The hashes of many certificates (protocol, 4 and 5), all over linear memory. */
import { blocksOf, flush, padPlaces, place, put, putPadded } from "./lanes.ts";
import { DIGEST, copy, copyDigest } from "./words.ts";

const SALT: u32 = 16;
/** 0x00, and the heads of CBOR([salt of 16 bytes, …, …]); the fourth byte is overwritten by the salt. */
const CLAIM_HEAD: u32 = 0x508300;
const CLAIM_HEAD_BYTES: u32 = 3;
const NODE_PREFIX: u8 = 0x01;
const LEAF_PREFIX: u8 = 0x02;
const LEAF_PREIMAGE: u32 = 91;

/**
 * C = H(0x00 ‖ CBOR([salt, name, value])) of `count` claims.
 * @param names the names in CBOR; the name with number i goes from nameEnds[i − 1] to nameEnds[i]
 * @param numbers for each claim the number of its name, 16 bits
 * @param values the values in CBOR; value i goes from ends[i] to ends[i + 1], from `values` on
 */
export function hashClaims(
  names: usize,
  nameEnds: usize,
  numbers: usize,
  salts: usize,
  values: usize,
  ends: usize,
  count: u32,
  digests: usize,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const ofName = nameEnds + 4 * <usize>load<u16>(numbers + 2 * i);
    const name = load<u32>(ofName);
    const nameLength = load<u32>(ofName, 4) - name;
    const value = load<u32>(ends + 4 * i);
    const valueLength = load<u32>(ends + 4 * i, 4) - value;
    const length = CLAIM_HEAD_BYTES + SALT + nameLength + valueLength;
    const blocks = blocksOf(length);
    const at = place(blocks);
    store<u32>(at, CLAIM_HEAD);
    copy(at + CLAIM_HEAD_BYTES, salts + SALT * i, SALT);
    copy(at + CLAIM_HEAD_BYTES + SALT, names + name, nameLength);
    copy(at + CLAIM_HEAD_BYTES + SALT + nameLength, values + value, valueLength);
    put(at, length, blocks, digests + DIGEST * i);
  }
  flush();
}

/**
 * Folds the claim leaves of each certificate into the first of them, its claims root. Pairing level by
 * level, an odd last one moving up, gives the shape of RFC 6962, 2.1.
 * @param starts certificate i has the leaves starts[i] to starts[i + 1], of those at `digests`
 */
export function foldClaims(starts: usize, count: u32, digests: usize): void {
  const blocks = padPlaces(1 + 2 * DIGEST);
  for (let level: u32 = 0, isDone = false; !isDone; level++) {
    isDone = true;
    for (let i: u32 = 0; i < count; i++) {
      const start = load<u32>(starts + 4 * i);
      const size = sizeOfLevel(load<u32>(starts + 4 * i, 4) - start, level);
      if (size > 1) foldLevel(digests + DIGEST * start, size, blocks);
      if (size > 2) isDone = false;
    }
    flush();
  }
}

function sizeOfLevel(leaves: u32, level: u32): u32 {
  return ((leaves - 1) >> level) + 1;
}

/** N = H(0x01 ‖ left ‖ right) */
function foldLevel(digests: usize, size: u32, blocks: u32): void {
  for (let pair: u32 = 0; pair < size / 2; pair++) {
    const left = digests + 2 * DIGEST * pair;
    const at = place(blocks);
    store<u8>(at, NODE_PREFIX);
    copyDigest(at + 1, left);
    copyDigest(at + 1 + DIGEST, left + DIGEST);
    putPadded(blocks, digests + DIGEST * pair);
  }
  if (size & 1) copyDigest(digests + DIGEST * (size / 2), digests + DIGEST * (size - 1));
}

/**
 * L = H(0x02 ‖ index ‖ notBefore ‖ notAfter ‖ n ‖ holder ‖ claimsRoot) of `count` certificates.
 * @param validities two floats each, in seconds; an infinite `notAfter` says 'no end'
 */
export function hashLeaves(
  starts: usize,
  digests: usize,
  firstIndex: u32,
  validities: usize,
  holders: usize,
  count: u32,
  leaves: usize,
): void {
  const blocks = padPlaces(LEAF_PREIMAGE);
  for (let i: u32 = 0; i < count; i++) {
    const start = load<u32>(starts + 4 * i);
    const at = place(blocks);
    store<u8>(at, LEAF_PREFIX);
    store<u64>(at, bswap<u64>(<u64>firstIndex + i), 1);
    store<u64>(at, bswap<u64>(secondsOf(load<f64>(validities + 16 * i))), 9);
    store<u64>(at, bswap<u64>(secondsOf(load<f64>(validities + 16 * i, 8))), 17);
    store<u16>(at, bswap<u16>(<u16>(load<u32>(starts + 4 * i, 4) - start)), 25);
    copyDigest(at + 27, holders + DIGEST * i);
    copyDigest(at + 59, digests + DIGEST * start);
    putPadded(blocks, leaves + DIGEST * i);
  }
  flush();
}

function secondsOf(time: f64): u64 {
  return time == Infinity ? u64.MAX_VALUE : <u64>time;
}
