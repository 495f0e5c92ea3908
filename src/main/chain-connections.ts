/** Connections to the nodes of one chain, and the deployment there: only what opens a chain loads this. */
import { chainReader } from "../adapters/chain/chain-reader.ts";
import { findDeployment } from "../adapters/chain/deployment.ts";
import type { Deployment } from "../adapters/chain/deployment.ts";
import { DEFAULT_TIMEOUT_MS, connectRpc, requireHttp } from "../adapters/chain/rpc.ts";
import type { Rpc } from "../adapters/chain/rpc.ts";
import { openNodes } from "../adapters/chain/several-nodes.ts";
import type { ChainNode } from "../adapters/chain/watched-node.ts";
import { Problem } from "../core/problem.ts";
import type { ChainReader, NodeHealth } from "../ports/chain-reader.ts";

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

interface ConnectionPlace {
  readonly url: string;
  readonly directory: string;
  readonly timeoutMs: number;
  /** The one it has to be; 0 for any. */
  readonly chainId: number;
}

/** @throws Problem USAGE for a malformed address, RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND, NODES_DISAGREE. */
export async function openPlaces(
  places: readonly ConnectionPlace[],
  confirmations: number,
): Promise<Chain> {
  for (const { url } of places) requireHttp(url);
  return openConnections(
    places.map((place) => new Connection(place)),
    confirmations,
  );
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
