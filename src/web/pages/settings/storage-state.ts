/** What the browser keeps for these pages, and how surely. */
export interface StorageState {
  /** Whether the pages open without a network. */
  readonly isOffline: boolean;
  readonly isPersisted: boolean;
  /** In bytes; null where the browser doesn't say. */
  readonly used: number | null;
  readonly quota: number | null;
}

export async function readStorageState(): Promise<StorageState> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  const [estimate, isPersisted, isOffline] = await Promise.all([
    storage?.estimate().catch(() => null),
    storage?.persisted().catch(() => false),
    hasWorker(),
  ]);
  const { usage = null, quota = null } = estimate ?? {};
  return { isOffline, isPersisted: isPersisted === true, used: usage, quota };
}

/** @returns whether the browser agreed; some ask the person, some decide by themselves */
export async function askToPersist(): Promise<boolean> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  return (await storage?.persist().catch(() => false)) === true;
}

async function hasWorker(): Promise<boolean> {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  const registration = await serviceWorker?.getRegistration().catch(() => undefined);
  return registration?.active?.state === "activated";
}
