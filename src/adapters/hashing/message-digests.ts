/** The digests of many messages at once. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { entry, longestItem } from "./flat-certificates.ts";
import type { FlatItems } from "./flat-certificates.ts";
import type { HashingKernel } from "./hashing-kernel.ts";

const MOST_MESSAGES = 512;
const MOST_BYTES = 262_144;

/**
 * @param digests where 32 bytes for each message are written
 * @throws RangeError where an item ends before it begins, or the digests are not as many as the messages
 */
export function messageDigests(
  kernel: HashingKernel,
  suite: SuiteId,
  messages: FlatItems,
  digests: Uint8Array,
): void {
  const longest = longestItem(messages);
  const count = messages.ends.length - 1;
  if (digests.length !== count * HASH_BYTES) throw new RangeError("not 32 bytes for each message");
  for (let from = 0; from < count;) {
    const to = endOfPass(messages, from);
    const into = digests.subarray(from * HASH_BYTES, to * HASH_BYTES);
    hashPass(kernel, { suite, longest }, messages, from, into);
    from = to;
  }
}

function endOfPass({ ends }: FlatItems, from: number): number {
  let to = Math.min(from + MOST_MESSAGES, ends.length - 1);
  while (to > from + 1 && entry(ends, to) - entry(ends, from) > MOST_BYTES) {
    to = from + Math.floor((to - from) / 2);
  }
  return to;
}

interface Work {
  readonly suite: SuiteId;
  /** Of all messages, in bytes. */
  readonly longest: number;
}

function hashPass(
  kernel: HashingKernel,
  { suite, longest }: Work,
  { bytes, ends: allEnds }: FlatItems,
  from: number,
  digests: Uint8Array,
): void {
  const count = digests.length / HASH_BYTES;
  const ends = allEnds.subarray(from, from + count + 1);
  const messages = bytes.subarray(entry(ends, 0), entry(ends, count));
  const inputs = { messages, ends };
  const at = kernel.begin(suite, longest, inputs, { digests: digests.length });
  kernel.run.hashMessages(at.messages - entry(ends, 0), at.ends, count, at.digests);
  kernel.read(at.digests, digests);
}
