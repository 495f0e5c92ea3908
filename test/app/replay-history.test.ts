import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogDescription } from "ethers";
import { chainReader } from "../../src/adapters/chain/chain-reader.ts";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { interfaceOf } from "../../src/adapters/chain/contracts.ts";
import type { ContractName } from "../../src/adapters/chain/contracts.ts";
import { openLedgerStore } from "../../src/adapters/store/ledger-store.ts";
import { ChainFollower } from "../../src/app/follow-chain.ts";
import { replayHistory } from "../../src/app/replay-history.ts";
import type { Replay } from "../../src/app/replay-history.ts";
import { ZERO_HASH } from "../../src/core/ledger/state.ts";
import type { ChainReader } from "../../src/ports/chain-reader.ts";
import { chainInMemory, spread } from "../support/chain-in-memory.ts";
import { tellUsualStory } from "../support/ledger-story.ts";
import type { ChainWorld } from "../support/chain-world.ts";
import {
  SHANGHAI,
  USUAL_RULE,
  allEvents,
  anchorRoots,
  callContract,
  startChainWorld,
  systemClock,
} from "../support/chain-world.ts";
import type { Behaviour, RpcLog } from "../support/rpc-proxy.ts";
import {
  altering,
  alteringLogs,
  at,
  behind,
  resetting,
  silent,
  withoutBlocks,
} from "../support/rpc-proxy.ts";

let world: ChainWorld;
let roots: string[];

