/** The key that an agency's store is encrypted with: a file of our own, or one in a key service. */
import { join } from "node:path";
import { Problem } from "../../core/problem.ts";
import type { KeyWrapping } from "../../ports/keys.ts";
import { exists, readKeyText, writeKeyFile } from "../store/key-files.ts";
import { encryptStoreKey, newStoreKeyText, readStoreKey } from "./file-wrapping.ts";
import { jsonObject, textOf, transitKey } from "./key-description.ts";
import type { Passwords } from "./passwords.ts";
import { transitWrapping } from "./transit-wrapping.ts";

/** What says which key it is, and what can be asked of whoever runs the command. */
export interface StoreKeyOrder {
  /** The folder of keys. */
  readonly folder: string;
  /** A file, or the address of a key in a key service; null is the usual file. */
  readonly where: string | null;
  /** Whether the store is there already, which a new key could never open. */
  readonly hasStore: boolean;
  readonly isNewEncrypted: boolean;
  readonly passwords: Passwords;
}

/** @throws Problem KEY_…, DISK_FAILED */
export async function storeKeyWrapping(order: StoreKeyOrder): Promise<KeyWrapping> {
  const { folder, where, passwords } = order;
  if (where !== null && /^https?:\/\//.test(where)) return wrappingAt(folder, where);
  const file = where === null || where === "file" ? join(folder, "store.key") : where;
  if (!exists(file)) await makeKey(file, order);
  const description = jsonObject(readKeyText(file));
  if (description === null) return readStoreKey(file, passwords);
  if (textOf(file, description, "kind") === "transit")
    return transitWrapping(transitKey(file, description));
  throw new Problem("KEY_MALFORMED", `${file}: kind: "transit" expected for a store's key`);
}

/** An address alone leaves no room for a token, which is looked for beside the other keys. */
function wrappingAt(folder: string, url: string): KeyWrapping {
  const tokenFile = join(folder, "store-key.token");
  return transitWrapping(transitKey("LZ_STORE_KEY", { url, tokenFile }));
}

async function makeKey(file: string, order: StoreKeyOrder): Promise<void> {
  const { hasStore, isNewEncrypted, passwords } = order;
  if (hasStore) throw new Problem("KEY_NOT_FOUND", `${file}: the store was encrypted with it`);
  const plain = newStoreKeyText();
  const text = isNewEncrypted ? await encryptStoreKey(plain, await passwords.fresh(file)) : plain;
  await writeKeyFile(file, text).catch((error: unknown) => {
    // Another process that begins the store at the same moment has made it: that one counts.
    if (!(error instanceof Problem) || error.code !== "FILE_EXISTS") throw error;
  });
}
