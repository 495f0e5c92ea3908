/** One deployment on one chain, as the settings and the flags of a command name it. */
import { formatEther, parseEther } from "ethers";
import { chainReader } from "../adapters/chain/chain-reader.ts";
import { findDeployment } from "../adapters/chain/deployment.ts";
import type { Deployment } from "../adapters/chain/deployment.ts";
import { connectRpc } from "../adapters/chain/rpc.ts";
import type { Rpc } from "../adapters/chain/rpc.ts";
import { openVerifierStore } from "../adapters/store/verifier-store.ts";
import { ChainFollower } from "../app/follow-chain.ts";
import type { Pacing } from "../app/issue/anchor-tools.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { ChainReader, Progress } from "../ports.ts";
import { pause, primitives, systemClock } from "./system.ts";

const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** What a flag says, over what the settings say. */
export interface ChainFlags {
  readonly rpc?: string | undefined;
  readonly directory?: string | undefined;
}

/** One deployment as a command uses it; close it when done. */
export interface Chain {
  readonly rpc: Rpc;
  readonly deployment: Deployment;
  readonly reader: ChainReader;
  readonly confirmations: number;
  close(): void;
}

/** @throws Problem NOT_CONFIGURED, RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND. */
export async function openChain(settings: Settings, flags: ChainFlags = {}): Promise<Chain> {
  const { file } = settings;
  const { url, directory } = addressesOf(settings, flags);
  const rpc = await connectRpc(url, settings.timeoutMs);
  const isConfigured = flags.rpc === undefined && file !== null && file.chainId !== 0;
  if (isConfigured && file.chainId !== rpc.chainId) {
    rpc.close();
    const chains = `${url} is chain ${String(rpc.chainId)}, configured ${String(file.chainId)}`;
    throw new Problem("WRONG_CHAIN", chains);
  }
  return openDeployment(rpc, directory, file?.confirmations ?? 0);
}

/** @throws Problem NOT_CONFIGURED */
function addressesOf(settings: Settings, flags: ChainFlags): { url: string; directory: string } {
  const { home, file } = settings;
  const url = flags.rpc ?? file?.rpc ?? settings.rpc;
  const directory = flags.directory ?? file?.directory ?? settings.directory;
  if (url !== null && directory !== null) return { url, directory };
  throw new Problem("NOT_CONFIGURED", `looked in ${home}`);
}

/** Takes the connection over: it is closed with the chain, or when the deployment is not found. */
export async function openDeployment(
  rpc: Rpc,
  directory: string,
  confirmations: number,
): Promise<Chain> {
  try {
    const deployment = await findDeployment(rpc, directory);
    const close = (): void => {
      rpc.close();
    };
    return { rpc, deployment, reader: chainReader(deployment), confirmations, close };
  } catch (error) {
    rpc.close();
    throw error;
  }
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
  const store = await openVerifierStore(":memory:", systemClock);
  try {
    const follower = await ChainFollower.open({
      chain: chain.reader,
      store,
      primitives,
      clock: systemClock,
      confirmations: chain.confirmations,
      ...(progress !== undefined && { progress }),
    });
    await follower.poll();
    return follower.view as LedgerView;
  } finally {
    await store.close();
  }
}

/** "0.5" → the chain's smallest unit. @returns null for what is no amount. */
export function parseCoins(text: string): bigint | null {
  try {
    return parseEther(text);
  } catch {
    return null;
  }
}

export function formatCoins(amount: bigint): string {
  return formatEther(amount);
}
