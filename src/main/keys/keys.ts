/** The keys that the home folder keeps. What the accounts behind them do on the chain: accounts.ts. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readOpenedKey } from "../../adapters/keys/opened-key.ts";
import { passwordsFrom } from "../../adapters/keys/passwords.ts";
import type { Passwords } from "../../adapters/keys/passwords.ts";
import { storeKeyWrapping } from "../../adapters/keys/store-key.ts";
import { documentKeyFrom } from "../../adapters/store/document-key-file.ts";
import type { DocumentPublicKey } from "../../adapters/store/document-key-file.ts";
import { signingKeyFrom, writeKeyFile } from "../../adapters/store/key-files.ts";
import type { SigningKey } from "../../adapters/store/key-files.ts";
import type { Settings } from "../../config.ts";
import { Problem } from "../../core/problem.ts";
import type { KeyWrapping } from "../../ports/keys.ts";

export type { DocumentPublicKey, SigningKey };

export function authorityKeyFile(settings: Settings): string {
  return join(settings.home, "keys", "authority.key");
}

export function operatorKeyFile(settings: Settings, agency: string): string {
  return join(settings.home, "keys", `operator-${agency}.key`);
}

/** From the terminal, unless LZ_KEY_PASSWORD_FILE names a file. */
export function passwordsOf({ keyPasswordFile }: Settings): Passwords {
  return passwordsFrom({ current: keyPasswordFile, fresh: keyPasswordFile });
}

/**
 * Writes a new key, encrypted where that is asked for or LZ_KEY_PASSWORD_FILE is set.
 * @throws Problem FILE_EXISTS, DISK_FAILED, KEY_PASSWORD_…
 */
export async function createKey(
  settings: Settings,
  file: string,
  key: string,
  isEncrypted = false,
): Promise<void> {
  if (existsSync(file)) throw new Problem("FILE_EXISTS", file);
  const isPlain = !isEncrypted && settings.keyPasswordFile === null;
  if (isPlain) return writeKeyFile(file, key);
  const password = await passwordsOf(settings).fresh(file);
  const { encryptedKey } = await import("../../adapters/keys/protect-key.ts");
  return writeKeyFile(file, await encryptedKey(file, key, password));
}

/** A P-256 key: of a holder, or of an agency's documents. @throws Problem KEY_…, KEY_PASSWORD_… */
export async function readSigningKey(settings: Settings, file: string): Promise<SigningKey> {
  return signingKeyFrom(file, await readOpenedKey(file, passwordsOf(settings)));
}

/** The public half of a document key, or of a file with that alone. @throws Problem KEY_…, KEY_PASSWORD_… */
export async function readDocumentKey(
  settings: Settings,
  file: string,
): Promise<DocumentPublicKey> {
  return documentKeyFrom(file, await readOpenedKey(file, passwordsOf(settings)));
}

/**
 * What the agency's store is encrypted with (LZ_STORE_KEY); the usual file is made once, before the store.
 * @param hasStore whether the store is there already, which a new key could never open
 * @throws Problem KEY_…, DISK_FAILED
 */
export function storeKey(settings: Settings, hasStore: boolean): Promise<KeyWrapping> {
  const { home, storeKey: where, keyPasswordFile } = settings;
  return storeKeyWrapping({
    ...{ folder: join(home, "keys"), where, hasStore },
    isNewEncrypted: keyPasswordFile !== null,
    passwords: passwordsOf(settings),
  });
}
