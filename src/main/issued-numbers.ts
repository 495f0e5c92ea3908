/** What an agency has issued so far, by number: kept in the home folder, its key beside the other keys. */
import { existsSync, readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { makeFolder } from "../adapters/store/durable-file.ts";
import { openNumberIndex } from "../adapters/store/issued-numbers.ts";
import { writeKeyFile } from "../adapters/store/key-files.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { ChainReader, IssuedNumbers } from "../ports.ts";

export interface NumberStore {
  readonly numbers: IssuedNumbers;
  close(): Promise<void>;
}

const KEY = /^[0-9a-f]{64}$/;

/** @throws Problem DISK_FAILED, KEY_NOT_FOUND, KEY_MALFORMED, RPC_…. Close it when done. */
export async function openIssuedNumbers(
  { home }: Settings,
  reader: ChainReader,
  agency: string,
  type: string,
): Promise<NumberStore> {
  const file = join(home, "issued-numbers.sqlite");
  const key = await numberKey(join(home, "keys", "issued-numbers.key"), existsSync(file));
  const ledger = await ledgerOf(reader);
  await makeFolder(dirname(file));
  const index = await openNumberIndex(file, key);
  const numbers = index.numbersOf({ ledger, agency, type });
  return { numbers, close: () => index.close() };
}

/** The same for a ledger and all that succeed it; another for a local chain that was started anew. */
async function ledgerOf(reader: ChainReader): Promise<string> {
  const first = await reader.block(reader.firstBlock);
  return `${String(reader.identity.chainId)}/${String(first?.hash)}`;
}

/** Made once. An index without its key would say of every number that it was never issued. */
async function numberKey(file: string, hasIndex: boolean): Promise<Uint8Array> {
  if (!existsSync(file)) {
    if (hasIndex) throw new Problem("KEY_NOT_FOUND", file);
    await writeKeyFile(file, randomBytes(32).toString("hex"));
  }
  const text = readFileSync(file, "utf8").trim();
  if (!KEY.test(text)) throw new Problem("KEY_MALFORMED", `${file}: 64 hex digits expected`);
  return Buffer.from(text, "hex");
}
