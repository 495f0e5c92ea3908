/** What a key's file holds, whichever of the kinds it is. */
import { createPublicKey } from "node:crypto";
import { computeAddress } from "ethers";
import { toHex, fromBase64Url } from "../../core/encoding/bytes.ts";
import { readKeyText } from "../store/key-files.ts";
import { accountKey } from "./account-key.ts";
import type { AccountKeyKind } from "./account-key.ts";
import { decryptJwk, isEncryptedJwk } from "./encrypted-jwk.ts";
import { isStoreKeyText, readStoreKey } from "./file-wrapping.ts";
import { jsonObject, transitKey } from "./key-description.ts";
import { isKeystore } from "./keystore.ts";
import type { Passwords } from "./passwords.ts";
import { transitWrapping } from "./transit-wrapping.ts";

/** How the key is kept: as it is, encrypted with a password, or where it never leaves. */
export type Protection = "plain" | "password" | "elsewhere" | "public";

export type KeyContents =
  | { readonly of: "account"; readonly protection: Protection; readonly address: string }
  | { readonly of: "store"; readonly protection: Protection; readonly id: string }
  /** The text of a JWK or PEM, for whoever reads those. */
  | { readonly of: "signing"; readonly protection: Protection; readonly text: string };

const ACCOUNT_PROTECTION: Readonly<Record<AccountKeyKind, Protection>> = {
  plain: "plain",
  keystore: "password",
  remote: "elsewhere",
  command: "elsewhere",
};
const PLAIN_ACCOUNT = /^0x[0-9a-f]{64}\s*$/;

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED, KEY_PASSWORD_MISSING, KEY_PASSWORD_WRONG */
export async function keyContents(file: string, passwords: Passwords): Promise<KeyContents> {
  const text = readKeyText(file);
  if (isEncryptedJwk(text)) return encryptedContents(file, text, passwords);
  if (isStoreKeyText(text)) return storeContents(file, "plain", passwords);
  const members = jsonObject(text);
  if (members?.["kind"] === "transit") {
    const { id } = transitWrapping(transitKey(file, members));
    return { of: "store", protection: "elsewhere", id };
  }
  if (isAccount(text, members)) {
    const { kind, address } = accountKey(file, passwords);
    return { of: "account", protection: ACCOUNT_PROTECTION[kind], address };
  }
  return publicAccount(text) ?? { of: "signing", protection: protectionOf(text, members), text };
}

type Members = Readonly<Record<string, unknown>> | null;

function isAccount(text: string, members: Members): boolean {
  return PLAIN_ACCOUNT.test(text) || (members !== null && isAccountJson(members));
}

function isAccountJson(members: Readonly<Record<string, unknown>>): boolean {
  return isKeystore(members) || members["kind"] !== undefined;
}

function protectionOf(text: string, members: Members): Protection {
  const isSecret = members === null ? text.includes("PRIVATE KEY") : members["d"] !== undefined;
  return isSecret ? "plain" : "public";
}

async function encryptedContents(
  file: string,
  text: string,
  passwords: Passwords,
): Promise<KeyContents> {
  const password = await passwords.current(file);
  const jwk = await decryptJwk(file, text, password);
  const known = { ...passwords, current: () => Promise.resolve(password) };
  if (jwk["kty"] === "oct") return storeContents(file, "password", known);
  return { of: "signing", protection: "password", text: JSON.stringify(jwk) };
}

async function storeContents(
  file: string,
  protection: Protection,
  passwords: Passwords,
): Promise<KeyContents> {
  const { id } = await readStoreKey(file, passwords);
  return { of: "store", protection, id };
}

/** The public key of a token's account, in PEM, tells the address that a description has to name. */
function publicAccount(text: string): KeyContents | null {
  try {
    const { crv, x, y } = createPublicKey(text).export({ format: "jwk" });
    if (crv !== "secp256k1") return null;
    const point = [x, y].map((part) => toHex(fromBase64Url(String(part)) as Uint8Array)).join("");
    const address = computeAddress(`0x04${point}`).toLowerCase();
    return { of: "account", protection: "public", address };
  } catch {
    return null;
  }
}
