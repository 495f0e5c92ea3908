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
import { open, realpath } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { fromBase64Url, toHex } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import { createDurably, makeFolder, writeDurably } from "./durable-file.ts";

const ACCOUNT_KEY = /^0x[0-9a-f]{64}$/;
/** SEC 2, 2.4.1: a private key is below it. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const MAX_KEY_BYTES = 4_096;

/**
 * @param text what a file holds
 * @returns the private key of an account, 0x and 64 hex digits. Never put it into a message.
 * @throws Problem KEY_MALFORMED, naming the file that it came from
 */
export function accountKeyFrom(file: string, text: string): string {
  const key = text.trim();
  if (ACCOUNT_KEY.test(key) && BigInt(key) > 0n && BigInt(key) < SECP256K1_ORDER) return key;
  throw new Problem("KEY_MALFORMED", `${file}: an account's key expected`);
}

export function newAccountKey(): string {
  return `0x${toHex(randomBytes(32))}`;
}

/** @throws Problem FILE_EXISTS: a key is never overwritten; FOLDER_NOT_MADE, DISK_FAILED. */
export async function writeKeyFile(file: string, content: string): Promise<void> {
  if (exists(file)) throw new Problem("FILE_EXISTS", file);
  await makeFolder(dirname(file));
  await createDurably(file, `${content}\n`);
}

/**
 * Puts an encrypted key where a plain one was. The new file is durable before it takes the other's place; the
 * old bytes are overwritten then, which does not reach copies that a disk or file system keeps by itself.
 * @throws Problem DISK_FAILED
 */
export async function replaceKeyFile(file: string, content: string): Promise<void> {
  const target = await realpath(file);
  const old = await open(target, "r+").catch((error: unknown) => {
    throw new Problem("DISK_FAILED", file, error);
  });
  try {
    await writeDurably(target, `${content}\n`);
    await overwrite(old);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem("DISK_FAILED", file, error);
  } finally {
    await old.close();
  }
}

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  await file.write(randomBytes(size), 0, size, 0);
  await file.sync();
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

/**
 * @param text a key's JWK
 * @throws Problem KEY_MALFORMED, naming the file that it came from
 */
export function signingKeyFrom(file: string, text: string): SigningKey {
  return signingKey(importPrivateKey(file, text));
}

function importPrivateKey(file: string, text: string): KeyObject {
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
