import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connectRpc, toRpcProblem } from "../../../src/adapters/chain/rpc.ts";
import type { Rpc } from "../../../src/adapters/chain/rpc.ts";
import type { Problem } from "../../../src/core/problem.ts";
import type { Behaviour, RpcProxy } from "../../support/rpc-proxy.ts";
import {
  answering,
  breakingOff,
  html,
  oversizing,
  resetting,
  silent,
  slow,
  startRpcProxy,
  trickling,
  truncating,
} from "../../support/rpc-proxy.ts";

/** A node that knows its chain and the height of one block, and takes no time to start. */
let node: Server;
let proxy: RpcProxy;
/** Waits long for a node that says something: a busy machine is slow. */
let rpc: Rpc;
/** Waits a moment for one that never does. */
let hasty: Rpc;
const PATIENCE_MS = 20_000;
const HASTE_MS = 300;

beforeAll(async () => {
  node = createServer((incoming, response) => {
    let text = "";
    incoming.on("data", (part: Buffer) => (text += part.toString()));
    incoming.on("end", () => {
      const { id, method } = JSON.parse(text) as { id: number; method: string };
      const result = method === "eth_chainId" ? "0x7a69" : "0x2a";
      response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
    });
  });
  await new Promise<void>((resolve) => node.listen(0, "127.0.0.1", resolve));
  proxy = await startRpcProxy(`http://127.0.0.1:${String((node.address() as AddressInfo).port)}`);
  rpc = await connectRpc(proxy.url, PATIENCE_MS);
  hasty = await connectInHaste();
});

afterEach(() => {
  proxy.behave(null);
});

afterAll(async () => {
  rpc.close();
  hasty.close();
  await proxy.close();
  await new Promise((resolve) => node.close(resolve));
});

/** On a busy machine also an honest node may be too slow for it. */
async function connectInHaste(): Promise<Rpc> {
  return connectRpc(proxy.url, HASTE_MS).catch(connectInHaste);
}

const height = (asking = rpc): Promise<unknown> =>
  asking.ask((provider) => provider.send("eth_blockNumber", []));

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return work.then(
    () => {
      throw new Error("it went well");
    },
    (error: unknown) => error as Problem,
  );
}

describe("an address that is none", () => {
  it.each(["", "node", "ws://127.0.0.1:8545", "http://", "http://a b", "ftp://host/"])(
    "is a mistake of usage before anything is asked: '%s'",
    async (url) => {
      const problem = await problemOf(connectRpc(url, PATIENCE_MS));
      expect(problem).toMatchObject({ code: "USAGE" });
      expect(problem.detail).toContain("http://127.0.0.1:8545");
    },
  );
});

describe("a node that answers", () => {
  it("is asked for its chain once, and then what is wanted of it", async () => {
    expect(rpc.chainId).toBe(31337);
    expect(await height()).toBe("0x2a");
  });

  it("is waited for when it is slow but within the time", async () => {
    proxy.behave(slow(120));
    expect(await height()).toBe("0x2a");
  });
});

const FAILINGS: readonly (readonly [string, Behaviour, string])[] = [
  ["is silent", silent, "RPC_TIMEOUT"],
  ["is slower than the time allows", slow(HASTE_MS * 4), "RPC_TIMEOUT"],
  ["sends a byte now and then without end", trickling, "RPC_TIMEOUT"],
  ["says 429, too many requests", answering(429, "slow down"), "RPC_FAULT"],
  ["says 500", answering(500, "internal error"), "RPC_FAULT"],
  ["says 502 like a gateway", answering(502, "bad gateway"), "RPC_FAULT"],
  ["says 401 like a gateway without a key", answering(401, "no key"), "RPC_FAULT"],
  ["cuts the connection", resetting, "RPC_UNREACHABLE"],
  ["breaks off within its answer", breakingOff, "RPC_UNREACHABLE"],
  ["is a page for signing in to the network", html, "RPC_FAULT"],
  ["ends its JSON in the middle", truncating, "RPC_FAULT"],
  ["answers nothing at all", answering(200, ""), "RPC_FAULT"],
  ["answers null", answering(200, "null", "application/json"), "RPC_FAULT"],
  ["answers text that is not UTF-8", answering(200, '{"x":"\uD800"}'), "RPC_FAULT"],
  ["sends us to another address", answering(302, ""), "RPC_FAULT"],
];