beforeAll(async () => {
  world = await startChainWorld();
  roots = [];
  for (const seed of ["first", "second", "third"]) {
    roots.push(...(await anchorRoots(world, seed)));
    // The next in another second, so that whichever changes its place has another time too.
    await sleep(1_100);
  }
  const agency = codeToChain(SHANGHAI.code);
  const status = (index: number, to: number): Promise<void> =>
    callContract(world, "StatusRegistry", "setStatus", [agency, roots[1], index, to, 1, 0]);
  await status(3, 1);
  await status(70, 5);
  await callContract(world, "StatusRegistry", "setBatchStatus", [agency, roots[2], 1, 1, 0]);
  await world.governance.addRule({ ...USUAL_RULE, effect: "deny" });
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

const audited = (): ChainReader => chainReader(world.proxiedDeployment, { isAudited: true });
const audit = (): Promise<Replay> => replayHistory(audited(), world.primitives);

function topicOf(contract: ContractName, event: string): string {
  return interfaceOf(contract).getEvent(event)?.topicHash as string;
}

const isOf =
  (contract: ContractName, event: string) =>
  ({ topics }: RpcLog): boolean =>
    topics[0] === topicOf(contract, event);

/** Leaves out the n-th log of an event, counted from 0; negative from the end. */
function dropping(contract: ContractName, event: string, n: number): Behaviour {
  return alteringLogs((logs) => {
    const left = logs.filter(isOf(contract, event)).at(n);
    return logs.filter((log) => log !== left);
  });
}

/** Alters members of the n-th log of an event, as the contract itself would have written them. */
function rewriting(
  contract: ContractName,
  event: string,
  n: number,
  changes: Record<string, unknown>,
): Behaviour {
  return alteringLogs((logs) => {
    const altered = logs.filter(isOf(contract, event)).at(n);
    return logs.map((log) =>
      log === altered ? { ...log, ...rewritten(contract, log, changes) } : log,
    );
  });
}

function rewritten(
  contract: ContractName,
  log: RpcLog,
  changes: Record<string, unknown>,
): Pick<RpcLog, "topics" | "data"> {
  const abi = interfaceOf(contract);
  const { fragment, args } = abi.parseLog(log) as LogDescription;
  const values = fragment.inputs.map(
    ({ name }) => changes[name] ?? (args.getValue(name) as unknown),
  );
  return abi.encodeEventLog(fragment, values);
}

describe("a clean history", () => {
  it("has no finding, and arrives at the chain's own head at its newest block", async () => {
    const told: string[] = [];
    const replay = await replayHistory(audited(), world.primitives, (stage, done, total) => {
      told.push(`${stage} ${String(done)}/${String(total)}`);
    });
    const block = await world.reader.latestBlock();
    expect(replay.findings).toEqual([]);
    expect(replay.block).toEqual(block);
    expect(replay.events).toBe((await allEvents(world)).length);
    expect(replay.state.head).toBe((await world.reader.counters(block)).head);
    const blocks = String(block.number + 1);
    expect(told).toEqual([
      `blocks ${blocks}/${blocks}`,
      "statuses 1/3",
      "statuses 2/3",
      "statuses 3/3",
    ]);
  });

  it("is read in steps, whatever lies between its events", async () => {
    const { events } = tellUsualStory(world.primitives);
    const chain = chainInMemory(
      spread(events, (i) => 1 + i * 900),
      13_000,
    );
    const replay = await replayHistory(chain, world.primitives);
    expect(replay).toMatchObject({ findings: [], events: events.length });
    expect(chain.asked[0]).toEqual([1, 250]);
    expect(chain.asked.at(-1)).toEqual([11_751, 13_000]);
  });
});

const SEEDED: readonly (readonly [string, () => Behaviour, readonly string[], RegExp])[] = [
  [
    "an anchor in the middle is dropped",
    () => dropping("BatchAnchor", "BatchAnchored", 1),
    ["SEQUENCE_GAP", "STATUS_WITHOUT_CERTIFICATE", "STATUS_WITHOUT_CERTIFICATE"],
    /^block \d+, log \d+, BatchAnchored: BatchAnchor: 3, expected 2$/,
  ],
  [
    "an anchor is there twice",
    () =>
      alteringLogs((logs) =>
        logs.flatMap((log) =>
          isOf("BatchAnchor", "BatchAnchored")(log) &&
          JSON.stringify(log).includes(roots[2]?.slice(2) as string)
            ? [log, log]
            : [log],
        ),
      ),
    ["SEQUENCE_GAP", "DUPLICATE_ANCHOR"],
    /BatchAnchored: BatchAnchor: 3, expected 4$/,
  ],
  [
    "a root is altered",
    () => rewriting("BatchAnchor", "BatchAnchored", 0, { root: `0x${"ee".repeat(32)}` }),
    ["HEAD_MISMATCH"],
    /^block \d+, log \d+, BatchAnchored: BatchAnchor: 0x/,
  ],
  [
    "the last anchor's head is altered",
    () => rewriting("BatchAnchor", "BatchAnchored", -1, { head: `0x${"ab".repeat(32)}` }),
    ["HEAD_MISMATCH", "COUNTER_MISMATCH"],
    /^block \d+, log \d+, BatchAnchored: BatchAnchor: 0xabab/,
  ],
  [
    "two anchors changed places",
    () =>
      alteringLogs((logs) => {
        const [a, b] = logs.filter(isOf("BatchAnchor", "BatchAnchored")) as [RpcLog, RpcLog];
        const place = ({ blockNumber, blockTimestamp, logIndex }: RpcLog) => ({
          blockNumber,
          logIndex,
          ...(blockTimestamp !== undefined && { blockTimestamp }),
        });
        return logs.map((log) =>
          log === a ? { ...a, ...place(b) } : log === b ? { ...b, ...place(a) } : log,
        );
      }),
    ["SEQUENCE_GAP", "TIME_MISMATCH"],
    /BatchAnchored: BatchAnchor: 2, expected 1$/,
  ],
  [
    "the last anchor is dropped, which leaves no gap",
    () => dropping("BatchAnchor", "BatchAnchored", -1),
    ["STATUS_WITHOUT_CERTIFICATE", "COUNTER_MISMATCH", "COUNTER_MISMATCH"],
    /BatchStatusChanged: /,
  ],
  [
    "the last rule is dropped",
    () => dropping("RecognitionPolicy", "RuleAdded", -1),
    ["COUNTER_MISMATCH"],
    /^RecognitionPolicy number at block \d+: replayed 1, the contract says 2$/,
  ],
  [
    "the first agency is dropped",
    () => dropping("AgencyRegistry", "AgencyRegistered", 0),
    ["SEQUENCE_GAP", "ANCHOR_NOT_AUTHORISED"],
    /^block \d+, log \d+, EntitlementGranted: AgencyRegistry: 2, expected 1$/,
  ],
  [
    "a type is dropped",
    () => dropping("CertificateCatalog", "TypePublished", 0),
    ["SEQUENCE_GAP"],
    /TypePublished: CertificateCatalog: 2, expected 1$/,
  ],
  [
    "the status of one certificate is dropped",
    () => dropping("StatusRegistry", "CertificateStatusChanged", 1),
    ["STATUS_MISMATCH"],
    /, certificate 70: replayed 0, the contract says 5$/,
  ],
  [
    "the status of one certificate is altered",
    () => rewriting("StatusRegistry", "CertificateStatusChanged", 0, { status: 2 }),
    ["STATUS_MISMATCH"],
    /, certificate 3: replayed 2, the contract says 1$/,
  ],
  [
    "the status of a whole batch is dropped",
    () => dropping("StatusRegistry", "BatchStatusChanged", 0),
    ["STATUS_MISMATCH"],
    /, the batch: replayed 0, the contract says 1$/,
  ],
  [
    "a status is there twice",
    () =>
      alteringLogs((logs) =>
        logs.flatMap((log) =>
          isOf("StatusRegistry", "BatchStatusChanged")(log) ? [log, log] : [log],
        ),
      ),
    ["STATUS_ILLEGAL"],
    /BatchStatusChanged: the batch: 1 → 1$/,
  ],
  [
    "the authority's appointment is dropped",
    () => dropping("AuthorityRegistry", "AuthorityAppointed", 0),
    ["AUTHORITY_EXCEEDED", "STATUS_NOT_AUTHORISED", "COUNTER_MISMATCH"],
    /^block \d+, log 0, TypePublished: 0x\w{40} over 0$/,
  ],
  [
    "everything is dropped",
    () => alteringLogs(() => []),
    [
      "COUNTER_MISMATCH",
      "COUNTER_MISMATCH",
      "COUNTER_MISMATCH",
      "COUNTER_MISMATCH",
      "COUNTER_MISMATCH",
      "COUNTER_MISMATCH",
    ],
    /^BatchAnchor number at block \d+: replayed 0, the contract says 3$/,
  ],
  [
    "a time beside the logs is another",
    () =>
      alteringLogs((logs) =>
        logs.map((log) =>
          isOf("BatchAnchor", "BatchAnchored")(log) ? { ...log, blockTimestamp: "0x1" } : log,
        ),
      ),
    ["TIME_MISMATCH"],
    /BatchAnchored: \d+, block 1$/,
  ],
  [
    "the block is replaced while the audit runs",
    () =>
      altering("eth_getBlockByNumber", (block, { params }) =>
        params[0] === "latest" ? block : { ...block, hash: ZERO_HASH },
      ),
    ["REORGANISED"],
    /^block \d+: 0x0+$/,
  ],
];

describe("an auditor finds a history that is not what happened, the first thing wrong first, with its place", () => {
  it.each(SEEDED)("%s", async (_what, behaviour, codes, first) => {
    world.proxy.behave(behaviour());
    const { findings } = await audit();
    expect([...new Set(codes)].sort()).toEqual(
      [...new Set(findings.map(({ code }) => code))].sort(),
    );
    expect(findings[0]?.code).toBe(codes[0]);
    expect(`${findings[0]?.place ?? ""}: ${findings[0]?.detail ?? ""}`).toMatch(first);
  });

  it("reads the whole history the same way from a node that reorders its logs: nothing is wrong", async () => {
    world.proxy.behave(alteringLogs((logs) => logs.toReversed()));
    expect((await audit()).findings).toEqual([]);
  });

  it.each([
    ["is silent", silent, "RPC_TIMEOUT"],
    ["is gone", resetting, "RPC_UNREACHABLE"],
    ["has no blocks", withoutBlocks, "RPC_FAULT"],
    ["can't give the contracts' own counters", at("eth_call", silent), "RPC_TIMEOUT"],
  ])("finds nothing, rather than no fault, when the node %s", async (_what, behaviour, code) => {
    world.proxy.behave(behaviour);
    await expect(audit()).rejects.toMatchObject({ code });
  });

  it("finds nothing, rather than no fault, when the block is gone at the end", async () => {
    world.proxy.behave((call, forward) => {
      const isAsked = call.method === "eth_getBlockByNumber" && call.params[0] !== "latest";
      return isAsked ? { result: null } : forward();
    });
    await expect(audit()).rejects.toMatchObject({ code: "RPC_FAULT" });
  });
});

describe("a verifier that follows such a node", () => {
  async function follow(behaviour: Behaviour): Promise<unknown> {
    const store = await openLedgerStore(":memory:");
    const { primitives } = world;
    const chain = audited();
    const options = { chain, store, primitives, clock: systemClock, confirmations: 0 };
    const follower = await ChainFollower.open(options);
    world.proxy.behave(behaviour);
    const problem = await follower.poll().then(
      () => null,
      (error: unknown) => error,
    );
    expect(follower.view === null).toBe(problem !== null);
    expect((await store.cursor()) === null).toBe(problem !== null);
    await store.close();
    return problem;
  }

  /** What has no number, a follower can't miss: STATUS_MISMATCH and AUTHORITY_EXCEEDED are the auditor's to find. */
  const unnumbered = [
    "STATUS_MISMATCH",
    "STATUS_ILLEGAL",
    "AUTHORITY_EXCEEDED",
    "TIME_MISMATCH",
    "REORGANISED",
  ];

  it.each(SEEDED.filter(([, , codes]) => !unnumbered.includes(codes[0] as string)))(
    "takes nothing of it: %s",
    async (_what, behaviour) => {
      expect(await follow(behaviour())).toMatchObject({ code: "CHAIN_INCONSISTENT" });
    },
  );

  it("takes nothing from one that says null to its newest block, or has no such block", async () => {
    expect(await follow(withoutBlocks)).toMatchObject({ code: "RPC_FAULT" });
    const missing: Behaviour = (call, forward) => {
      const isAsked = call.method === "eth_getBlockByNumber" && call.params[0] !== "latest";
      return isAsked ? { result: null } : forward();
    };
    expect(await follow(missing)).toMatchObject({ code: "RPC_FAULT" });
  });

  it("keeps what it has of one that goes back to an older block", async () => {
    const store = await openLedgerStore(":memory:");
    const { primitives } = world;
    const chain = audited();
    const follower = await ChainFollower.open({
      chain,
      store,
      primitives,
      clock: systemClock,
      confirmations: 0,
    });
    await follower.poll();
    const before = follower.view;
    world.proxy.behave(behind(2));
    await expect(follower.poll()).rejects.toMatchObject({
      code: "CHAIN_INCONSISTENT",
      detail: expect.stringMatching(/^the node is at block \d+, behind \d+$/),
    });
    expect(follower.view).toBe(before);
    await store.close();
  });
});
