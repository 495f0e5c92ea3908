/** The wallet's records in IndexedDB. What is in `holdings` is sealed; keys can be used, but not read. */
import type { DBSchema, IDBPDatabase } from "idb";
import { openDB } from "idb";
import type { PasskeyId } from "./passkey.ts";
import type { PinSalt } from "./pin.ts";
import type { Sealed } from "./sealed.ts";
import { WalletFault } from "./wallet-fault.ts";

export interface PasskeyRecord extends PasskeyId {
  readonly sealed: Sealed;
}

/** What opens the vault, and what was tried in vain. */
export interface LockRecord {
  readonly pin: PinSalt & { readonly sealed: Sealed };
  readonly deviceKey: CryptoKey;
  readonly passkeys: readonly PasskeyRecord[];
  readonly failures: number;
  /** Seconds since 1970. */
  readonly lastTryAt: number;
  /** Whether the last try came too early to be one. */
  readonly isRefused: boolean;
  readonly isWipedAfterTen: boolean;
}

export interface KeyRecord {
  readonly id: string;
  readonly privateKey: CryptoKey;
  /** SEC 1, 2.3.3: 0x04, x, y. */
  readonly point: Uint8Array<ArrayBuffer>;
  /** For a certificate that was asked for and has not come yet: what was asked, so that it can be asked again. */
  readonly awaited?: string;
}

export interface HoldingRecord {
  readonly id: string;
  readonly sealed: Sealed;
}

export interface VaultSchema extends DBSchema {
  lock: { key: "lock"; value: LockRecord };
  keys: { key: string; value: KeyRecord };
  holdings: { key: string; value: HoldingRecord };
}

export type VaultDatabase = IDBPDatabase<VaultSchema>;

const VERSION = 1;
/** Written to the disk before it counts as written: a try must not be forgotten when the page is closed. */
export const DURABLE = { durability: "strict" } as const;

/** @throws WalletFault STORAGE_FAILED, as in a private window of some browsers */
export function openVaultDatabase(name: string): Promise<VaultDatabase> {
  return openDB<VaultSchema>(name, VERSION, {
    upgrade: (database) => {
      database.createObjectStore("lock");
      database.createObjectStore("keys", { keyPath: "id" });
      database.createObjectStore("holdings", { keyPath: "id" });
    },
    // Another tab with newer pages wants to bring the records up to date.
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
    },
  }).catch((cause: unknown) => {
    throw new WalletFault("STORAGE_FAILED", "IndexedDB", cause);
  });
}
