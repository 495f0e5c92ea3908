/**
 * Keccak-256 of one message at a time with the kernel: a verdict needs some twenty hashes, each of what the
 * one before gave. In a memory of its own that never grows, so that nothing is prepared for each message.
 */
import type { Hash } from "../../core/hashing.ts";
import { HashingKernel } from "./hashing-kernel.ts";

const KECCAK256 = 1;
const HASH_BYTES = 32;
/** Longer ones go another way. */
const MOST_BYTES = 4096;

/** @param longer hashes messages of more than 4,096 bytes */
export function oneKeccak(longer: Hash): Hash {
  // Two messages at once would be of no use here.
  const kernel = new HashingKernel("scalar");
  const inputs = { message: new Uint8Array(MOST_BYTES), ends: new Uint32Array(2) };
  const at = kernel.begin(KECCAK256, MOST_BYTES, inputs, { digest: HASH_BYTES });
  const bytes = new Uint8Array(kernel.run.memory.buffer);
  const ends = new Uint32Array(kernel.run.memory.buffer, at.ends, 2);
  return (message) => {
    if (message.length > MOST_BYTES) return longer(message);
    bytes.set(message, at.message);
    ends[1] = message.length;
    kernel.run.hashMessages(at.message, at.ends, 1, at.digest);
    return bytes.slice(at.digest, at.digest + HASH_BYTES);
  };
}
