/**
 * Keccak-256 of one message at a time with the kernel, or of a few: a verdict needs some twenty hashes, half of them
 * each of what the one before gave. In memories of their own that never grow, so that nothing is prepared for each
 * message.
 */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import type { Hash } from "../../core/hashing.ts";
import { HashingKernel } from "./hashing-kernel.ts";
import type { KernelBuild } from "./hashing-kernel.ts";

const KECCAK256 = 1;
/** Longer ones go another way. */
const MOST_BYTES = 4096;
/** As many as a certificate has claims. */
const MOST_MESSAGES = 256;
const MOST_BYTES_OF_ALL = 32_768;

type Each = NonNullable<Hash["each"]>;

/** @param longer hashes what is too long */
export function oneKeccak(longer: Hash): Hash {
  const one = hashOne(longer);
  return Object.assign(one, { each: hashEach(one) });
}

function hashOne(longer: Hash): Hash {
  // Two messages at once would be of no use here.
  const { bytes, ends, at, run } = openMemory(MOST_BYTES, 1, "scalar");
  return (message) => {
    if (message.length > MOST_BYTES) return longer(message);
    bytes.set(message, at.messages);
    ends[1] = message.length;
    run.hashMessages(at.messages, at.ends, 1, at.digests);
    const digest = new Uint8Array(HASH_BYTES);
    for (let i = 0; i < HASH_BYTES; i++) digest[i] = bytes[at.digests + i] as number;
    return digest;
  };
}

function hashEach(one: Hash): Each {
  const { bytes, ends, at, run } = openMemory(MOST_BYTES_OF_ALL, MOST_MESSAGES);
  return (messages, given) => {
    const count = given.length - 1;
    if (messages.length > MOST_BYTES_OF_ALL || count > MOST_MESSAGES) {
      return oneByOne(one, messages, given);
    }
    bytes.set(messages, at.messages);
    for (let i = 0; i <= count; i++) ends[i] = given[i] as number;
    run.hashMessages(at.messages, at.ends, count, at.digests);
    return bytes.slice(at.digests, at.digests + count * HASH_BYTES);
  };
}

function oneByOne(one: Hash, messages: Uint8Array, ends: readonly number[]): Uint8Array {
  const digests = new Uint8Array((ends.length - 1) * HASH_BYTES);
  for (let i = 0; i < ends.length - 1; i++) {
    digests.set(one(messages.subarray(ends[i], ends[i + 1])), i * HASH_BYTES);
  }
  return digests;
}

/** A kernel whose memory has room for so many messages, and views of it. */
function openMemory(longest: number, count: number, build?: KernelBuild) {
  const kernel = new HashingKernel(build);
  const inputs = { messages: new Uint8Array(longest), ends: new Uint32Array(count + 1) };
  const at = kernel.begin(KECCAK256, longest, inputs, { digests: count * HASH_BYTES });
  const { buffer } = kernel.run.memory;
  return {
    ...{ at, run: kernel.run, bytes: new Uint8Array(buffer) },
    ends: new Uint32Array(buffer, at.ends, count + 1),
  };
}
