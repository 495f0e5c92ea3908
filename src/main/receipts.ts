/** Receipts in files: read with the service's public keys, and judged again. */
import { existsSync, readFileSync } from "node:fs";
import { jsonObject } from "../adapters/keys/key-description.ts";
import { readReceipt } from "../app/uses/receipt.ts";
import type { Receipt } from "../app/uses/receipt.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { ServicePublicKey } from "../ports/service-keys.ts";
import { ServiceKeyRing, serviceKeyFile } from "./service/service-keys.ts";
import { primitives } from "./system.ts";

const MAX_RECEIPT_BYTES = 65_536;

/**
 * @param keysFile what /v1/keys answered; without it the service's own key in LZ_HOME is asked
 * @throws Problem FILE_NOT_FOUND, RECEIPT_MALFORMED, RECEIPT_SIGNATURE_INVALID, KEY_…
 */
export async function readReceiptFile(
  settings: Settings,
  file: string,
  keysFile?: string,
): Promise<Receipt> {
  const text = jwsIn(readText(file));
  const keys = keysFile === undefined ? await ownKeys(settings) : keysIn(keysFile);
  return readReceipt(primitives, text, keys);
}

function readText(file: string): string {
  if (!existsSync(file)) throw new Problem("FILE_NOT_FOUND", file);
  const text = readFileSync(file, "utf8");
  if (text.length <= MAX_RECEIPT_BYTES) return text;
  throw new Problem("RECEIPT_MALFORMED", `${file}: too large`);
}

/** The JWS itself, or what holds it: the answer of /v1/receipts, or that of a verification. */
function jwsIn(text: string): string {
  const { receipt } = jsonObject(text) ?? {};
  const jws = isObject(receipt) ? receipt["receipt"] : receipt;
  return typeof jws === "string" ? jws : text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Of a verifier on this machine. */
async function ownKeys(settings: Settings): Promise<readonly ServicePublicKey[]> {
  const file = serviceKeyFile(settings);
  if (!existsSync(file)) throw new Problem("KEY_NOT_FOUND", `${file}; or give --keys`);
  const { keyId, publicKey, formerKeys } = await ServiceKeyRing.open(settings, file);
  return [{ keyId, ...publicKey }, ...formerKeys];
}

/** A JWK set (RFC 7517, 5). */
function keysIn(file: string): readonly ServicePublicKey[] {
  const { keys } = jsonObject(readText(file)) ?? {};
  if (!Array.isArray(keys)) throw new Problem("KEY_MALFORMED", `${file}: a JWK set expected`);
  return keys.map((key: unknown) => {
    const { kid, x, y } = (key ?? {}) as Readonly<Record<string, unknown>>;
    const isKey = typeof kid === "string" && typeof x === "string" && typeof y === "string";
    if (isKey) return { keyId: kid, x, y };
    throw new Problem("KEY_MALFORMED", `${file}: kid, x and y expected`);
  });
}
