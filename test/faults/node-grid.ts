/** Issuing through a node in bad weather, seeded; then the same command again by a good one. */
import { Transaction } from "ethers";
import type { Prng } from "../../src/app/sample/prng.ts";
import { createPrng } from "../../src/app/sample/prng.ts";
import {
  answering,
  at,
  behind,
  html,
  losingTransactions,
  resetting,
  resettingAfter,
  silent,
  truncating,
} from "../support/rpc-proxy.ts";
import type { Behaviour, RpcAnswer } from "../support/rpc-proxy.ts";
import { rpcCall } from "../support/dev-accounts.ts";
import { findWrong, openStore } from "./checks.ts";
import type { Ending } from "./issuing-pool.ts";
import type { Home, Lane } from "./lane.ts";
import { scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

/** What a node's behaviour in one run is made of. */
class Storm {
  readonly lane: Lane;
  readonly prng: Prng;
  /** How often it has behaved badly. */
  strikes = 0;

  constructor(lane: Lane, prng: Prng) {
    this.lane = lane;
    this.prng = prng;
  }
}

/** About one question in that many is answered so. */
const ODDS = 8;
const LATEST = 10;

export const WEATHERS: Readonly<Record<string, (storm: Storm) => Behaviour>> = {
  "times out": (storm) => now(storm, [silent]),
  "answers 429": (storm) => now(storm, [answering(429, "slow down")]),
  "answers 500": (storm) => now(storm, [answering(500, "internal error")]),
  "shows a page to sign in": (storm) => now(storm, [html]),
  "cuts connections": (storm) => now(storm, [resetting, resettingAfter]),
  "sends half of its answers": (storm) => now(storm, [truncating]),
  "does all of that": (storm) => {
    return now(storm, [silent, answering(429, ""), html, resetting, resettingAfter, truncating]);
  },
  "loses transactions": (storm) => losing(storm, 1 + storm.prng.below(3)),
  "mines twenty blocks later": (storm) => delaying(storm, 20),
  "reorganises once": (storm) => reorganising(storm, 1),
  "reorganises twice": (storm) => reorganising(storm, 2),
  "goes backwards": (storm) => now(storm, [behind(1 + storm.prng.below(5))], 3),
  "is another chain for a while": (storm) => {
    return elsewhere(storm, storm.prng.below(20), 1 + storm.prng.below(10));
  },
};

export interface NodeResult {
  readonly weather: string;
  readonly seed: number;
  /** What the commands ended in that were not done, in their order. */
  readonly endings: readonly string[];
  readonly wrong: readonly string[];
}

const MOST_ROUNDS = 4;
/** What tells the clerk that it is the node, and to run the same command again. */
const NODE_PROBLEMS =
  /^(RPC_\w+|NOT_CONFIRMED|NONCE_CONTESTED|CHAIN_INCONSISTENT|LEDGER_RESTARTED|WRONG_CHAIN|DIRECTORY_NOT_FOUND)$/;

export async function issueThrough(lane: Lane, weather: string, seed: number): Promise<NodeResult> {
  const storm = new Storm(lane, createPrng(`${weather} ${String(seed)}`));
  const scenario = weatherScenario(weather, seed);
  const home = await lane.begin(scenario);
  await lane.goThroughProxy(home, scenario);
  const endings: string[] = [];
  const wrong: string[] = [];
  const order = { ...home.order, timeoutMs: 400, patience: 3 };
  lane.world.proxy.behave(WEATHERS[weather]?.(storm) ?? null);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const ending = await lane.pool.issue(order);
    if (ending.kind === "done") break;
    endings.push(ending.kind === "problem" ? ending.code : ending.kind);
    if (!NODE_PROBLEMS.test(endings.at(-1) ?? "")) wrong.push(`ended in ${JSON.stringify(ending)}`);
  }
  lane.world.proxy.behave(null);
  if (storm.strikes === 0) wrong.push("the weather was good all the time");
  await cancelOthers(home);
  wrong.push(...(await wrongAfter(lane, home, await lane.pool.issue(home.order))));
  await lane.end(home);
  return { weather, seed, endings, wrong };
}

