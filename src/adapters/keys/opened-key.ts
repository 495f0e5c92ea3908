/** The text of a key's file, decrypted where it is encrypted. */
import { readKeyText } from "../store/key-files.ts";
import { decryptJwk, isEncryptedJwk } from "./encrypted-jwk.ts";
import type { Passwords } from "./passwords.ts";

/** @throws Problem KEY_NOT_FOUND, KEY_MALFORMED, KEY_PASSWORD_MISSING, KEY_PASSWORD_WRONG */
export async function readOpenedKey(file: string, passwords: Passwords): Promise<string> {
  const text = readKeyText(file);
  if (!isEncryptedJwk(text)) return text;
  return JSON.stringify(await decryptJwk(file, text, await passwords.current(file)));
}
