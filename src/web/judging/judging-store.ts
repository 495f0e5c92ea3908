/** What judging in this browser keeps: packs, the keys that sign them, what was shown, and uses to be told. */
import type { DBSchema, IDBPDatabase } from "idb";
import { openDB } from "idb";
import type { OfflineUse } from "../../app/uses/offline-use.ts";

/** A key of a verification service (RFC 7517, P-256). */
export interface ServiceKey {
  readonly x: string;
  readonly y: string;
}

export interface KeptPacks {
  /** A whole one, and what came after it, each signed. */
  readonly packs: readonly Uint8Array[];
  /** Seconds since 1970. */
  readonly keptAt: number;
}

export interface PackStore {
  packs(name: string): Promise<KeptPacks | null>;
  keepPacks(name: string, kept: KeptPacks): Promise<void>;
  /** Null where no key of this server was ever pinned. */
  keys(server: string): Promise<readonly ServiceKey[] | null>;
  pinKeys(server: string, keys: readonly ServiceKey[]): Promise<void>;
}

export interface SeenStore {
  /** True for the first call with this key, also where two pages call at once. @param until seconds since 1970 */
  isFirst(key: string, until: number): Promise<boolean>;
  /** Forgets what had run out by then. */
  forget(now: number): Promise<void>;
}

export interface UntoldUse {
  readonly id: number;
  readonly use: OfflineUse;
}

export interface UntoldUses {
  add(use: OfflineUse): Promise<void>;
  /** The oldest first. */
  first(most: number): Promise<readonly UntoldUse[]>;
  count(): Promise<number>;
  forget(ids: readonly number[]): Promise<void>;
}

export interface JudgingStore {
  readonly packs: PackStore;
  readonly seen: SeenStore;
  readonly uses: UntoldUses;
}

interface Database extends DBSchema {
  packs: { key: string; value: KeptPacks };
  keys: { key: string; value: readonly ServiceKey[] };
  seen: { key: string; value: number; indexes: { until: number } };
  uses: { key: number; value: OfflineUse };
}

type Opened = IDBPDatabase<Database>;

const NAME = "liangzheng-judging";
/** Of single batches, whose packs anyone's checks leave behind, so many are kept. */
const MOST_BATCHES = 64;
export const BATCH_PREFIX = "batch ";

/** @throws where the browser keeps nothing, as in some private windows */
export async function openJudgingStore(): Promise<JudgingStore> {
  const database = await openDatabase();
  return { packs: packsIn(database), seen: seenIn(database), uses: usesIn(database) };
}

function openDatabase(): Promise<Opened> {
  return openDB<Database>(NAME, 1, {
    upgrade: (opened) => {
      opened.createObjectStore("packs");
      opened.createObjectStore("keys");
      opened.createObjectStore("seen").createIndex("until", "");
      opened.createObjectStore("uses", { autoIncrement: true });
    },
  });
}

function packsIn(database: Opened): PackStore {
  return {
    packs: async (name) => (await database.get("packs", name)) ?? null,
    keepPacks: async (name, kept) => {
      await database.put("packs", kept, name);
      if (name.startsWith(BATCH_PREFIX)) await forgetOldBatches(database);
    },
    keys: async (server) => (await database.get("keys", server)) ?? null,
    pinKeys: async (server, keys) => {
      await database.put("keys", keys, server);
    },
  };
}

/** For where nothing is to be kept, or can't be. */
export function storeForThisVisit(): PackStore {
  const packs = new Map<string, KeptPacks>();
  const pinned = new Map<string, readonly ServiceKey[]>();
  return {
    packs: (name) => Promise.resolve(packs.get(name) ?? null),
    keepPacks: (name, kept) => Promise.resolve(void packs.set(name, kept)),
    keys: (server) => Promise.resolve(pinned.get(server) ?? null),
    pinKeys: (server, keys) => Promise.resolve(void pinned.set(server, keys)),
  };
}

/** Which batches were asked for can tell what somebody holds: nothing of that outlives a wallet. */
export async function forgetBatches(): Promise<void> {
  const database = await openDatabase();
  await database.delete("packs", batchRange());
  database.close();
}

function batchRange(): IDBKeyRange {
  return IDBKeyRange.bound(BATCH_PREFIX, `${BATCH_PREFIX}\uffff`);
}

async function forgetOldBatches(database: Opened): Promise<void> {
  const range = batchRange();
  if ((await database.count("packs", range)) <= MOST_BATCHES) return;
  const names = await database.getAllKeys("packs", range);
  const ages = await Promise.all(
    names.map(async (name) => ({ name, keptAt: (await database.get("packs", name))?.keptAt ?? 0 })),
  );
  const old = ages.sort((a, b) => b.keptAt - a.keptAt).slice(MOST_BATCHES);
  await Promise.all(old.map(({ name }) => database.delete("packs", name)));
}

function seenIn(database: Opened): SeenStore {
  return {
    isFirst: async (key, until) => {
      try {
        await database.add("seen", until, key);
        return true;
      } catch (error) {
        if ((error as DOMException).name === "ConstraintError") return false;
        throw error;
      }
    },
    forget: async (now) => {
      const work = database.transaction("seen", "readwrite");
      const old = await work.store.index("until").openCursor(IDBKeyRange.upperBound(now));
      for (let at = old; at !== null; at = await at.continue()) await at.delete();
      await work.done;
    },
  };
}

function usesIn(database: Opened): UntoldUses {
  return {
    add: async (use) => {
      await database.add("uses", use);
    },
    first: async (most) => {
      const work = database.transaction("uses");
      const [ids, uses] = await Promise.all([
        work.store.getAllKeys(null, most),
        work.store.getAll(null, most),
      ]);
      return ids.flatMap((id, i) => {
        const use = uses[i];
        return use === undefined ? [] : [{ id, use }];
      });
    },
    count: () => database.count("uses"),
    forget: async (ids) => {
      const work = database.transaction("uses", "readwrite");
      await Promise.all([...ids.map((id) => work.store.delete(id)), work.done]);
    },
  };
}