/** Only where there are blocks to wait for can one be taken away before it counts. */
function weatherScenario(weather: string, seed: number): Scenario {
  const scenario = scenarioOf(seed);
  const records = Math.min(scenario.records, 40);
  const confirmations = weather.startsWith("reorganises") ? 2 : scenario.confirmations;
  return { ...scenario, records, confirmations, supersedes: false, mining: "at once" };
}

/** Jobs that were begun for the ledger of another chain, as the clerk is told to. */
async function cancelOthers({ order, expected }: Home): Promise<void> {
  const store = await openStore(order);
  const others = (await store.jobs()).filter(({ ledger }) => ledger !== expected.ledger);
  for (const { id, state } of others) if (state === "hashed") await store.cancelJob(id);
  await store.close();
}

async function wrongAfter(
  lane: Lane,
  { order, expected }: Home,
  ending: Ending,
): Promise<string[]> {
  if (ending.kind !== "done") return [`does not end: ${JSON.stringify(ending)}`];
  return findWrong(lane.world, order, { ...expected, job: ending.job });
}

/** One of the behaviours now and then, by chance; at the latest at the tenth question. */
function now(storm: Storm, behaviours: readonly Behaviour[], odds = ODDS): Behaviour {
  let asked = 0;
  return (call, forward) => {
    const isOverdue = ++asked >= LATEST && storm.strikes === 0;
    if (storm.prng.below(odds) > 0 && !isOverdue) return forward();
    storm.strikes++;
    return storm.prng.pick(behaviours)(call, forward);
  };
}

function hashOf(raw: string): string {
  return String(Transaction.from(raw).hash);
}

/** The first few. */
function losing(storm: Storm, count: number): Behaviour {
  const lose = losingTransactions(hashOf);
  return at("eth_sendRawTransaction", (call, forward) => {
    return storm.strikes++ < count ? lose(call, forward) : forward();
  });
}

/** Takes transactions, but not into a block before so many others. */
function delaying(storm: Storm, blocks: number): Behaviour {
  const node = storm.lane.world.node.url;
  const waiting = new Set<string>();
  let mined = 0;
  return async (call, forward): Promise<RpcAnswer> => {
    if (call.method === "eth_sendRawTransaction" && mined < blocks) {
      const raw = String(call.params[0]);
      storm.strikes++;
      waiting.add(raw);
      return { result: hashOf(raw) };
    }
    if (waiting.size > 0 && mined < blocks) {
      mined++;
      await rpcCall(node, "evm_mine");
      if (mined === blocks) for (const raw of waiting) await send(node, raw);
    }
    return forward();
  };
}

async function send(node: string, raw: string): Promise<void> {
  await rpcCall(node, "eth_sendRawTransaction", raw).catch(() => undefined);
}

/** Once the receipt of the newest transaction was told, its block is no more, and another takes its place. */
function reorganising(storm: Storm, times: number): Behaviour {
  const node = storm.lane.world.node.url;
  let before = "";
  let newest = "";
  return async (call, forward) => {
    if (call.method === "eth_sendRawTransaction" && storm.strikes < times) {
      newest = hashOf(String(call.params[0]));
      before = String(await rpcCall(node, "evm_snapshot"));
    }
    const answer = await forward();
    const isReceipt = call.method === "eth_getTransactionReceipt" && answer.result !== null;
    if (!isReceipt || call.params[0] !== newest || storm.strikes === times) return answer;
    storm.strikes++;
    await rpcCall(node, "evm_revert", before);
    before = String(await rpcCall(node, "evm_snapshot"));
    await rpcCall(node, "evm_mine");
    return answer;
  };
}

/** Questions `first` to `first + count − 1` are answered by a chain on which nothing ever happened. */
function elsewhere(storm: Storm, first: number, count: number): Behaviour {
  let asked = 0;
  return async (call, forward) => {
    const n = asked++;
    if (n < first || n >= first + count) return forward();
    storm.strikes++;
    try {
      return { result: await rpcCall(await storm.lane.otherNode(), call.method, ...call.params) };
    } catch (error) {
      return { error: { code: -32000, message: (error as Error).message } };
    }
  };
}
