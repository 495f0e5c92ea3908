/**
 * The wallet's vault: certificates sealed under a key that a PIN or a passkey opens, and for each a P-256 key that
 * signs and can't be carried off. One key for each certificate: two that are shown do not tell that they belong
 * to one person.
 */
import { reactive } from "vue";
import { equalBytes, toHex } from "../../core/encoding/bytes.ts";
import type { Held, HeldChange, HeldContent, KnownStatus, NewHolding } from "./held.ts";
import type { AwaitedKey } from "./holder-keys.ts";
import { HolderKeys } from "./holder-keys.ts";
import { certificateRefOf } from "./holding.ts";
import type { IdleLimits } from "./idle-clock.ts";
import { IDLE_LIMITS, IdleClock, watchDocument } from "./idle-clock.ts";
import { PIN_ITERATIONS } from "./pin.ts";
import { openJson, randomBytes, sealJson } from "./sealed.ts";
import type { HoldingRecord, VaultDatabase } from "./vault-database.ts";
import { openVaultDatabase } from "./vault-database.ts";
import type { LockState } from "./vault-lock.ts";
import * as lock from "./vault-lock.ts";
import { WalletFault } from "./wallet-fault.ts";

export interface VaultOptions {
  /** Of the IndexedDB database. */
  readonly name: string;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Of PBKDF2, for a PIN that is set. */
  readonly iterations: number;
  readonly limits: IdleLimits;
}

export interface VaultState {
  /** `none`: no PIN was ever chosen, and nothing is kept. */
  phase: "unknown" | "none" | "locked" | "open";
  lock: LockState | null;
  /** Rises with every change of what is held. */
  changes: number;
  /** How many of what is held could not be read. */
  damaged: number;
}

const USUAL: VaultOptions = {
  name: "liangzheng-vault",
  now: () => Math.floor(Date.now() / 1000),
  iterations: PIN_ITERATIONS,
  limits: IDLE_LIMITS,
};
const ID_BYTES = 12;

export class Vault {
  /** Reactive. */
  readonly state: VaultState = reactive({ phase: "unknown", lock: null, changes: 0, damaged: 0 });
  readonly idle: IdleClock;
  readonly #options: VaultOptions;
  #opening: Promise<VaultDatabase> | null = null;
  #key: CryptoKey | null = null;

  constructor(options: Partial<VaultOptions> = {}) {
    this.#options = { ...USUAL, ...options };
    this.idle = new IdleClock(
      this.#options.limits,
      () => Date.now(),
      () => {
        this.lock();
      },
    );
  }

