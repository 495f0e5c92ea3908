/** One deployment on one chain, as the settings and the flags of a command name it. */
import { readLedger as readLedgerOnce } from "../../app/read-ledger.ts";
import type { Pacing } from "../../app/issue/anchor-tools.ts";
import type { Settings } from "../../config.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Progress } from "../../ports/progress.ts";
import type { AwaitedChain, Chain } from "./chain-connections.ts";
import { pause, primitives, systemClock } from "../system.ts";

export type { AwaitedChain, Chain };

const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** What a flag says, over what the settings say. */
export interface ChainFlags {
  /** Of one node, or of several with commas between them. */
  readonly rpc?: string | undefined;
  readonly directory?: string | undefined;
  /** How many blocks must follow a block before it is final. */
  readonly confirmations?: number | undefined;
  /** Events are taken as the nodes give them: what is missing is found by who audits them. */
  readonly isAudited?: boolean;
}

/** @throws Problem NOT_CONFIGURED, USAGE, RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND, NODES_DISAGREE. */
export async function openChain(settings: Settings, flags: ChainFlags = {}): Promise<Chain> {
  const awaited = await awaitChain(settings, flags);
  try {
    return await awaited.reach();
  } catch (error) {
    awaited.close();
    throw error;
  }
}

/** Asks no node yet. @throws Problem NOT_CONFIGURED, USAGE */
export async function awaitChain(
  settings: Settings,
  flags: ChainFlags = {},
): Promise<AwaitedChain> {
  const { file, timeoutMs } = settings;
  const { urls, directory } = addressesOf(settings, flags);
  const isConfigured = flags.rpc === undefined && file !== null && file.chainId !== 0;
  const chainId = isConfigured ? file.chainId : null;
  const { ConnectedChain } = await import("./chain-connections.ts");
  const confirmations = flags.confirmations ?? file?.confirmations ?? 0;
  const { isAudited = false } = flags;
  return new ConnectedChain({ urls, directory, timeoutMs, chainId, confirmations, isAudited });
}

/** @throws Problem NOT_CONFIGURED */
function addressesOf(
  settings: Settings,
  flags: ChainFlags,
): { urls: readonly string[]; directory: string } {
  const { home, file } = settings;
  const rpc = flags.rpc ?? file?.rpc ?? settings.rpc;
  const directory = flags.directory ?? file?.directory ?? settings.directory;
  if (rpc === null || directory === null) {
    throw new Problem("NOT_CONFIGURED", `looked in ${home}`);
  }
  return { urls: rpc.split(",").map((url) => url.trim()), directory };
}

/** In seconds. */
export type PacingFlags = Partial<Pick<Pacing, "patience" | "stuckAfter">>;

/** Soon at first, for a chain that confirms at once; then about as often as blocks come. */
export function pacingOf({ patience = 120, stuckAfter = 60 }: PacingFlags = {}): Pacing {
  let milliseconds = SHORTEST_PAUSE_MS;
  return {
    patience,
    stuckAfter,
    pause: () => {
      milliseconds = Math.min(LONGEST_PAUSE_MS, milliseconds * 1.3);
      return pause(milliseconds);
    },
  };
}

/** Reads the chain once, keeping nothing: what a command needs that asks one question. */
export async function readLedger(chain: Chain, progress?: Progress): Promise<LedgerView> {
  return readLedgerOnce({
    chain: chain.reader,
    primitives,
    clock: systemClock,
    confirmations: chain.confirmations,
    ...(progress !== undefined && { progress }),
  });
}
