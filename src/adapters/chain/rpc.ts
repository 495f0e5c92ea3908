/** One JSON-RPC node: every call ends in time, in an answer or in a Problem. */
import { FetchRequest, JsonRpcProvider, Network, isError } from "ethers";
import { Problem } from "../../core/problem.ts";
import { exchange } from "./bounded-exchange.ts";
import { toRefusal } from "./refusal.ts";

export const DEFAULT_TIMEOUT_MS = 10_000;

export interface Rpc {
  readonly url: string;
  readonly chainId: number;
  readonly provider: JsonRpcProvider;
  /** Runs a call against the node, and names what went wrong. */
  ask<T>(call: (provider: JsonRpcProvider) => Promise<T>): Promise<T>;
  close(): void;
}

/** @throws Problem USAGE for a malformed URL, RPC_… for a node that does not answer as one. */
export async function connectRpc(url: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Rpc> {
  requireHttp(url);
  const chainId = await askChainId(url, timeoutMs);
  const network = Network.from(chainId);
  const provider = new JsonRpcProvider(requestFor(url, timeoutMs), network, {
    staticNetwork: network,
    batchMaxCount: 1,
    cacheTimeout: -1,
    pollingInterval: 250,
  });
  return {
    url,
    chainId,
    provider,
    ask: (call) => guarded(url, () => call(provider)),
    close: () => {
      provider.destroy();
    },
  };
}

/** @throws Problem USAGE */
export function requireHttp(url: string): void {
  if (!/^https?:\/\/[^\s]+$/.test(url) || !URL.canParse(url)) {
    throw new Problem("USAGE", `--rpc ${url}: an address such as http://127.0.0.1:8545 expected`);
  }
}

function requestFor(url: string, timeoutMs: number): FetchRequest {
  const request = new FetchRequest(url);
  request.timeout = timeoutMs;
  request.setThrottleParams({ maxAttempts: 3, slotInterval: 100 });
  request.getUrlFunc = exchange;
  return request;
}

/** Asked by hand, since a provider without a known network retries for ever. */
async function askChainId(url: string, timeoutMs: number): Promise<number> {
  const request = requestFor(url, timeoutMs);
  request.body = { jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] };
  return guarded(url, async () => {
    const response = await request.send();
    response.assertOk();
    const id = Number((response.bodyJson as { result?: unknown } | null)?.result);
    if (!Number.isSafeInteger(id) || id <= 0)
      throw new Problem("RPC_FAULT", `${shown(url)}: no chain id`);
    return id;
  });
}

async function guarded<T>(url: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toRpcProblem(url, error);
  }
}

const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|socket hang up|fetch failed/;
/** As Geth, Besu and Hardhat say that an account can't pay. */
const POOR = /insufficient funds|enough funds|up-?front cost/i;

/** CONTRACT_REFUSED for a contract's own word, INSUFFICIENT_FUNDS, or RPC_… for what the node did. */
export function toRpcProblem(url: string, thrown: unknown): Problem {
  const error = toRefusal(thrown);
  if (error instanceof Problem) return error;
  const node = shown(url);
  const message = error instanceof Error ? error.message : String(error);
  if (isError(error, "INSUFFICIENT_FUNDS") || POOR.test(message)) {
    return new Problem("INSUFFICIENT_FUNDS", node, error);
  }
  if (isError(error, "TIMEOUT")) return new Problem("RPC_TIMEOUT", node, error);
  const code = (error as { code?: unknown }).code;
  if (UNREACHABLE.test(`${String(code)} ${message}`)) {
    return new Problem("RPC_UNREACHABLE", node, error);
  }
  return new Problem("RPC_FAULT", `${node}: ${firstLine(message.replaceAll(url, node))}`, error);
}

/** An address without what it may hold of a password or a key. */
function shown(url: string): string {
  return new URL(url).origin;
}

function firstLine(message: string): string {
  return message.slice(0, 200).split("\n")[0] ?? "";
}
