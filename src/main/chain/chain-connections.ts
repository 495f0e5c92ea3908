/** Connections to the nodes of one chain, and the deployment there: only what opens a chain loads this. */
import { chainReader } from "../../adapters/chain/chain-reader.ts";
import { findDeployment } from "../../adapters/chain/deployment.ts";
import type { Deployment } from "../../adapters/chain/deployment.ts";
import { DEFAULT_TIMEOUT_MS, connectRpc, requireHttp } from "../../adapters/chain/rpc.ts";
import type { Rpc } from "../../adapters/chain/rpc.ts";
import { NodeGroup } from "../../adapters/chain/node-group.ts";
import { openGroup } from "../../adapters/chain/several-nodes.ts";
import type { ChainNode } from "../../adapters/chain/watched-node.ts";
import { Problem } from "../../core/problem.ts";
import type { ChainReader, NodeHealth } from "../../ports/chain-reader.ts";

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

/** A chain that need not be there yet: a service starts without it, and goes on when it is gone. */
export interface AwaitedChain {
  /** Where the deployment is, in lower case. */
  readonly directory: string;
  /** The one it has to be; null for any. */
  readonly chainId: number | null;
  readonly confirmations: number;
  /**
   * Looks for the deployment, unless it was found before.
   * @throws Problem RPC_…, WRONG_CHAIN, DIRECTORY_NOT_FOUND, PREDECESSOR_NOT_FROZEN, NODES_DISAGREE
   */
  reach(): Promise<Chain>;
  /** How each node is, in the order they were named. */
  nodes(): readonly NodeHealth[];
  close(): void;
}

export interface ChainPlaces extends Omit<ConnectionPlace, "url"> {
  readonly urls: readonly string[];
  readonly confirmations: number;
}

interface ConnectionPlace {
  readonly url: string;
  readonly directory: string;
  readonly timeoutMs: number;
  /** The one it has to be; null for any. */
  readonly chainId: number | null;
  /** See ReaderOptions. */
  readonly isAudited?: boolean;
}

/** Takes the connection over: it is closed with the chain, or when the deployment is not found. */
export async function openDeployment(
  rpc: Rpc,
  directory: string,
  confirmations: number,
): Promise<Chain> {
  const place = { url: rpc.url, directory, timeoutMs: DEFAULT_TIMEOUT_MS, chainId: null };
  const connection = new Connection(place, rpc);
  const chain = new ConnectedChain({ urls: [], ...place, confirmations }, [connection]);
  try {
    return await chain.reach();
  } catch (error) {
    chain.close();
    throw error;
  }
}

/** Over one connection to each node. */
export class ConnectedChain implements AwaitedChain {
  readonly directory: string;
  readonly chainId: number | null;
  readonly confirmations: number;
  readonly #connections: readonly Connection[];
  readonly #group: NodeGroup;
  #reaching: Promise<Chain> | null = null;

  /** @throws Problem USAGE for a malformed address */
  constructor({ urls, ...place }: ChainPlaces, connections?: readonly Connection[]) {
    for (const url of urls) requireHttp(url);
    this.directory = place.directory.toLowerCase();
    this.chainId = place.chainId;
    this.confirmations = place.confirmations;
    this.#connections = connections ?? urls.map((url) => new Connection({ ...place, url }));
    this.#group = new NodeGroup(this.#connections, place);
  }

  reach(): Promise<Chain> {
    this.#reaching ??= this.#open().catch((error: unknown) => {
      this.#reaching = null;
      throw error;
    });
    return this.#reaching;
  }

  async #open(): Promise<Chain> {
    const reader = await openGroup(this.#group);
    const inUse = (): OpenConnection => this.#inUse();
    return {
      ...{ reader, confirmations: this.confirmations, deployment: inUse().deployment },
      get rpc() {
        return inUse().rpc;
      },
      nodes: () => this.nodes(),
      close: () => {
        this.close();
      },
    };
  }

  /** The first that is open; where none is, one that was: it says what is wrong with it. */
  #inUse(): OpenConnection {
    const opened = this.#connections.flatMap((connection) => connection.opened ?? []);
    const [first = null] = opened.filter(({ rpc }) =>
      this.#connections.some((one) => one.has(rpc)),
    );
    return first ?? (opened as [OpenConnection])[0];
  }

  nodes(): readonly NodeHealth[] {
    return this.#group.health();
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
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
      return chainReader(deployment, this.#place);
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
    if (chainId === null || chainId === rpc.chainId) return rpc;
    const chains = `${this.name} is chain ${String(rpc.chainId)}, configured ${String(chainId)}`;
    throw new Problem("WRONG_CHAIN", chains);
  }

  /** Whether its connection is that one, still open. */
  has(rpc: Rpc): boolean {
    return this.#rpc === rpc;
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
