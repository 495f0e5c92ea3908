/**
 * Authenticated encryption as each suite has it: AES-256-GCM (NIST SP 800-38D) beside Keccak-256; beside SM3
 * SM4 (GB/T 32907-2016) in counter mode, then HMAC-SM3 over what came of it, with half of the key each.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import type { SuiteId } from "../../core/hashing.ts";

export const KEY_BYTES = 32;

export interface Sealing {
  readonly key: Uint8Array;
  /** Never twice with one key. */
  readonly nonce: Uint8Array;
  /** What it is bound to, always of one length: sealed for one place it opens in no other. */
  readonly place: Uint8Array;
}

export interface Sealed {
  /** As long as what was sealed, in a buffer of its own. */
  readonly content: Uint8Array;
  readonly tag: Uint8Array;
}

export interface PageCipher {
  readonly nonceBytes: number;
  readonly tagBytes: number;
  seal(sealing: Sealing, plain: Uint8Array): Sealed;
  /** @returns null where it is not what was sealed with this key for this place */
  open(sealing: Sealing, sealed: Sealed): Uint8Array | null;
}

const AES: PageCipher = { nonceBytes: 12, tagBytes: 16, seal: sealAes, open: openAes };
const SM: PageCipher = { nonceBytes: 16, tagBytes: 32, seal: sealSm, open: openSm };

export function cipherOf(suite: SuiteId): PageCipher {
  return suite === 1 ? AES : SM;
}

function sealAes({ key, nonce, place }: Sealing, plain: Uint8Array): Sealed {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(place);
  const content = cipher.update(plain);
  cipher.final();
  return { content, tag: cipher.getAuthTag() };
}

function openAes({ key, nonce, place }: Sealing, { content, tag }: Sealed): Uint8Array | null {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: AES.tagBytes });
  decipher.setAAD(place);
  decipher.setAuthTag(tag);
  const plain = decipher.update(content);
  try {
    decipher.final();
  } catch {
    return null;
  }
  return plain;
}

const SM4_KEY_BYTES = 16;

function sealSm(sealing: Sealing, plain: Uint8Array): Sealed {
  const key = sealing.key.subarray(0, SM4_KEY_BYTES);
  const content = createCipheriv("sm4-ctr", key, sealing.nonce).update(plain);
  return { content, tag: macOf(sealing, content) };
}

function openSm(sealing: Sealing, { content, tag }: Sealed): Uint8Array | null {
  if (!timingSafeEqual(macOf(sealing, content), tag)) return null;
  const key = sealing.key.subarray(0, SM4_KEY_BYTES);
  return createDecipheriv("sm4-ctr", key, sealing.nonce).update(content);
}

function macOf({ key, nonce, place }: Sealing, encrypted: Uint8Array): Uint8Array {
  const mac = createHmac("sm3", key.subarray(SM4_KEY_BYTES));
  return mac.update(place).update(nonce).update(encrypted).digest();
}
