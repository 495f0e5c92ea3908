/** The own verifier's packs, kept in this browser; where it keeps nothing, for this visit. */
import type { KeptPacks, PackStore, ServiceKey } from "../../judging/judging-store.ts";
import { openJudgingStore } from "../../judging/judging-store.ts";
import type { PackTools } from "../../judging/packs.ts";

export async function ownPackTools(): Promise<PackTools> {
  return { server: location.origin, store: await openedStore(), now };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

async function openedStore(): Promise<PackStore> {
  try {
    return (await openJudgingStore()).packs;
  } catch {
    // A private window may refuse to keep anything.
    return storeForThisVisit();
  }
}

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
