/** A JSON-RPC node between the system and a real one: it can fail, stall and lie in every way that real ones do. */
import { Agent, createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RpcCall {
  readonly id: unknown;
  readonly method: string;

  readonly params: any[];
}

/** What a node says: a result, or an error of its own. */
export interface RpcAnswer {
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

/** An answer, or something done to the connection instead. */
export type Reply = RpcAnswer | ((response: ServerResponse, call: RpcCall) => void | Promise<void>);

/** How a node behaves; `forward` asks the real one. */
export type Behaviour = (
  call: RpcCall,
  forward: () => Promise<RpcAnswer>,
) => Reply | Promise<Reply>;

export interface RpcProxy {
  readonly url: string;
  /** Every call since `forget`, in order. */
  readonly calls: readonly RpcCall[];
  /** Behaves so from now on; null for an honest node. */
  behave(behaviour: Behaviour | null): void;
  forget(): void;
  close(): Promise<void>;
}

const LONGER_THAN_CALLERS_KEEP_MS = 60_000;

export async function startRpcProxy(node: string): Promise<RpcProxy> {
  const agent = new Agent({ keepAlive: true });
  const calls: RpcCall[] = [];
  let behaviour: Behaviour = honest;
  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy());
  });
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = JSON.parse(await textOf(incoming)) as RpcCall;
    calls.push(call);
    const reply = await behaviour(call, () => ask(node, agent, call));
    if (typeof reply === "function") await reply(response, call);
    else sendJson(response, wrap(call, reply));
  };
  server.keepAliveTimeout = LONGER_THAN_CALLERS_KEEP_MS;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    calls,
    behave: (next) => {
      behaviour = next ?? honest;
    },
    forget: () => {
      calls.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export const honest: Behaviour = (_call, forward) => forward();

function wrap({ id }: RpcCall, reply: RpcAnswer): string {
  return JSON.stringify({ jsonrpc: "2.0", id, ...reply });
}

function sendJson(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(text);
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function ask(node: string, agent: Agent, call: RpcCall): Promise<RpcAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const outgoing = request(node, { method: "POST", agent, headers }, (incoming) => {
      textOf(incoming).then((text) => {
        const { result, error } = JSON.parse(text) as RpcAnswer;
        resolve(error === undefined ? { result } : { error });
      }, reject);
    });
    outgoing.on("error", (error) => {
      // The node ends a connection that was idle for five seconds, be it in the moment when it is used again.
      if (outgoing.reusedSocket) resolve(ask(node, agent, call));
      else reject(error);
    });
    outgoing.end(JSON.stringify(call));
  });
}

/* What can be wrong with the connection. */

/** Takes the question and says nothing. */
export const silent: Behaviour = () => () => undefined;

export function slow(milliseconds: number): Behaviour {
  return async (_call, forward) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return forward();
  };
}

/** Sends a byte of the answer now and then, for ever. */
export const trickling: Behaviour = () => (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), 30);
  response.on("close", () => {
    clearInterval(timer);
  });
};

export function answering(status: number, text: string, type = "text/plain"): Behaviour {
  return () => (response) => {
    response.writeHead(status, { "content-type": type });
    response.end(text);
  };
}

export const html = answering(200, "<html><body>Sign in to the network</body></html>", "text/html");

/** Cuts the connection before it asks the real node. */
export const resetting: Behaviour = () => (response) => {
  response.socket?.resetAndDestroy();
};

/** Asks the real node, and cuts the connection before it tells the answer. */
export const resettingAfter: Behaviour = async (_call, forward) => {
  await forward();
  return (response) => {
    response.socket?.resetAndDestroy();
  };
};

/** Ends the answer in the middle. */
export const truncating: Behaviour = async (call, forward) => {
  const text = wrap(call, await forward());
  return (response) => {
    sendJson(response, text.slice(0, Math.floor(text.length / 2)));
  };
};

/** Closes the connection in the middle of an answer that it said would be longer. */
export const breakingOff: Behaviour = () => (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"jsonrpc":"2.0",', () => response.destroy());
};

/** Sends an answer that has no end in sight, up to that many bytes. */
export function oversizing(bytes: number): Behaviour {
  return () => (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const block = Buffer.alloc(1 << 20, 0x20);
    let sent = 0;
    const send = (): void => {
      while (sent < bytes && !response.destroyed) {
        sent += block.length;
        if (!response.write(block)) {
          response.once("drain", send);
          return;
        }
      }
      response.end();
    };
    response.on("error", () => undefined);
    send();
  };
}

/* What a node can lie about. */

/** Alters the result of one method. */
export function altering(
  method: string,

  change: (result: any, call: RpcCall) => unknown,
): Behaviour {
  return async (call, forward) => {
    const answer = await forward();
    if (call.method !== method || answer.error !== undefined) return answer;
    return { result: change(answer.result, call) };
  };
}

export interface RpcLog {
  address: string;
  topics: string[];
  data: string;
  blockNumber: string;
  blockTimestamp?: string;
  logIndex: string;
  transactionHash: string;
}

/** Drops, alters, doubles or reorders logs. */
export function alteringLogs(change: (logs: RpcLog[]) => unknown): Behaviour {
  return altering("eth_getLogs", (logs) => change(logs as RpcLog[]));
}

/** The same by a node that says the blocks to be without logs as well: it contradicts itself nowhere. */
export function hidingLogs(change: (logs: RpcLog[]) => unknown): Behaviour {
  const [logs, blocks] = [alteringLogs(change), withFilters(() => `0x${"00".repeat(256)}`)];
  return (call, forward) => (call.method === "eth_getLogs" ? logs : blocks)(call, forward);
}

/** Alters what blocks say of who has spoken in them. */
export function withFilters(filter: () => unknown): Behaviour {
  return altering("eth_getBlockByNumber", (block: object | null) => {
    return block && { ...block, logsBloom: filter() };
  });
}

export const withoutBlocks = altering("eth_getBlockByNumber", () => null);

export function onChain(chainId: number): Behaviour {
  return altering("eth_chainId", () => `0x${chainId.toString(16)}`);
}

/** Says that its newest block is an older one. */
export function behind(blocks: number): Behaviour {
  return async (call, forward) => {
    if (call.method !== "eth_getBlockByNumber" || call.params[0] !== "latest") return forward();
    const { result } = (await forward()) as { result: { number: string } };
    call.params[0] = `0x${(Number(result.number) - blocks).toString(16)}`;
    return forward();
  };
}

/** Takes transactions, names their hash, and forgets them. */
export function losingTransactions(hashOf: (raw: string) => string): Behaviour {
  return (call, forward) => {
    if (call.method !== "eth_sendRawTransaction") return forward();
    return { result: hashOf(call.params[0] as string) };
  };
}

/** As gateways do: refuses to look through more blocks than that for logs. */
export function limitingLogs(blocks: number): Behaviour {
  return async (call, forward) => {
    if (call.method !== "eth_getLogs") return forward();
    const { fromBlock, toBlock } = call.params[0] as { fromBlock: string; toBlock: string };
    const isLimited = Number(toBlock) - Number(fromBlock) < blocks;
    return isLimited ? forward() : { error: { code: -32005, message: "block range too wide" } };
  };
}

/** Behaves so at the n-th call from now, counted from 1, and honestly at all others. */
export function atCall(n: number, behaviour: Behaviour): Behaviour {
  let count = 0;
  return (call, forward) => (++count === n ? behaviour(call, forward) : forward());
}

/** Behaves so at that method alone. */
export function at(method: string, behaviour: Behaviour): Behaviour {
  return (call, forward) => {
    return call.method === method ? behaviour(call, forward) : forward();
  };
}
