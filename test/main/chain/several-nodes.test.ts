/** A chain read through three real connections, one of which is bad. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { loadSettings } from "../../../src/config.ts";
import { openChain, readLedger } from "../../../src/main/chain/chain.ts";
import type { Chain } from "../../../src/main/chain/chain.ts";
import type { NodeFault } from "../../../src/ports/chain-reader.ts";
import { until } from "../../support/command.ts";
import { laidOpen } from "../../support/laid-open.ts";
import {
  SHANGHAI,
  TIMEOUT_MS,
  anchorRoots,
  callContract,
  startLedgerWorld,
  viewOf,
} from "../../support/ledger-world.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";
import { codeToChain } from "../../../src/adapters/chain/chain-words.ts";
import {
  altering,
  alteringLogs,
  answering,
  at,
  behind,
  breakingOff,
  hidingLogs,
  html,
  onChain,
  oversizing,
  resetting,
  silent,
  startRpcProxy,
  truncating,
} from "../../support/rpc-proxy.ts";
import type { Behaviour, RpcProxy } from "../../support/rpc-proxy.ts";
import { NOWHERE } from "../../support/odd-servers.ts";

let world: LedgerWorld;
let proxies: RpcProxy[];
let chain: Chain | null = null;

beforeAll(async () => {
  world = await startLedgerWorld();
  const [root] = (await anchorRoots(world, "batch")) as [string];
  const revoke = [codeToChain(SHANGHAI.code), root, 3, 5, 0, 1];
  await callContract(world, "StatusRegistry", "setStatus", revoke, world.operator);
  proxies = await Promise.all([1, 2, 3].map(() => startRpcProxy(world.node.url)));
});
afterEach(() => {
  chain?.close();
  chain = null;
  for (const proxy of proxies) {
    proxy.behave(null);
    proxy.forget();
  }
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
  await world.close();
});

async function open(urls = proxies.map(({ url }) => url)): Promise<Chain> {
  const settings = loadSettings({ LZ_HOME: "/nowhere", LZ_TIMEOUT_MS: String(TIMEOUT_MS) });
  const { directory } = world.deployment.identity;
  chain = await openChain(settings, { rpc: urls.join(","), directory });
  return chain;
}

const withoutOlderBlocks: Behaviour = (call, forward) => {
  const isNewest = call.method !== "eth_getBlockByNumber" || call.params[0] === "latest";
  return isNewest ? forward() : { result: null };
};

/** What it does, what is then said of it, and how it is made to do so. */
const WEATHERS: readonly (readonly [string, NodeFault | readonly NodeFault[], Behaviour])[] = [
  ["keeps silent", "silent", silent],
  ["answers 429", "faulty", answering(429, "slow down")],
  ["answers 500", "faulty", answering(500, "oops")],
  ["resets the connection", "unreachable", resetting],
  ["ends its answers in the middle", "faulty", truncating],
  ["breaks its answers off", "unreachable", breakingOff],
  // On a busy machine its time is up before it has sent too much.
  ["answers without an end", ["faulty", "silent"], oversizing(70_000_000)],
  ["answers with a page", "faulty", html],
  ["says null to every block but its newest", "contradicted", withoutOlderBlocks],
  ["goes backwards", "backwards", behind(9)],
  ["has no logs of statuses", "contradicted", alteringLogs((logs) => logs.slice(0, -1))],
  [
    "hides logs of statuses, and that they are there",
    "contradicted",
    hidingLogs((logs) => logs.slice(0, -1)),
  ],
  [
    "has other blocks",
    "contradicted",
    altering("eth_getBlockByNumber", (block: { hash: string }) => {
      return { ...block, hash: `0x${"ab".repeat(32)}` };
    }),
  ],
  [
    "has other counters",
    "contradicted",
    at(
      "eth_call",
      altering("eth_call", () => `0x${"1".padStart(64, "0")}`),
    ),
  ],
];

describe("a chain of three nodes", () => {
  it.each(WEATHERS)("one of which %s is read as it is", async (_what, fault, behaviour) => {
    const { reader, nodes, ...opened } = await open();
    await until("each node has told its newest block", async () => {
      await reader.latestBlock();
      return nodes().every(({ block }) => block !== null);
    });
    proxies[1]?.behave(behaviour);
    const view = await readLedger({ reader, nodes, ...opened });
    expect(laidOpen(view.state)).toEqual(laidOpen((await viewOf(world)).state));
    await until(`it is said to be ${[fault].flat().join(" or ")}`, async () => {
      await reader.latestBlock();
      return [fault].flat().some((kind) => nodes()[1]?.fault === kind);
    });
    expect([nodes()[0]?.fault, nodes()[2]?.fault]).toEqual([null, null]);
  });

  it("one of which keeps silent is not waited for at each question", async () => {
    const three = await open();
    proxies[0]?.behave(silent);
    const began = performance.now();
    await readLedger(three);
    const questions = proxies[1]?.calls.length ?? 0;
    expect(performance.now() - began).toBeLessThan((questions * TIMEOUT_MS) / 3);
  });

  it("one of which is another chain is opened as it is, and that one named", async () => {
    proxies[1]?.behave(onChain(5));
    const { reader, nodes } = await open();
    await until("that one is named", async () => {
      await reader.latestBlock();
      return nodes()[1]?.fault === "wrong chain";
    });
    expect(nodes().map(({ fault }) => fault)).toEqual([null, "wrong chain", null]);
  });

  it("is opened while one can't be reached, and nothing of two is where they contradict each other", async () => {
    const [one, other] = proxies as [RpcProxy, RpcProxy];
    const three = await open([NOWHERE, one.url, other.url]);
    expect((await readLedger(three)).state.anchors.size).toBe(1);
    expect(three.rpc.url).toBe(one.url);
    three.close();
    const two = await open([one.url, other.url]);
    other.behave(hidingLogs(() => []));
    await expect(readLedger(two)).rejects.toMatchObject({
      code: "NODES_DISAGREE",
      // Whoever answers first is named first.
      detail: expect.stringMatching(
        `${one.url} against ${other.url}|${other.url} against ${one.url}`,
      ),
    });
  });

  it("and an address among them that is none is refused at once", async () => {
    await expect(open(["http://127.0.0.1:1", "ftp://x"])).rejects.toMatchObject({ code: "USAGE" });
  });
});
