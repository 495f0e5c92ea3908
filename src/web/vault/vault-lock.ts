/**
 * What opens the vault. Its key is random; it is kept sealed under a key made of the PIN, and once more under one
 * of each passkey. A try is counted before it is made, so that closing the page takes none back.
 */
import type { PasskeySecret } from "./passkey.ts";
import { askPasskey, makePasskey } from "./passkey.ts";
import { MAX_WRONG_PINS, checkNewPin, isPin, keyOfPin, newDeviceKey, waitAfter } from "./pin.ts";
import { newKeyBytes, open, randomBytes, seal, sealingKey } from "./sealed.ts";
import type { LockRecord, PasskeyRecord, VaultDatabase } from "./vault-database.ts";
import { DURABLE } from "./vault-database.ts";
import { WalletFault } from "./wallet-fault.ts";

const PLACE = "vault key";
const SALT_BYTES = 16;

export interface NewLock {
  readonly pin: string;
  readonly isWipedAfterTen: boolean;
  readonly iterations: number;
}

/** What a page may tell of the lock while it is closed. */
export interface LockState {
  readonly failures: number;
  /** When the next PIN is heard, in seconds since 1970; 0 where at once. */
  readonly waitUntil: number;
  readonly hasPasskey: boolean;
  readonly isWipedAfterTen: boolean;
}

export async function lockState(database: VaultDatabase, now: number): Promise<LockState | null> {
  const record = await database.get("lock", "lock");
  if (record === undefined) return null;
  const { failures, isWipedAfterTen, passkeys } = record;
  const hasPasskey = passkeys.length > 0;
  return { failures, waitUntil: waitUntil(record, now), hasPasskey, isWipedAfterTen };
}

/** A clock that was put back makes nobody wait for longer than the wait itself. */
function waitUntil({ failures, lastTryAt }: LockRecord, now: number): number {
  const wait = waitAfter(failures);
  return wait === 0 ? 0 : Math.min(lastTryAt, now) + wait;
}

/** @throws WalletFault PIN_MALFORMED, PIN_EASY, VAULT_THERE_ALREADY. @returns the vault's key */
export async function makeLock(database: VaultDatabase, order: NewLock): Promise<CryptoKey> {
  checkNewPin(order.pin);
  const bytes = newKeyBytes();
  const deviceKey = await newDeviceKey();
  const pin = await sealByPin(bytes, order, deviceKey);
  const { isWipedAfterTen } = order;
  const counted = { failures: 0, lastTryAt: 0, isRefused: false, isWipedAfterTen };
  await database.add("lock", { pin, deviceKey, passkeys: [], ...counted }, "lock").catch(taken);
  return keyAndForget(bytes);
}

function taken(cause: unknown): never {
  throw new WalletFault("VAULT_THERE_ALREADY", "", cause);
}

async function sealByPin(
  bytes: Uint8Array<ArrayBuffer>,
  { pin, iterations }: Pick<NewLock, "pin" | "iterations">,
  deviceKey: CryptoKey,
): Promise<LockRecord["pin"]> {
  const salted = { salt: randomBytes(SALT_BYTES), iterations };
  const key = await keyOfPin(pin, salted, deviceKey);
  return { ...salted, sealed: await seal(key, PLACE, bytes) };
}

async function keyAndForget(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const key = await sealingKey(bytes);
  bytes.fill(0);
  return key;
}

/**
 * @param now seconds since 1970
 * @throws WalletFault PIN_MALFORMED, PIN_WAIT with when to try again, PIN_WRONG with how many were wrong,
 * VAULT_WIPED
 */
export async function openByPin(
  database: VaultDatabase,
  pin: string,
  now: number,
): Promise<CryptoKey> {
  return keyAndForget(await bytesByPin(database, pin, now));
}

async function bytesByPin(
  database: VaultDatabase,
  pin: string,
  now: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!isPin(pin)) throw new WalletFault("PIN_MALFORMED");
  const record = await countTry(database, now);
  const key = await keyOfPin(pin, record.pin, record.deviceKey);
  const bytes = await open(key, PLACE, record.pin.sealed);
  if (bytes === null) return wrong(database, record);
  await changeLock(database, () => ({ failures: 0 }));
  return bytes;
}

