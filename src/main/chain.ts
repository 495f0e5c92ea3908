/** One deployment on one chain, as the settings and the flags of a command name it. */
import { formatEther, parseEther } from "ethers";
import { chainReader } from "../adapters/chain/chain-reader.ts";
import { findDeployment } from "../adapters/chain/deployment.ts";
import type { Deployment } from "../adapters/chain/deployment.ts";
import { DEFAULT_TIMEOUT_MS, connectRpc, requireHttp } from "../adapters/chain/rpc.ts";
import type { Rpc } from "../adapters/chain/rpc.ts";
import { openNodes } from "../adapters/chain/several-nodes.ts";
import type { ChainNode } from "../adapters/chain/watched-node.ts";
import { readLedger as readLedgerOnce } from "../app/read-ledger.ts";
import type { Pacing } from "../app/issue/anchor-tools.ts";
import type { Settings } from "../config.ts";
import { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { ChainReader, NodeHealth, Progress } from "../ports.ts";
import { pause, primitives, systemClock } from "./system.ts";

const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** What a flag says, over what the settings say. */
export interface ChainFlags {
  /** Of one node, or of several with commas between them. */
  readonly rpc?: string | undefined;
  readonly directory?: string | undefined;
  /** How many blocks must follow a block before it is final. */
  readonly confirmations?: number | undefined;
}

/** One deployment as a command uses it; close it when done. */
export interface Chain {
  /** The node that transactions are sent to: of several the first that answers. */
  readonly rpc: Rpc;
  readonly deployment: Deployment;
  /** What most of the nodes say. */
  readonly reader: ChainReader;
  readonly confirmations: number;
  /** How each node is, in the order they were named. */
  nodes(): readonly NodeHealth[];
  close(): void;
}

/** @throws Problem NOT_CONFIGURED, USAGE, RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND, NODES_DISAGREE. */
export async function openChain(settings: Settings, flags: ChainFlags = {}): Promise<Chain> {
  const { file, timeoutMs } = settings;
  const { urls, directory } = addressesOf(settings, flags);
  const isConfigured = flags.rpc === undefined && file !== null && file.chainId !== 0;
  const connections = urls.map((url) => {
    return new Connection({ url, directory, timeoutMs, chainId: isConfigured ? file.chainId : 0 });
  });
  return openConnections(connections, flags.confirmations ?? file?.confirmations ?? 0);
}

/** @throws Problem NOT_CONFIGURED, USAGE for a malformed address */
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
  const urls = rpc.split(",").map((url) => url.trim());
  for (const url of urls) requireHttp(url);
  return { urls, directory };
}

/** Takes the connection over: it is closed with the chain, or when the deployment is not found. */
export async function openDeployment(
  rpc: Rpc,
  directory: string,
  confirmations: number,
): Promise<Chain> {
  const place = { url: rpc.url, directory, timeoutMs: DEFAULT_TIMEOUT_MS, chainId: 0 };
  return openConnections([new Connection(place, rpc)], confirmations);
}

async function openConnections(
  connections: readonly Connection[],
  confirmations: number,
): Promise<Chain> {
  const close = (): void => {
    for (const connection of connections) connection.close();
  };
  try {
    const reader = await openNodes(connections, { confirmations });
    const found = connections.flatMap(({ opened }) => opened ?? []);
    const [{ rpc, deployment }] = found as [OpenConnection];
    return { rpc, deployment, reader, confirmations, nodes: () => reader.nodes(), close };
  } catch (error) {
    close();
    throw error;
  }
}

interface ConnectionPlace {
  readonly url: string;
  readonly directory: string;
  readonly timeoutMs: number;
  /** The one it has to be; 0 for any. */
  readonly chainId: number;
}

interface OpenConnection {
  readonly rpc: Rpc;
  readonly deployment: Deployment;
}

/** One node and the deployment there; opened again after it could not be reached. */
class Connection implements ChainNode {
  readonly name: string;
  readonly #place: ConnectionPlace;
  #rpc: Rpc | null;
  #isClosed = false;
  opened: OpenConnection | null = null;

  constructor(place: ConnectionPlace, rpc: Rpc | null = null) {
    this.name = new URL(place.url).origin;
    this.#place = place;
    this.#rpc = rpc;
  }

  async open(): Promise<ChainReader> {
    if (this.opened !== null) this.#end();
    try {
      const rpc = await this.#connect();
      const deployment = await findDeployment(rpc, this.#place.directory);
      this.opened = { rpc, deployment };
      return chainReader(deployment);
    } catch (error) {
      this.#end();
      throw error;
    } finally {
      if (this.#isClosed) this.#end();
    }
  }

  async #connect(): Promise<Rpc> {
    const { url, timeoutMs, chainId } = this.#place;
    const rpc = (this.#rpc ??= await connectRpc(url, timeoutMs));
    if (chainId === 0 || chainId === rpc.chainId) return rpc;
    const chains = `${this.name} is chain ${String(rpc.chainId)}, configured ${String(chainId)}`;
    throw new Problem("WRONG_CHAIN", chains);
  }

  #end(): void {
    this.#rpc?.close();
    this.#rpc = null;
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
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
  return readLedgerOnce({
    chain: chain.reader,
    primitives,
    clock: systemClock,
    confirmations: chain.confirmations,
    ...(progress !== undefined && { progress }),
  });
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
