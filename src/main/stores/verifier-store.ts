/** Where a verifier keeps what it has read of one deployment. */
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../../adapters/store/durable-file.ts";
import { openLedgerStore } from "../../adapters/store/ledger-store.ts";
import type { LedgerFile } from "../../adapters/store/ledger-store.ts";
import type { Settings } from "../../config.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";

export function verifierStoreFile(
  { home }: Settings,
  { chainId, directory }: Pick<LedgerIdentity, "chainId" | "directory">,
): string {
  return join(home, `verifier-${String(chainId)}-${directory}.sqlite`);
}

/** @throws Problem DISK_FAILED */
export async function openStore(file: string): Promise<LedgerFile> {
  if (file !== ":memory:") await makeFolder(dirname(file));
  return openLedgerStore(file);
}

/**
 * Of a deployment made this moment nobody can have read anything. A local chain that was started anew
 * gives the same addresses again, and what was read of the former one would contradict it for ever.
 */
export async function forgetStore(file: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${file}${suffix}`, { force: true });
}
