/**
 * SHA-256 and HMAC by node:crypto in one call each: the processor has instructions for it, of which WebAssembly knows
 * nothing. Objects of node:crypto, and the buffers it would return, cost several times what the hash does.
 */
import { hash } from "node:crypto";

const DIGEST_BYTES = 32;
const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

export function sha256(bytes: Uint8Array): Uint8Array {
  // One character for each byte.
  const text = hash("sha256", bytes, "binary");
  const digest = new Uint8Array(DIGEST_BYTES);
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = text.charCodeAt(i);
  return digest;
}

/** HMAC-SHA-256 (RFC 2104) of a message in parts. @param key of 64 bytes at most */
export function hmacSha256(key: Uint8Array): (...parts: readonly Uint8Array[]) => Uint8Array {
  if (key.length > BLOCK_BYTES) throw new RangeError("a key of more than 64 bytes");
  const inner = padded(key, INNER_PAD);
  const outer = Buffer.concat([padded(key, OUTER_PAD), new Uint8Array(DIGEST_BYTES)]);
  return (...parts) => {
    outer.set(sha256(Buffer.concat([inner, ...parts])), BLOCK_BYTES);
    return sha256(outer);
  };
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  for (const [i, byte] of key.entries()) block[i] = byte ^ pad;
  return block;
}