  /** Looks whether there is a vault. @throws WalletFault STORAGE_FAILED */
  async look(): Promise<VaultState> {
    this.state.lock = await lock.lockState(await this.#database(), this.#options.now());
    if (this.#key === null) this.state.phase = this.state.lock === null ? "none" : "locked";
    return this.state;
  }

  /** @throws WalletFault PIN_MALFORMED, PIN_EASY, VAULT_THERE_ALREADY */
  async make(
    pin: string,
    { isWipedAfterTen }: { readonly isWipedAfterTen: boolean },
  ): Promise<void> {
    const { iterations } = this.#options;
    const order = { pin, isWipedAfterTen, iterations };
    await this.#opened(lock.makeLock(await this.#database(), order));
  }

  /** @throws WalletFault PIN_MALFORMED, PIN_WAIT, PIN_WRONG, VAULT_WIPED */
  async openByPin(pin: string): Promise<void> {
    await this.#opened(lock.openByPin(await this.#database(), pin, this.#options.now()));
  }

  /** @throws WalletFault PASSKEY_FAILED */
  async openByPasskey(): Promise<void> {
    await this.#opened(lock.openByPasskey(await this.#database()));
  }

  /** @throws WalletFault as openByPin, and PASSKEY_FAILED */
  async addPasskey(pin: string, name: string): Promise<void> {
    const order = { pin, name };
    await this.#tried(lock.addPasskey(await this.#database(), order, this.#options.now()));
  }

  async removePasskeys(): Promise<void> {
    this.#open();
    await this.#tried(lock.removePasskeys(await this.#database()));
  }

  /** @throws WalletFault as openByPin for the old PIN, as make for the new one */
  async changePin(old: string, next: string): Promise<void> {
    const { iterations, now } = this.#options;
    const pins = { old, new: next, iterations };
    await this.#tried(lock.changePin(await this.#database(), pins, now()));
  }

  lock(): void {
    this.#key = null;
    this.idle.stop();
    if (this.state.phase === "open") this.state.phase = "locked";
  }

  /** Everything is gone, keys and certificates. Needs no PIN: whoever forgot it has to begin anew. */
  async wipe(): Promise<void> {
    await lock.wipe(await this.#database());
    this.lock();
    this.state.changes++;
    await this.look();
  }

  /** The person did something. */
  touch(): void {
    this.idle.touch();
  }

  /** While a code is shown. @returns ends it */
  stayOpen(): () => void {
    return this.idle.stayOpen();
  }

  /**
   * In the order of use: what was used last at first. What can't be read is left out and counted in the state.
   * @throws WalletFault VAULT_LOCKED
   */
  async list(): Promise<readonly Held[]> {
    this.#open();
    const records = await (await this.#database()).getAll("holdings");
    const all = await Promise.all(records.map((record) => this.#read(record).catch(damaged)));
    const readable = all.filter((held) => held !== null);
    this.state.damaged = all.length - readable.length;
    return readable.sort((a, b) => (b.usedAt ?? b.addedAt) - (a.usedAt ?? a.addedAt));
  }

  /** @throws WalletFault VAULT_LOCKED, HOLDING_DAMAGED */
  async held(id: string): Promise<Held | null> {
    this.#open();
    const record = await (await this.#database()).get("holdings", id);
    return record === undefined ? null : this.#read(record);
  }

  /** ES256 by the certificate's own key: r ‖ s, 64 bytes. @throws WalletFault VAULT_LOCKED, NO_HOLDER_KEY */
  async sign(id: string, message: Uint8Array): Promise<Uint8Array> {
    this.#open();
    return (await this.#keys()).sign(id, message);
  }

  /** A key for what is about to be claimed; the same one again for the same claim, as long as it is awaited. */
  async awaitedKey(claim: string): Promise<AwaitedKey> {
    this.#open();
    return (await this.#keys()).awaited(claim, newId);
  }

  /**
   * What was claimed takes the place of the same certificate with another key, which the agency no longer binds.
   * @param keyId of the awaited key that it is bound to; null for what was imported
   * @returns its id. @throws WalletFault VAULT_LOCKED, HOLDING_THERE_ALREADY with its id
   */
  async add(holding: NewHolding, keyId: string | null): Promise<string> {
    const same = (await this.list()).filter((held) => isSame(held, holding));
    const [known] = same;
    if (keyId === null && known !== undefined) {
      throw new WalletFault("HOLDING_THERE_ALREADY", known.id);
    }
    const id = keyId ?? newId();
    const fresh = { addedAt: this.#options.now(), usedAt: null, useCount: 0, status: null };
    await this.#write(id, { ...holding, ...fresh });
    if (keyId !== null) await (await this.#keys()).arrived(keyId);
    for (const old of same) if (old.id !== id) await this.remove(old.id);
    return id;
  }

  /** It was shown. */
  async noteUse(id: string): Promise<void> {
    const now = this.#options.now();
    await this.#change(id, ({ useCount }) => ({ usedAt: now, useCount: useCount + 1 }));
  }

  async keepBinding(id: string, binding: Uint8Array): Promise<void> {
    await this.#change(id, () => ({ binding }));
  }

  async keepStatus(id: string, status: KnownStatus): Promise<void> {
    await this.#change(id, () => ({ status }));
  }

  /** With its key. */
  async remove(id: string): Promise<void> {
    this.#open();
    const transaction = (await this.#database()).transaction(["holdings", "keys"], "readwrite");
    await transaction.objectStore("holdings").delete(id);
    await transaction.objectStore("keys").delete(id);
    await transaction.done;
    this.state.changes++;
  }

  /** For tests: nothing waits for this connection any more. */
  async close(): Promise<void> {
    this.lock();
    (await this.#database()).close();
    this.#opening = null;
  }

  #database(): Promise<VaultDatabase> {
    return (this.#opening ??= openVaultDatabase(this.#options.name));
  }

  async #keys(): Promise<HolderKeys> {
    return new HolderKeys(await this.#database());
  }

  #open(): CryptoKey {
    if (this.#key === null) throw new WalletFault("VAULT_LOCKED");
    return this.#key;
  }

  async #opened(opening: Promise<CryptoKey>): Promise<void> {
    this.#key = await this.#tried(opening);
    this.state.phase = "open";
    this.idle.start();
    await this.#tried(Promise.resolve());
  }

  /** Whatever came of it, what is told of the lock is of now. */
  async #tried<T>(trying: Promise<T>): Promise<T> {
    try {
      return await trying;
    } finally {
      await this.look();
    }
  }

  /** What decodes certificates is loaded when there is one to decode: a wallet that is locked needs none of it. */
  async #read({ id, sealed }: HoldingRecord): Promise<Held> {
    const json = await openJson(this.#open(), id, sealed);
    const holderKey = await (await this.#keys()).publicKey(id);
    const [{ heldFromJson }, { loadHashes }] = await Promise.all([
      import("./held.ts"),
      import("../judging/page-primitives.ts"),
    ]);
    return heldFromJson(await loadHashes(), json, { id, holderKey });
  }

  async #write(id: string, held: HeldContent): Promise<void> {
    const { heldToJson } = await import("./held.ts");
    const sealed = await sealJson(this.#open(), id, heldToJson(held));
    await (await this.#database()).put("holdings", { id, sealed });
    this.state.changes++;
  }

  async #change(id: string, change: (held: Held) => HeldChange): Promise<void> {
    const held = await this.held(id);
    if (held === null) throw new WalletFault("HOLDING_UNKNOWN", id);
    await this.#write(id, { ...held, ...change(held) });
  }
}

function isSame(held: Held, { holding }: NewHolding): boolean {
  if (held.holding.kind === "delegated") {
    return holding.kind === "delegated" && holding.delegated.id === held.holding.delegated.id;
  }
  const [mine, other] = [certificateRefOf(held), certificateRefOf({ holding })];
  return holding.kind === "own" && equalBytes(mine.root, other.root) && mine.index === other.index;
}

function damaged(error: unknown): null {
  if (error instanceof WalletFault && error.code === "HOLDING_DAMAGED") return null;
  throw error;
}

function newId(): string {
  return toHex(randomBytes(ID_BYTES));
}

/** The page's only one. */
export const vault = new Vault();

/** To the other tabs of this wallet. */
let others: BroadcastChannel | null = null;

/** Whatever the person does in the page keeps the vault open; what locks another tab locks this one. */
export function watchVault(): void {
  if (others !== null) return;
  others = new BroadcastChannel("liangzheng-vault");
  others.addEventListener("message", () => {
    vault.lock();
  });
  watchDocument(vault.idle, document);
}

/** In every tab. */
export function lockEverywhere(): void {
  vault.lock();
  others?.postMessage("lock");
}

/**
 * Asks the browser not to clear what is kept when it is short of space.
 * @returns whether it promises that
 */
export async function keepStorage(): Promise<boolean> {
  return navigator.storage.persist().catch(() => false);
}
