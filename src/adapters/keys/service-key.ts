/**
 * The keys of a verification service in one file: a JWK (RFC 7517) of the P-256 key that signs, with two members
 * of our own. `secret` is what pseudonyms and seals are derived from (HKDF, RFC 5869); `former` holds the public
 * halves of the keys that signed before.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { fromBase64Url, toBase64Url } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { ServiceKeys, ServicePublicKey } from "../../ports/service-keys.ts";
import { hmacSha256 } from "../hashing/sha256.ts";
import {
  exists,
  newSigningKeyJwk,
  readKeyText,
  replaceKeyFile,
  writeKeyFile,
} from "../store/key-files.ts";
import { encryptJwk, isEncryptedJwk } from "./encrypted-jwk.ts";
import type { Jwk } from "./encrypted-jwk.ts";
import { jsonObject, malformed } from "./key-description.ts";
import { readOpenedKey } from "./opened-key.ts";
import type { Passwords } from "./passwords.ts";

export interface ServiceKeyOrder {
  readonly file: string;
  readonly passwords: Passwords;
  /** Whether a key that is made now is encrypted with a password. */
  readonly isNewEncrypted: boolean;
}

/** A larger file than this is read by nobody; older receipts can be checked with a copy of /v1/keys. */
const MOST_FORMER_KEYS = 12;
const SECRET_BYTES = 32;
const COORDINATE_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Made where there is none. Of two first starts at once one makes it, and both have it.
 * @throws Problem KEY_MALFORMED, KEY_PASSWORD_…, DISK_FAILED
 */
export async function serviceKeys(order: ServiceKeyOrder): Promise<ServiceKeys> {
  const { file, passwords } = order;
  if (!exists(file)) await makeKey(order);
  return keysFrom(file, await readJwk(file, passwords));
}

/**
 * Takes a new signing key; the old one's public half stays listed, so that what it signed stays good, and
 * pseudonyms stay what they are. An encrypted file stays encrypted, with the same password.
 * @throws Problem KEY_NOT_FOUND, KEY_MALFORMED, KEY_PASSWORD_…, DISK_FAILED
 */
export async function rotateServiceKey(file: string, passwords: Passwords): Promise<ServiceKeys> {
  const password = isEncryptedJwk(readKeyText(file)) ? await passwords.current(file) : null;
  const known = { ...passwords, current: () => Promise.resolve(password ?? "") };
  const old = await readJwk(file, known);
  const { keyId, publicKey, formerKeys } = keysFrom(file, old);
  const former = [{ keyId, ...publicKey }, ...formerKeys].slice(0, MOST_FORMER_KEYS);
  const points = former.map(({ x, y }) => ({ x, y }));
  const jwk = { ...newSigningKeyJwk(), secret: old["secret"], former: points };
  await replaceKeyFile(file, await textOf(jwk, password));
  return keysFrom(file, jwk);
}

async function makeKey({ file, passwords, isNewEncrypted }: ServiceKeyOrder): Promise<void> {
  const jwk = { ...newSigningKeyJwk(), secret: toBase64Url(randomBytes(SECRET_BYTES)), former: [] };
  const text = await textOf(jwk, isNewEncrypted ? await passwords.fresh(file) : null);
  await writeKeyFile(file, text).catch((error: unknown) => {
    // Another process that starts at the same moment has made it: that one counts.
    if (!(error instanceof Problem) || error.code !== "FILE_EXISTS") throw error;
  });
}

function textOf(jwk: Jwk, password: string | null): Promise<string> {
  if (password !== null) return encryptJwk(jwk, password);
  return Promise.resolve(JSON.stringify(jwk));
}

async function readJwk(file: string, passwords: Passwords): Promise<Jwk> {
  const jwk = jsonObject(await readOpenedKey(file, passwords));
  if (jwk === null) throw malformed(file, "a service's key as JWK expected");
  return jwk;
}

function keysFrom(file: string, jwk: Jwk): ServiceKeys {
  const [privateKey, secret] = [signingKeyOf(file, jwk), secretOf(file, jwk)];
  const { x = "", y = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const pseudonymOf = hmacSha256(derive(secret, "pseudonym"));
  const sealKey = derive(secret, "seal");
  return {
    keyId: thumbprint(x, y),
    publicKey: { x, y },
    formerKeys: formerOf(file, jwk),
    sign: (bytes) => {
      return new Uint8Array(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }));
    },
    pseudonym: (domain, bytes) => {
      // No name of a domain holds a zero byte, so that no two pairs give the same bytes.
      return pseudonymOf(Buffer.from(`${domain}\0`), bytes);
    },
    seal: (purpose, bytes) => seal(sealKey, purpose, bytes),
    open: (purpose, sealed) => open(sealKey, purpose, sealed),
  };
}

function signingKeyOf(file: string, jwk: Jwk): KeyObject {
  try {
    const key = createPrivateKey({ key: jwk, format: "jwk" });
    if (key.asymmetricKeyDetails?.namedCurve === "prime256v1" && isWhole(key)) return key;
  } catch {
    // Said below in our own words, since the parser's may quote the key.
  }
  throw malformed(file, "a service's key on P-256 as JWK expected");
}

/** Node takes both halves as they stand there, also where one is another key's. */
function isWhole(key: KeyObject): boolean {
  const probe = Buffer.from("liangzheng");
  return verify("sha256", probe, createPublicKey(key), sign("sha256", probe, key));
}

function secretOf(file: string, { secret }: Jwk): Uint8Array {
  const bytes = typeof secret === "string" ? fromBase64Url(secret) : null;
  if (bytes?.length === SECRET_BYTES) return bytes;
  throw malformed(file, "secret: 32 bytes in base64url expected");
}

function formerOf(file: string, { former = [] }: Jwk): ServicePublicKey[] {
  if (!Array.isArray(former)) throw malformed(file, "former: a list of public keys expected");
  return former.map((point: unknown) => {
    const { x, y } = (point ?? {}) as Readonly<Record<string, unknown>>;
    if (isCoordinate(x) && isCoordinate(y)) return { keyId: thumbprint(x, y), x, y };
    throw malformed(file, "former: x and y in base64url expected");
  });
}

function isCoordinate(value: unknown): value is string {
  return typeof value === "string" && fromBase64Url(value)?.length === COORDINATE_BYTES;
}

function derive(secret: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", `liangzheng service ${use} 1`, 32));
}

/** RFC 7638, 3. */
function thumbprint(x: string, y: string): string {
  const members = JSON.stringify({ crv: "P-256", kty: "EC", x, y });
  return createHash("sha256").update(members).digest("base64url");
}

/** IV, encrypted bytes, tag. */
function seal(key: Uint8Array, purpose: string, bytes: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(purpose));
  const parts = [iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(parts));
}

function open(key: Uint8Array, purpose: string, sealed: Uint8Array): Uint8Array | null {
  const end = sealed.length - TAG_BYTES;
  if (end < IV_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(end));
  try {
    const content = decipher.update(sealed.subarray(IV_BYTES, end));
    return new Uint8Array(Buffer.concat([content, decipher.final()]));
  } catch {
    return null;
  }
}
