/** What the kernel offers: hashing many messages in linear memory, from `arena` on. */
import { copy, DIGEST } from "./words.ts";
import { foldClaims, hashClaims, hashLeaves } from "./certificates.ts";
import { blocksOf, flush, messagesAtOnce, open, place, put } from "./lanes.ts";
import { foldNodes } from "./tree.ts";

export { foldClaims, foldNodes, hashClaims, hashLeaves, messagesAtOnce, open };

/** @returns the first address that is the caller's. */
export function arena(): usize {
  return (__heap_base + 15) & ~15;
}

/** The digests of `count` messages; message i goes from ends[i] to ends[i + 1], from `messages` on. */
export function hashMessages(messages: usize, ends: usize, count: u32, digests: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const start = load<u32>(ends + 4 * i);
    const length = load<u32>(ends + 4 * i, 4) - start;
    const blocks = blocksOf(length);
    const at = place(blocks);
    copy(at, messages + start, length);
    put(at, length, blocks, digests + DIGEST * i);
  }
  flush();
}
