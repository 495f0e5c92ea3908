/**
 * API keys: `lzk_<id>_<secret>`. The id (80 bits) finds the key, the secret (256 bits) proves it; what is kept
 * is the secret's SHA-256. A secret that was drawn at random can't be found from its hash by trying, so no slow
 * hash is needed.
 */
import { fromBase64Url, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { Randomness } from "../../ports/clock.ts";

const ID_CHARACTERS = 16;
const SECRET_BYTES = 32;
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const WRITTEN = /^lzk_([0-9a-hjkmnp-tv-z]{16})_([A-Za-z0-9_-]{43})$/;

export interface ApiKey {
  /** 16 letters and digits; not secret. */
  readonly id: string;
  readonly secret: Uint8Array;
}

export function makeApiKey(random: Randomness): ApiKey {
  const characters = Array.from(random(ID_CHARACTERS), (byte) => ALPHABET.charAt(byte & 31));
  return { id: characters.join(""), secret: random(SECRET_BYTES) };
}

/** The key as its client keeps it: secret. */
export function writeApiKey({ id, secret }: ApiKey): string {
  return `lzk_${id}_${toBase64Url(secret)}`;
}

/** Whether a text means to be one. */
export function looksLikeApiKey(text: string): boolean {
  return text.startsWith("lzk_");
}

/** @returns null where it is none. */
export function parseApiKey(text: string): ApiKey | null {
  const [, id, written = ""] = WRITTEN.exec(text) ?? [];
  const secret = fromBase64Url(written);
  return id === undefined || secret === null ? null : { id, secret };
}

/** 64 hex digits. */
export function secretHashOf({ sha256 }: Pick<Primitives, "sha256">, { secret }: ApiKey): string {
  return toHex(sha256(secret));
}

/** Takes as long wherever two texts of one length differ. */
export function isSameHash(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
