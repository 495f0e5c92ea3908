/** Keys in files that only their owner can read: accounts of the chain, and P-256 keys. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fromBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import { createDurably } from "./durable-file.ts";

const ACCOUNT_KEY = /^0x[0-9a-f]{64}$/;
/** SEC 2, 2.4.1: a private key is below it. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const MAX_KEY_BYTES = 4_096;

/** @returns the private key of an account, 0x and 64 hex digits. Never put it into a message. */
export function readAccountKey(file: string): string {
  const key = readKeyText(file).trim();
  if (ACCOUNT_KEY.test(key) && BigInt(key) > 0n && BigInt(key) < SECP256K1_ORDER) return key;
  throw new Problem("KEY_MALFORMED", `${file}: an account's key expected`);
}

export function newAccountKey(): string {
  return `0x${toHex(randomBytes(32))}`;
}

/** @throws Problem FILE_EXISTS: a key is never overwritten; DISK_FAILED. */
export async function writeKeyFile(file: string, content: string): Promise<void> {
  if (exists(file)) throw new Problem("FILE_EXISTS", file);
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw new Problem("DISK_FAILED", file, error);
  });
  await createDurably(file, `${content}\n`);
}

export function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** A P-256 key that signs ES256: of a holder, or of an agency's documents. */
export interface SigningKey {
  readonly publicKey: P256PublicKey;
  /** r ‖ s, 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** @returns a new key as a JWK (RFC 7517). */
export function newSigningKeyJwk(): JsonWebKey {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
}

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED. */
export function readSigningKey(file: string): SigningKey {
  return signingKey(importPrivateKey(file));
}

function importPrivateKey(file: string): KeyObject {
  const text = readKeyText(file);
  try {
    const key = createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: "jwk" });
    if (key.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  } catch {
    // Said below in our own words, since the parser's may quote the key.
  }
  throw new Problem("KEY_MALFORMED", `${file}: a P-256 key as JWK expected`);
}

function signingKey(privateKey: KeyObject): SigningKey {
  const { x = "", y = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return {
    publicKey: { x: fromBase64Url(x) as Uint8Array, y: fromBase64Url(y) as Uint8Array },
    sign: (message) => {
      return new Uint8Array(
        sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }),
      );
    },
  };
}

/** @throws Problem KEY_NOT_FOUND, and KEY_MALFORMED for what is too large to be a key. */
export function readKeyText(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Problem("KEY_NOT_FOUND", file);
  if (!stat.isFile()) throw new Problem("KEY_MALFORMED", `${file}: not a file`);
  if (stat.size > MAX_KEY_BYTES) throw new Problem("KEY_MALFORMED", `${file}: larger than any key`);
  return readFileSync(file, "utf8");
}
