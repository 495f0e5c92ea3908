/** Encrypting key files with a password, and changing that. */
import { Problem } from "../../core/problem.ts";
import { accountKeyFrom, readKeyText, replaceKeyFile } from "../store/key-files.ts";
import { decryptJwk, encryptJwk, isEncryptedJwk } from "./encrypted-jwk.ts";
import type { Jwk } from "./encrypted-jwk.ts";
import { encryptStoreKey, isStoreKeyText } from "./file-wrapping.ts";
import { jsonObject, malformed } from "./key-description.ts";
import { decryptAccountKey, encryptAccountKey, isKeystore } from "./keystore.ts";
import type { Passwords } from "./passwords.ts";

/** @returns the key encrypted, in the form for its kind: a keystore for an account's, JWE for any other */
export function encryptedKey(file: string, text: string, password: string): Promise<string> {
  if (isStoreKeyText(text)) return encryptStoreKey(text, password);
  const members = jsonObject(text);
  if (members === null) return encryptAccountKey(accountKeyFrom(file, text), password);
  if (typeof members["d"] === "string") return encryptJwk(members, password);
  throw malformed(file, "a key that is not encrypted expected");
}

/** In place. @throws Problem KEY_…, DISK_FAILED */
export async function encryptKeyFile(file: string, passwords: Passwords): Promise<void> {
  const text = readKeyText(file);
  const members = jsonObject(text);
  if (isEncryptedJwk(text) || (members !== null && isKeystore(members)))
    throw new Problem(
      "KEY_MALFORMED",
      `${file}: it is encrypted already; see lz key change-password`,
    );
  const kind = members?.["kind"];
  if (typeof kind === "string")
    throw new Problem("KEY_MALFORMED", `${file}: the key is not in this file`);
  await replace(file, (password) => encryptedKey(file, text, password), passwords);
}

/** In place. @throws Problem KEY_…, DISK_FAILED */
export async function changeKeyPassword(file: string, passwords: Passwords): Promise<void> {
  const text = readKeyText(file);
  const encryptAgain = await opened(file, text, passwords);
  await replace(file, encryptAgain, passwords);
}

type Encrypt = (password: string) => Promise<string>;

async function opened(file: string, text: string, passwords: Passwords): Promise<Encrypt> {
  const members = jsonObject(text);
  if (members !== null && isKeystore(members)) {
    const key = await decryptAccountKey(file, members, await passwords.current(file));
    return (password) => encryptAccountKey(key, password);
  }
  if (!isEncryptedJwk(text)) throw malformed(file, "an encrypted key expected; see lz key encrypt");
  const jwk: Jwk = await decryptJwk(file, text, await passwords.current(file));
  return (password) => encryptJwk(jwk, password);
}

/** The new text is opened once before the old one goes: a key must not be lost by a fault in here. */
async function replace(file: string, encrypt: Encrypt, passwords: Passwords): Promise<void> {
  const password = await passwords.fresh(file);
  const text = await encrypt(password);
  await opened(file, text, { ...passwords, current: () => Promise.resolve(password) });
  await replaceKeyFile(file, text);
}