/** In one transaction: of two tabs, neither gets a try for nothing. */
async function countTry(database: VaultDatabase, now: number): Promise<LockRecord> {
  const count = (before: LockRecord): Partial<LockRecord> => {
    if (isEarly(before, now))
      return { isRefused: true, lastTryAt: Math.min(before.lastTryAt, now) };
    return { isRefused: false, failures: before.failures + 1, lastTryAt: now };
  };
  const record = await changeLock(database, count);
  if (record.isRefused) throw new WalletFault("PIN_WAIT", String(waitUntil(record, now)));
  return record;
}

function isEarly(record: LockRecord, now: number): boolean {
  return now < waitUntil(record, now);
}

async function changeLock(
  database: VaultDatabase,
  change: (record: LockRecord) => Partial<LockRecord>,
): Promise<LockRecord> {
  const transaction = database.transaction("lock", "readwrite", DURABLE);
  const record = await transaction.store.get("lock");
  if (record === undefined) throw new WalletFault("VAULT_LOCKED", "no lock");
  const changed = { ...record, ...change(record) };
  await transaction.store.put(changed, "lock");
  await transaction.done;
  return changed;
}

async function wrong(database: VaultDatabase, record: LockRecord): Promise<never> {
  const { failures, isWipedAfterTen } = record;
  if (isWipedAfterTen && failures >= MAX_WRONG_PINS) {
    await wipe(database);
    throw new WalletFault("VAULT_WIPED");
  }
  throw new WalletFault("PIN_WRONG", String(failures));
}

/** Nothing is left, neither certificates nor keys, nor what anyone's checks here left of single batches. */
export async function wipe(database: VaultDatabase): Promise<void> {
  const stores = ["lock", "keys", "holdings"] as const;
  const transaction = database.transaction(stores, "readwrite", DURABLE);
  await Promise.all(stores.map((name) => transaction.objectStore(name).clear()));
  await transaction.done;
  await forgetBatches().catch(() => undefined);
}

/** Loaded when it is wanted. It throws where the browser keeps no packs: then there is nothing to forget. */
async function forgetBatches(): Promise<void> {
  const judging = await import("../judging/judging-store.ts");
  await judging.forgetBatches();
}

/** @throws WalletFault as openByPin for the PIN of before, and as makeLock for the new one */
export async function changePin(
  database: VaultDatabase,
  pins: { readonly old: string; readonly new: string; readonly iterations: number },
  now: number,
): Promise<void> {
  checkNewPin(pins.new);
  const bytes = await bytesByPin(database, pins.old, now);
  const { deviceKey } = (await database.get("lock", "lock")) as LockRecord;
  const pin = await sealByPin(bytes, { pin: pins.new, iterations: pins.iterations }, deviceKey);
  bytes.fill(0);
  await changeLock(database, () => ({ pin }));
}

/** @param pin proves that whoever adds a passkey may; @throws WalletFault as openByPin, PASSKEY_FAILED */
export async function addPasskey(
  database: VaultDatabase,
  order: { readonly pin: string; readonly name: string },
  now: number,
): Promise<void> {
  const bytes = await bytesByPin(database, order.pin, now);
  const { key, ...id } = await makePasskey(order.name);
  const passkey: PasskeyRecord = { ...id, sealed: await seal(key, PLACE, bytes) };
  bytes.fill(0);
  await changeLock(database, ({ passkeys }) => ({ passkeys: [...passkeys, passkey] }));
}

export async function removePasskeys(database: VaultDatabase): Promise<void> {
  await changeLock(database, () => ({ passkeys: [] }));
}

/** @throws WalletFault PASSKEY_FAILED */
export async function openByPasskey(database: VaultDatabase): Promise<CryptoKey> {
  const record = await database.get("lock", "lock");
  const passkeys = record?.passkeys ?? [];
  const secret = await askPasskey(passkeys);
  const bytes = await open(secret.key, PLACE, sealedFor(passkeys, secret));
  if (bytes === null) throw new WalletFault("PASSKEY_FAILED", "another secret");
  await changeLock(database, () => ({ failures: 0 }));
  return keyAndForget(bytes);
}

function sealedFor(
  passkeys: readonly PasskeyRecord[],
  { salt }: PasskeySecret,
): PasskeyRecord["sealed"] {
  return (passkeys.find((passkey) => passkey.salt === salt) as PasskeyRecord).sealed;
}