describe("a node that fails", () => {
  it.each(FAILINGS)("%s: it is named within the time", async (_what, behaviour, code) => {
    proxy.behave(behaviour);
    const began = performance.now();
    const asking = code === "RPC_TIMEOUT" ? hasty : rpc;
    expect(await problemOf(height(asking))).toMatchObject({ code });
    expect(performance.now() - began).toBeLessThan(5 * HASTE_MS);
    proxy.behave(null);
    expect(await height()).toBe("0x2a");
  });

  it.each(FAILINGS)(
    "%s: also when it is first asked for its chain",
    async (_what, behaviour, code) => {
      proxy.behave(behaviour);
      const began = performance.now();
      const timeoutMs = code === "RPC_TIMEOUT" ? HASTE_MS : PATIENCE_MS;
      expect(await problemOf(connectRpc(proxy.url, timeoutMs))).toMatchObject({ code });
      expect(performance.now() - began).toBeLessThan(5 * HASTE_MS);
    },
  );

  it("sends an answer without end: no more is read than any answer can have", async () => {
    proxy.behave(oversizing(200_000_000));
    const problem = await problemOf(height());
    expect(problem).toMatchObject({ code: "RPC_FAULT" });
    expect(problem.detail).toContain("too long");
  });

  it("is not there: nobody listens at the address", async () => {
    const problem = await problemOf(connectRpc("http://127.0.0.1:1", PATIENCE_MS));
    expect(problem).toMatchObject({ code: "RPC_UNREACHABLE" });
  });

  it("is not there: no machine has the name", async () => {
    const problem = await problemOf(connectRpc("http://node.invalid:8545", PATIENCE_MS));
    expect(problem).toMatchObject({ code: "RPC_UNREACHABLE" });
  });

  it.each(["0x0", "0x", "seven", -1, null, {}])("names no chain: %j", async (result) => {
    proxy.behave(() => ({ result }));
    const problem = await problemOf(connectRpc(proxy.url, PATIENCE_MS));
    expect(problem).toMatchObject({ code: "RPC_FAULT" });
    expect(problem.detail).toContain("no chain id");
  });

  it("answers with an error of its own, which is quoted", async () => {
    proxy.behave(() => ({ error: { code: -32601, message: "the method is not available" } }));
    const problem = await problemOf(height());
    expect(problem).toMatchObject({ code: "RPC_FAULT" });
    expect(problem.message).toContain(proxy.url);
  });

  it("keeps what its address holds of a password out of every message", async () => {
    const { port } = new URL(proxy.url);
    const url = `http://user:hunter2@127.0.0.1:${port}/?apikey=hunter2`;
    proxy.behave(html);
    const problem = await problemOf(connectRpc(url, PATIENCE_MS));
    expect(problem).toMatchObject({ code: "RPC_FAULT" });
    expect(problem.message).not.toContain("hunter2");
  });
});

describe("a node that will not take a transaction", () => {
  it.each([
    "insufficient funds for gas * price + value",
    "Sender doesn't have enough funds to send tx. The max upfront cost is: 1",
    "Upfront cost exceeds account balance",
  ])("because the account is empty: '%s'", async (message) => {
    proxy.behave(() => ({ error: { code: -32000, message } }));
    const sent = rpc.ask((provider) => provider.send("eth_sendRawTransaction", ["0x00"]));
    expect(await problemOf(sent)).toMatchObject({ code: "INSUFFICIENT_FUNDS" });
  });
});

describe("naming what went wrong", () => {
  it("names also what is no error at all, and keeps it to one short line", () => {
    const problem = toRpcProblem("http://node", `line one\n${"x".repeat(1000)}`);
    expect(problem).toMatchObject({ code: "RPC_FAULT", detail: "http://node: line one" });
  });
});
