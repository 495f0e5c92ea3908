/**
 * A key (JWK, RFC 7517) encrypted with a password: JWE in its compact form (RFC 7516), the password stretched
 * by PBES2-HS512+A256KW (RFC 7518, 4.8), the key under A256GCM. Any JOSE tool reads it, given the password.
 */
import {
  createCipheriv,
  createDecipheriv,
  pbkdf2 as pbkdf2WithCallback,
  randomBytes,
} from "node:crypto";
import { promisify } from "node:util";
import { fromBase64Url, toBase64Url } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";

const pbkdf2 = promisify(pbkdf2WithCallback);

export type Jwk = Readonly<Record<string, unknown>>;

const ALGORITHM = "PBES2-HS512+A256KW";
const ENCRYPTION = "A256GCM";
/** As OWASP's Password Storage Cheat Sheet asks for PBKDF2-HMAC-SHA512. */
const ROUNDS = 210_000;
/** More would keep the machine busy for minutes: whoever writes that is no friend. */
const MAX_ROUNDS = 10_000_000;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** RFC 3394, 2.2.3.1. */
const WRAP_IV = Buffer.alloc(8, 0xa6);
const COMPACT = /^eyJ[\w-]*(\.[\w-]+){4}$/;

export function isEncryptedJwk(text: string): boolean {
  return COMPACT.test(text.trim());
}

export async function encryptJwk(jwk: Jwk, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const header = { alg: ALGORITHM, p2s: toBase64Url(salt), p2c: ROUNDS, enc: ENCRYPTION };
  const protectedHeader = base64Url(JSON.stringify({ ...header, cty: "jwk+json" }));
  const [contentKey, iv] = [randomBytes(KEY_BYTES), randomBytes(IV_BYTES)];
  const wrap = createCipheriv("aes256-wrap", await stretch(password, salt, ROUNDS), WRAP_IV);
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  const cipher = createCipheriv("aes-256-gcm", contentKey, iv);
  cipher.setAAD(Buffer.from(protectedHeader));
  const content = Buffer.concat([cipher.update(JSON.stringify(jwk)), cipher.final()]);
  const parts = [wrapped, iv, content, cipher.getAuthTag()].map(toBase64Url);
  return [protectedHeader, ...parts].join(".");
}

/** @throws Problem KEY_MALFORMED, KEY_PASSWORD_WRONG, which never quote the file */
export async function decryptJwk(file: string, text: string, password: string): Promise<Jwk> {
  const jwe = parse(text.trim());
  if (jwe === null)
    throw new Problem("KEY_MALFORMED", `${file}: a JWE of ${ALGORITHM}, ${ENCRYPTION} expected`);
  const wrappingKey = await stretch(password, jwe.salt, jwe.rounds);
  try {
    return JSON.parse(decrypt(jwe, wrappingKey)) as Jwk;
  } catch {
    // A wrong password and a damaged file can't be told apart; the parser's words may quote the key.
    throw new Problem("KEY_PASSWORD_WRONG", file);
  }
}

interface ParsedJwe {
  readonly protectedHeader: string;
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly wrapped: Uint8Array;
  readonly iv: Uint8Array;
  readonly content: Uint8Array;
  readonly tag: Uint8Array;
}

function parse(text: string): ParsedJwe | null {
  const [protectedHeader = "", ...rest] = text.split(".");
  const { alg, enc, p2s, p2c, crit } = headerOf(protectedHeader);
  const salt = typeof p2s === "string" ? fromBase64Url(p2s) : null;
  const isOurs = alg === ALGORITHM && enc === ENCRYPTION && crit === undefined;
  if (!isOurs || salt === null || !isRounds(p2c)) return null;
  const [wrapped, iv, content, tag] = rest.map(fromBase64Url);
  if (iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || !wrapped || !content) return null;
  return { protectedHeader, salt, rounds: p2c, wrapped, iv, content, tag };
}

function headerOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isRounds(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_ROUNDS;
}

function decrypt(jwe: ParsedJwe, wrappingKey: Uint8Array): string {
  const unwrap = createDecipheriv("aes256-wrap", wrappingKey, WRAP_IV);
  const contentKey = Buffer.concat([unwrap.update(jwe.wrapped), unwrap.final()]);
  const decipher = createDecipheriv("aes-256-gcm", contentKey, jwe.iv);
  decipher.setAAD(Buffer.from(jwe.protectedHeader)).setAuthTag(jwe.tag);
  return Buffer.concat([decipher.update(jwe.content), decipher.final()]).toString("utf8");
}

/** RFC 7518, 4.8.1.1: the salt begins with the algorithm's name and a zero byte. */
function stretch(password: string, salt: Uint8Array, rounds: number): Promise<Buffer> {
  const fullSalt = Buffer.concat([Buffer.from(`${ALGORITHM}\0`), salt]);
  return pbkdf2(password, fullSalt, rounds, KEY_BYTES, "sha512");
}

function base64Url(text: string): string {
  return toBase64Url(new TextEncoder().encode(text));
}
