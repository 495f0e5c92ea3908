/** Files that are there whole or not at all, even after a power cut. */
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Only the owner may read what the issuer keeps: it holds personal data and salts. */
export const PRIVATE_MODE = 0o600;

/** Written beside, synchronised, then renamed over the old one. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.new`;
  const handle = await open(beside, "w", PRIVATE_MODE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  await syncFolder(dirname(file));
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
