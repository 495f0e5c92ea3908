/** Keyed digests of many certificate numbers in one call of the kernel. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type { FlatItems } from "./flat-certificates.ts";
import type { HashingKernel } from "./hashing-kernel.ts";
import { messageDigests } from "./message-digests.ts";

/** Keccak-256, whatever the batch's suite: a number is looked up across batches. */
const SUITE = 1;
/**
 * The first 16 bytes of keccak256(numberKey ‖ number), for each number.
 * @param numberKey 32 bytes; @param numbers in UTF-8
 */
export function numberDigests(
  kernel: HashingKernel,
  numberKey: Uint8Array,
  numbers: readonly Uint8Array[],
): Uint8Array {
  const messages = keyedMessages(numberKey, numbers);
  const whole = new Uint8Array(numbers.length * HASH_BYTES);
  messageDigests(kernel, SUITE, messages, whole);
  const digests = new Uint8Array(numbers.length * NUMBER_DIGEST_BYTES);
  for (let i = 0; i < numbers.length; i++) {
    const [from, to] = [i * HASH_BYTES, i * NUMBER_DIGEST_BYTES];
    for (let j = 0; j < NUMBER_DIGEST_BYTES; j++) digests[to + j] = whole[from + j] as number;
  }
  return digests;
}

function keyedMessages(numberKey: Uint8Array, numbers: readonly Uint8Array[]): FlatItems {
  const length = numbers.reduce((sum, number) => sum + numberKey.length + number.length, 0);
  const bytes = new Uint8Array(length);
  const ends = new Uint32Array(numbers.length + 1);
  let end = 0;
  for (let i = 0; i < numbers.length; i++) {
    end = append(numbers[i] as Uint8Array, bytes, append(numberKey, bytes, end));
    ends[i + 1] = end;
  }
  return { bytes, ends };
}

/** For so few, a call of the platform's costs several times as much. @returns where it ends */
function append(part: Uint8Array, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < part.length; i++) bytes[at + i] = part[i] as number;
  return at + part.length;
}
