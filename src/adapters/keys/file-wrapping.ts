/** Wraps data keys with a key that a file keeps: AES-256-GCM (NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { fromBase64Url, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { KeyWrapping } from "../../ports/keys.ts";
import { readKeyText } from "../store/key-files.ts";
import { decryptJwk, encryptJwk, isEncryptedJwk } from "./encrypted-jwk.ts";
import type { Passwords } from "./passwords.ts";

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Whatever else a key may come to be used for, what is wrapped here can't be taken for that. */
const PURPOSE = "liangzheng agency store data key 1";
const ID_HEX_DIGITS = 16;
const PLAIN = /^[0-9a-f]{64}$/;

export function newStoreKeyText(): string {
  return toHex(randomBytes(KEY_BYTES));
}

export function isStoreKeyText(text: string): boolean {
  return PLAIN.test(text.trim());
}

export async function encryptStoreKey(text: string, password: string): Promise<string> {
  const key = Buffer.from(text.trim(), "hex");
  return encryptJwk({ kty: "oct", k: toBase64Url(key), alg: "A256GCMKW" }, password);
}

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED, KEY_PASSWORD_MISSING, KEY_PASSWORD_WRONG */
export async function readStoreKey(file: string, passwords: Passwords): Promise<KeyWrapping> {
  const text = readKeyText(file).trim();
  if (isStoreKeyText(text)) return wrappingWith(Buffer.from(text, "hex"));
  if (!isEncryptedJwk(text)) throw malformed(file);
  const { k } = await decryptJwk(file, text, await passwords.current(file));
  const key = typeof k === "string" ? fromBase64Url(k) : null;
  if (key?.length !== KEY_BYTES) throw malformed(file);
  return wrappingWith(key);
}

function malformed(file: string): Problem {
  return new Problem("KEY_MALFORMED", `${file}: a store's key expected`);
}

/** @param key 32 bytes */
export function wrappingWith(key: Uint8Array): KeyWrapping {
  const digest = createHmac("sha256", key).update(`${PURPOSE} id`).digest("hex");
  return {
    id: `file:${digest.slice(0, ID_HEX_DIGITS)}`,
    wrap: (dataKey) => Promise.resolve(wrap(key, dataKey)),
    unwrap: (wrapped) => Promise.resolve().then(() => unwrap(key, wrapped)),
  };
}

/** IV, encrypted key, tag. */
function wrap(key: Uint8Array, dataKey: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(PURPOSE));
  const parts = [iv, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(parts));
}

function unwrap(key: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const [iv, end] = [wrapped.subarray(0, IV_BYTES), wrapped.length - TAG_BYTES];
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(PURPOSE));
    decipher.setAuthTag(wrapped.subarray(end));
    const content = decipher.update(wrapped.subarray(IV_BYTES, end));
    return new Uint8Array(Buffer.concat([content, decipher.final()]));
  } catch (error) {
    throw new Problem("STORE_KEY_WRONG", "a data key was wrapped with another key", error);
  }
}
