/** Clients of a service, as an administrator's command works on them: on the service's store itself. */
import { X509Certificate } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { createDurably, makeFolder } from "../adapters/store/durable-file.ts";
import { parseApiKey } from "../app/access/api-key.ts";
import type { ManagingTools, OtherProof } from "../app/access/manage-clients.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import { openServiceStore, serviceStorePlace } from "./stores/stores.ts";
import { primitives, systemClock, systemRandomness } from "./system.ts";

/** Where `lz verify` looks for a key. */
export function clientKeyFile({ home }: Pick<Settings, "home">): string {
  return join(home, "keys", "client.key");
}

/** @param place null: LZ_SERVICE_STORE, or the usual file. @throws Problem of the store */
export async function withClients<T>(
  settings: Settings,
  place: string | null,
  work: (tools: ManagingTools) => Promise<T>,
): Promise<T> {
  const where = place ?? serviceStorePlace(settings);
  const store = await openServiceStore({ place: where, clock: systemClock });
  const tools = { clock: systemClock, random: systemRandomness, primitives };
  try {
    return await work({ ...tools, clients: store.clients, by: userInfo().username });
  } finally {
    await store.close();
  }
}

/**
 * Keeps a key in a file of its own, for its owner alone; where what follows fails, the file goes again.
 * @param work is handed what keeps the key
 * @throws Problem FILE_EXISTS, DISK_FAILED
 */
export async function withKeyFile<T>(
  file: string,
  work: (keep: (key: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const kept: string[] = [];
  const keep = async (key: string): Promise<void> => {
    await makeFolder(dirname(file));
    await createDurably(file, `${key}\n`);
    kept.push(file);
  };
  try {
    return await work(keep);
  } catch (error) {
    for (const each of kept) await rm(each, { force: true });
    throw error;
  }
}

/** What the service will know a TLS client by. @throws Problem FILE_NOT_FOUND, KEY_MALFORMED */
export async function proofOfCertificate(file: string): Promise<OtherProof> {
  const pem = await readFile(file).catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  try {
    const { fingerprint256, validTo } = new X509Certificate(pem);
    const id = fingerprint256.replaceAll(":", "").toLowerCase();
    return { kind: "certificate", id, until: Math.floor(Date.parse(validTo) / 1000) };
  } catch (error) {
    throw new Problem("KEY_MALFORMED", `${file}: a certificate (PEM) expected`, error);
  }
}

/** An access token in a file will do as well; nothing else is ever sent to a server. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * What a client sends to prove who it is; null where no file is named and the usual one is not there.
 * @throws Problem KEY_NOT_FOUND, KEY_MALFORMED
 */
export async function readClientKey(
  settings: Settings,
  file: string | undefined,
): Promise<string | null> {
  const path = file ?? clientKeyFile(settings);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (file === undefined) return null;
    throw new Problem("KEY_NOT_FOUND", file, error);
  });
  const key = text?.trim() ?? null;
  if (key === null || parseApiKey(key) !== null || TOKEN.test(key)) return key;
  throw new Problem("KEY_MALFORMED", `${path}: an API key (lzk_…) expected`);
}
