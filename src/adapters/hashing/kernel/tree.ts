/** One level of a batch tree (protocol, 6). */
import { flush, padPlaces, place, putPadded } from "./lanes.ts";
import { DIGEST, copyDigest } from "./words.ts";

/** node = H(min ‖ max) for each pair of the `count` nodes below; an odd last one moves up unchanged. */
export function foldNodes(below: usize, count: u32, above: usize): void {
  const blocks = padPlaces(2 * DIGEST);
  for (let pair: u32 = 0; pair < count / 2; pair++) {
    const left = below + 2 * DIGEST * pair;
    const right = left + DIGEST;
    const isInOrder = isBefore(left, right);
    const at = place(blocks);
    copyDigest(at, isInOrder ? left : right);
    copyDigest(at + DIGEST, isInOrder ? right : left);
    putPadded(blocks, above + DIGEST * pair);
  }
  if (count & 1) copyDigest(above + DIGEST * (count / 2), below + DIGEST * (count - 1));
  flush();
}

function isBefore(a: usize, b: usize): bool {
  for (let i: u32 = 0; i < DIGEST; i += 8) {
    const x = bswap<u64>(load<u64>(a + i));
    const y = bswap<u64>(load<u64>(b + i));
    if (x != y) return x < y;
  }
  return true;
}
