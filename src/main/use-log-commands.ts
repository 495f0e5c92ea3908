/** The use log as a person works on it: beside a service that runs, or on a copy of its store. */
import { existsSync } from "node:fs";
import { connectRpc } from "../adapters/chain/rpc.ts";
import type { Rpc } from "../adapters/chain/rpc.ts";
import { deployUseLog } from "../adapters/chain/deploy.ts";
import { useAnchors } from "../adapters/chain/use-log-anchor.ts";
import { anchorUses } from "../app/uses/anchor-uses.ts";
import type { AnchoredUses } from "../app/uses/anchor-uses.ts";
import { checkUseLog } from "../app/uses/check-use-log.ts";
import type { UseLogCheck } from "../app/uses/check-use-log.ts";
import { writeConfiguration } from "../config.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { Progress } from "../ports/progress.ts";
import type { ServiceStore } from "../ports/service-store.ts";
import { authorityAccount, signerOf } from "./chain/accounts.ts";
import { openServiceStore, serviceStorePlace } from "./stores/stores.ts";
import { primitives, systemClock } from "./system.ts";
import { openUseAnchoring, useLogKeyFile } from "./service/use-anchorer.ts";

/** What flags say, over what the settings say. */
export interface UseLogFlags {
  readonly rpc?: string;
  /** The contract's address. */
  readonly useLog?: string;
  readonly serviceStore?: string;
  /** The file of the key whose account anchors. */
  readonly key?: string;
}

export interface UseLogCheckFlags extends UseLogFlags {
  /** Accounts that anchor; where none is said, that of the key. */
  readonly account?: readonly string[];
  /** Not compared with the chain. */
  readonly offline?: true;
}

export async function withServiceStore<T>(
  settings: Settings,
  { serviceStore }: UseLogFlags,
  work: (store: ServiceStore) => Promise<T>,
): Promise<T> {
  const place = serviceStore ?? serviceStorePlace(settings);
  const store = await openServiceStore({ place, clock: systemClock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Whether it was compared with the chain is told with it. */
export interface CheckedUseLog extends UseLogCheck {
  readonly accounts: readonly string[] | null;
}

/** @throws Problem USE_LOG_NOT_FOUND, RPC_…, KEY_NOT_FOUND, those of the store */
export async function checkUses(
  settings: Settings,
  flags: UseLogCheckFlags,
  progress: Progress,
): Promise<CheckedUseLog> {
  return withServiceStore(settings, flags, async ({ uses: log }) => {
    const options = { log, primitives, progress };
    if (flags.offline === true)
      return { ...(await checkUseLog({ ...options, anchored: null })), accounts: null };
    return withContract(settings, flags, async (rpc, contract) => {
      const accounts = accountsOf(settings, flags);
      const anchored = { anchors: useAnchors(rpc, contract), accounts };
      return { ...(await checkUseLog({ ...options, anchored })), accounts };
    });
  });
}

/** Lower case. */
function accountsOf(settings: Settings, { account, key }: UseLogCheckFlags): readonly string[] {
  if (account !== undefined) return account.map((one) => one.toLowerCase());
  const file = key ?? useLogKeyFile(settings);
  if (existsSync(file)) return [signerOf(settings, file).address];
  throw new Problem("KEY_NOT_FOUND", `${file}; or name the account with --account`);
}

/** @returns null where another instance is at it. @throws Problem USE_LOG_NOT_FOUND, RPC_…, KEY_… */
export function anchorNow(settings: Settings, flags: UseLogFlags): Promise<AnchoredUses | null> {
  return withServiceStore(settings, flags, ({ uses: log }) =>
    withContract(settings, flags, async (rpc, contract) => {
      const anchoring = (await openUseAnchoring(settings, contract, flags.key))(rpc);
      return anchorUses({ log, anchoring, clock: systemClock });
    }),
  );
}

/**
 * For a deployment from before there was such a contract.
 * @returns its address, which is in the configuration from now on
 * @throws Problem NOT_CONFIGURED, RPC_…, KEY_…
 */
export async function addUseLog(settings: Settings, flags: UseLogFlags): Promise<string> {
  const { file } = settings;
  if (file === null) throw new Problem("NOT_CONFIGURED", `looked in ${settings.home}`);
  return withRpc(settings, flags, async (rpc) => {
    const useLog = await deployUseLog(await authorityAccount(settings, rpc, flags.key));
    await writeConfiguration(settings.home, { ...file, useLog });
    return useLog;
  });
}

async function withContract<T>(
  settings: Settings,
  flags: UseLogFlags,
  work: (rpc: Rpc, contract: string) => Promise<T>,
): Promise<T> {
  const contract = flags.useLog ?? settings.file?.useLog;
  if (contract === undefined) throw new Problem("USE_LOG_NOT_FOUND", "none is configured");
  return withRpc(settings, flags, (rpc) => work(rpc, contract));
}

async function withRpc<T>(
  settings: Settings,
  { rpc: said }: UseLogFlags,
  work: (rpc: Rpc) => Promise<T>,
): Promise<T> {
  const urls = said ?? settings.file?.rpc ?? settings.rpc;
  const url = urls?.split(",")[0]?.trim();
  if (url === undefined) throw new Problem("NOT_CONFIGURED", `looked in ${settings.home}`);
  const rpc = await connectRpc(url, settings.timeoutMs);
  try {
    return await work(rpc);
  } finally {
    rpc.close();
  }
}
