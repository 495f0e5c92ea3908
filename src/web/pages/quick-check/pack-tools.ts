/** The own verifier's packs, kept in this browser; where it keeps nothing, for this visit. */
import type { PackStore } from "../../judging/judging-store.ts";
import { openJudgingStore, storeForThisVisit } from "../../judging/judging-store.ts";
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
