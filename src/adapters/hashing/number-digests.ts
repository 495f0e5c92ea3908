/** Keyed digests of many certificate numbers in one call of the kernel. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type { HashingKernel } from "./hashing-kernel.ts";
import { messageDigests } from "./message-digests.ts";

/** Keccak-256, whatever the batch's suite: a number is looked up across batches. */
const SUITE = 1;
/** In UTF-8 of one UTF-16 unit. */
const MOST_BYTES = 3;

/**
 * The first 16 bytes of keccak256(numberKey ‖ number in UTF-8), for each number.
 * @param numberKey 32 bytes
 */
export function numberDigests(
  kernel: HashingKernel,
  numberKey: Uint8Array,
  numbers: readonly string[],
): Uint8Array {
  const messages = keyedMessages(numberKey, numbers);
  const whole = new Uint8Array(numbers.length * HASH_BYTES);
  messageDigests(kernel, SUITE, messages, whole);
  const digests = new Uint8Array(numbers.length * NUMBER_DIGEST_BYTES);
  for (let i = 0; i < numbers.length; i++) {
    const digest = whole.subarray(i * HASH_BYTES, i * HASH_BYTES + NUMBER_DIGEST_BYTES);
    digests.set(digest, i * NUMBER_DIGEST_BYTES);
  }
  return digests;
}

function keyedMessages(
  numberKey: Uint8Array,
  numbers: readonly string[],
): { bytes: Uint8Array; ends: Uint32Array } {
  const units = numbers.reduce((sum, { length }) => sum + length, 0);
  const bytes = Buffer.allocUnsafe(numbers.length * numberKey.length + units * MOST_BYTES);
  const ends = new Uint32Array(numbers.length + 1);
  let end = 0;
  for (let i = 0; i < numbers.length; i++) {
    bytes.set(numberKey, end);
    end += numberKey.length;
    end += bytes.write(numbers[i] as string, end);
    ends[i + 1] = end;
  }
  return { bytes: bytes.subarray(0, end), ends };
}
