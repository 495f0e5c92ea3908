/** Holders' keys: P-256, made in this browser, used here and never read out of it. */
import type { P256PublicKey } from "../../core/hashing.ts";
import { ownBytes } from "./text-bytes.ts";
import type { KeyRecord, VaultDatabase } from "./vault-database.ts";
import { WalletFault } from "./wallet-fault.ts";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ES256 = { name: "ECDSA", hash: "SHA-256" };
const COORDINATE_BYTES = 32;

export interface AwaitedKey {
  readonly id: string;
  readonly publicKey: P256PublicKey;
}

export class HolderKeys {
  readonly #database: VaultDatabase;

  constructor(database: VaultDatabase) {
    this.#database = database;
  }

  /** @param claim what is asked for; where an answer was lost, the same key asks for it again */
  async awaited(claim: string, newId: () => string): Promise<AwaitedKey> {
    const kept = (await this.#database.getAll("keys")).find(({ awaited }) => awaited === claim);
    const record = kept ?? (await newKey(newId(), claim));
    if (kept === undefined) await this.#database.add("keys", record);
    return { id: record.id, publicKey: publicKeyOf(record) };
  }

  async arrived(id: string): Promise<void> {
    const { awaited: _, ...record } = await this.#get(id);
    await this.#database.put("keys", record);
  }

  async publicKey(id: string): Promise<P256PublicKey | null> {
    const record = await this.#database.get("keys", id);
    return record === undefined ? null : publicKeyOf(record);
  }

  /** @throws WalletFault NO_HOLDER_KEY */
  async sign(id: string, message: Uint8Array): Promise<Uint8Array> {
    const { privateKey } = await this.#get(id);
    return new Uint8Array(await crypto.subtle.sign(ES256, privateKey, ownBytes(message)));
  }

  async #get(id: string): Promise<KeyRecord> {
    const record = await this.#database.get("keys", id);
    if (record === undefined) throw new WalletFault("NO_HOLDER_KEY", id);
    return record;
  }
}

async function newKey(id: string, awaited: string): Promise<KeyRecord> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, false, ["sign"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return { id, privateKey, point, awaited };
}

function publicKeyOf({ point }: KeyRecord): P256PublicKey {
  const end = 1 + COORDINATE_BYTES;
  return { x: point.slice(1, end), y: point.slice(end) };
}
