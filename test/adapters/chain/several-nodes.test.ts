import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { openNodes } from "../../../src/adapters/chain/several-nodes.ts";
import type { SeveralNodes } from "../../../src/adapters/chain/several-nodes.ts";
import { openLedgerStore } from "../../../src/adapters/store/ledger-store.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { ChainFollower } from "../../../src/app/follow-chain.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { ZERO_HASH, emptyLedger } from "../../../src/core/ledger/state.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { ProblemCode } from "../../../src/core/problem-codes.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import type { Block, ChainReader, NodeFault } from "../../../src/ports/chain-reader.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { FINGERPRINT, blockOf, chainInMemory, spread } from "../../support/chain-in-memory.ts";
import type { ChainInMemory } from "../../support/chain-in-memory.ts";
import { laidOpen } from "../../support/laid-open.ts";
import { IDENTITY, NOW, tellUsualStory } from "../../support/ledger-story.ts";

let primitives: Primitives;
/** The usual story, two batches, statuses: a part of it before block 20, the rest up to block 40. */
let events: readonly LedgerEvent[];
let root: string;
let agency: string;
let now = NOW;
beforeAll(async () => {
  primitives = await loadPrimitives();
  const batch = issueBatch(primitives);
  const story = tellUsualStory(primitives).anchor(batch).setStatus(batch, 1, 1);
  const before = story.events.length;
  story.anchor(issueBatch(primitives, { seed: "second" })).addRule({ effect: "deny" });
  story.setStatus(batch, 2, 5).setStatus(batch, 3, 5);
  events = spread(story.events, (i) => (i < before ? i + 1 : i + 21));
  root = batch.root;
  agency = batch.plan.agency.code;
});
beforeEach(() => {
  now = NOW;
});

const HEIGHT = 60;

type Bend = (honest: ChainInMemory) => Partial<ChainReader>;

/** A node that is honest until it is bent. */
class FakeNode {
  readonly name: string;
  readonly chain: ChainInMemory;
  #bent: Partial<ChainReader> = {};
  opened = 0;
  asked = 0;
  isGone = false;

  constructor(name: string) {
    this.name = name;
    this.chain = chainInMemory(events, 20);
  }

  bend(bend: Bend | null): void {
    this.#bent = bend?.(this.chain) ?? {};
  }

  async open(): Promise<ChainReader> {
    this.opened++;
    if (this.isGone) throw new Problem("RPC_UNREACHABLE", this.name);
    return new Proxy(this.chain, {
      get: (chain, name) => {
        const member: unknown = Reflect.get({ ...chain, ...this.#bent }, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          this.asked++;
          return member.apply(chain, args) as unknown;
        };
      },
    });
  }
}

interface World {
  readonly nodes: readonly FakeNode[];
  readonly group: SeveralNodes;
  readonly follower: ChainFollower;
  grow(): void;
}

async function open(names: readonly string[], confirmations = 0): Promise<World> {
  const nodes = names.map((name) => new FakeNode(name));
  const group = await openNodes(nodes, { confirmations, now: () => now * 1_000 });
  const store = await openLedgerStore(":memory:");
  const clock = { now: () => now };
  const follower = await ChainFollower.open({
    ...{ chain: group, store, primitives, clock, confirmations },
  });
  await follower.poll();
  const grow = (): void => {
    for (const { chain } of nodes) chain.height = HEIGHT;
  };
  return { nodes, group, follower, grow };
}

function replayed(): unknown {
  const state = emptyLedger(IDENTITY);
  for (const event of events) applyEvent(state, event);
  return laidOpen(state);
}

const failing =
  (code: ProblemCode): Bend =>
  () => {
    const fail = (): Promise<never> => Promise.reject(new Problem(code, "node"));
    const calls = { latestBlock: fail, block: fail, events: fail, counters: fail };
    return { ...calls, fingerprint: fail };
  };
const never = (): Promise<never> => new Promise(() => undefined);
const other = (block: Block | null): Block | null => block && { ...block, hash: ZERO_HASH };

/** What one node of several does; what it is found to be. */
const WEATHERS: readonly (readonly [string, NodeFault | null, Bend])[] = [
  ["does not answer in time", "silent", failing("RPC_TIMEOUT")],
  ["refuses the connection", "unreachable", failing("RPC_UNREACHABLE")],
  ["answers 500, 429, half of the JSON or too much", "faulty", failing("RPC_FAULT")],
  ["lags behind", "behind", () => ({ latestBlock: async () => blockOf(25) })],
  ["goes backwards", "backwards", () => ({ latestBlock: async () => blockOf(3) })],
  ["names a block that is far ahead", null, () => ({ latestBlock: async () => blockOf(10 ** 9) })],
  [
    "has another history at the same height",
    "contradicted",
    (honest) => ({
      latestBlock: async () => other(await honest.latestBlock()) as Block,
      block: async (number) => other(await honest.block(number)),
    }),
  ],
  ["says null to every block", "contradicted", () => ({ block: async () => null })],
  [
    "keeps a revocation back, which has no number",
    "contradicted",
    (honest) => ({
      events: async (from, to) =>
        (await honest.events(from, to)).filter(({ kind }) => kind !== "CertificateStatusChanged"),
    }),
  ],
  [
    "makes a revocation up",
    "contradicted",
    (honest) => ({
      events: async (from, to) =>
        (await honest.events(from, to)).map((event) =>
          event.kind === "CertificateStatusChanged" ? { ...event, index: 9 } : event,
        ),
    }),
  ],
  ["has no events at all", "contradicted", () => ({ events: async () => [] })],
  [
    "says other counters",
    "contradicted",
    (honest) => ({
      counters: async (...args) => ({ ...(await honest.counters(...args)), sequence: 7 }),
    }),
  ],
];

const kindsOf = ({ group }: World): (NodeFault | null)[] => group.nodes().map(({ fault }) => fault);

describe("of three nodes, one", () => {
  it.each(WEATHERS)(
    "that %s does no harm: the view is right and fresh",
    async (_what, fault, bend) => {
      for (const which of [0, 1, 2]) {
        now = NOW;
        const world = await open(["http://a", "http://b", "http://c"]);
        world.grow();
        world.nodes[which]?.bend(bend);
        for (now = NOW + 7; now < NOW + 28; now += 7) await world.follower.poll();
        expect(world.follower.view).toMatchObject({ block: blockOf(HEIGHT), asOf: NOW + 21 });
        expect(laidOpen(world.follower.view?.state)).toEqual(replayed());
        const expected = [null, null, null].with(which, fault as never);
        expect(kindsOf(world)).toEqual(expected);
      }
    },
  );

  it("that never answers is not waited for, and not asked again and again", async () => {
    const world = await open(["http://a", "http://b", "http://c"]);
    const [silent] = world.nodes as [FakeNode];
    world.grow();
    const deaf = { latestBlock: never, block: never, events: never, counters: never };
    silent.bend(() => deaf);
    await world.follower.poll();
    expect(world.follower.view?.block).toEqual(blockOf(HEIGHT));
    now = NOW + 3;
    await world.follower.poll();
    const { asked } = silent;
    for (let i = 0; i < 10; i++) await world.follower.poll();
    expect(silent.asked).toBe(asked);
    expect(world.follower.view?.asOf).toBe(NOW + 3);
  });

  it("that lied about a status word is outvoted", async () => {
    const world = await open(["http://a", "http://b", "http://c"]);
    world.nodes[0]?.bend(() => ({ statusWord: async () => 0n, batchStatus: async () => 5 }));
    const block = blockOf(20);
    expect(await world.group.statusWord(agency, root, 0, block)).toBe(16n);
    expect(await world.group.batchStatus(agency, root, block)).toBe(0);
    expect(await world.group.strayEvents()).toEqual([]);
    expect(kindsOf(world)[0]).toBe("contradicted");
  });

  it("that keeps a revocation back finds no second in one that has not come so far", async () => {
    const world = await open(["http://a", "http://b", "http://c"]);
    const [liar, late] = world.nodes as [FakeNode, FakeNode];
    const last = events.findLast(({ kind }) => kind === "CertificateStatusChanged");
    const withoutLast = async (): Promise<LedgerEvent[]> => {
      return events.filter((event) => event !== last && event.position.block > 20);
    };
    world.grow();
    late.chain.height = HEIGHT - 1;
    late.bend(() => ({ events: withoutLast }));
    liar.bend(() => ({ events: withoutLast }));
    await expect(world.follower.poll()).rejects.toMatchObject({ code: "NODES_DISAGREE" });
    expect(world.follower.view?.block).toEqual(blockOf(20));
    late.bend(null);
    late.chain.height = HEIGHT;
    now = NOW + 7;
    await world.follower.poll();
    expect(laidOpen(world.follower.view?.state)).toEqual(replayed());
  });

  it("that was wrong is taken back once it says what the others say and its penalty is over", async () => {
    const world = await open(["http://a", "http://b", "http://c"]);
    world.grow();
    world.nodes[2]?.bend(() => ({ events: async () => [] }));
    await world.follower.poll();
    await Promise.resolve();
    const [, , wrong] = world.group.nodes();
    expect(wrong).toMatchObject({
      node: "http://c",
      fault: "contradicted",
      detail: "events of blocks 21 to 60",
      since: NOW,
      block: HEIGHT,
    });
    world.nodes[2]?.bend(null);
    now = NOW + 30;
    await world.follower.poll();
    expect(kindsOf(world)).toEqual([null, null, "contradicted"]);
    now = NOW + 61;
    await world.follower.poll();
    expect(world.group.nodes()[2]).toMatchObject({ fault: null, detail: "", since: NOW + 61 });
  });

  it("that can't be reached at the start is met later; of another ledger it is the wrong chain's", async () => {
    const nodes = ["http://a", "http://b", "http://c"].map((name) => new FakeNode(name));
    const [, gone, wrong] = nodes as [FakeNode, FakeNode, FakeNode];
    gone.isGone = true;
    const group = await openNodes(nodes, { confirmations: 0, now: () => now * 1_000 });
    expect((await group.latestBlock()).number).toBe(20);
    expect(group.nodes()[1]).toMatchObject({ fault: "unreachable", block: null });
    gone.isGone = false;
    wrong.bend(() => ({ identity: { ...IDENTITY, chainId: 5 } }));
    now = NOW + 5;
    await group.latestBlock();
    expect(group.nodes().map(({ fault }) => fault)).toEqual([null, null, "wrong chain"]);
    expect(gone.opened).toBe(2);
  });

  it("that has another block 0 is found when the identity is asked for", async () => {
    const nodes = ["http://a", "http://b", "http://c"].map((name) => new FakeNode(name));
    nodes[1]?.bend(() => ({ fingerprint: async () => ({ ...FINGERPRINT, genesis: ZERO_HASH }) }));
    const group = await openNodes(nodes, { confirmations: 0, now: () => now * 1_000 });
    expect(await group.fingerprint()).toEqual(FINGERPRINT);
    expect(group.nodes()[1]?.fault).toBe("contradicted");
  });
});

describe("of two nodes, one", () => {
  const wrong = WEATHERS.filter(([, fault]) => fault === "contradicted");

  it.each(wrong)(
    "that %s is enough for nothing to be taken, and both are named",
    async (_what, _fault, bend) => {
      const world = await open(["http://a", "http://b"]);
      const before = world.follower.view;
      world.grow();
      world.nodes[1]?.bend(bend);
      now = NOW + 30;
      const problem = await world.follower.poll().catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(Problem);
      expect(world.follower.view).toBe(before);
      world.nodes[1]?.bend(null);
      await world.follower.poll();
      expect(world.follower.view?.asOf).toBe(NOW + 30);
      expect(laidOpen(world.follower.view?.state)).toEqual(replayed());
    },
  );

  it("that contradicts the other is named with it", async () => {
    const world = await open(["http://a", "http://b"]);
    world.grow();
    world.nodes[1]?.bend(() => ({ events: async () => [] }));
    await expect(world.follower.poll()).rejects.toMatchObject({
      code: "NODES_DISAGREE",
      detail: "events of blocks 21 to 60: http://a against http://b",
    });
    expect(kindsOf(world)).toEqual(["contradicted", "contradicted"]);
  });

  it("that stays behind leaves the view to grow old: nobody knows which is right", async () => {
    const world = await open(["http://a", "http://b"]);
    const [ahead] = world.nodes as [FakeNode];
    ahead.chain.height = HEIGHT;
    await world.follower.poll();
    now = NOW + 6;
    await expect(world.follower.poll()).rejects.toMatchObject({
      code: "NODES_DISAGREE",
      detail: "how far the chain has come: http://a at 60, http://b at 20",
    });
    expect(world.follower.view?.asOf).toBe(NOW);
  });

  it("that is away leaves the view to grow old", async () => {
    const world = await open(["http://a", "http://b"]);
    world.nodes[0]?.bend(failing("RPC_UNREACHABLE"));
    await expect(world.follower.poll()).rejects.toMatchObject({ code: "RPC_UNREACHABLE" });
  });
});

describe("nodes that are on two branches near the tip", () => {
  it("agree about a block below, where the tip is not final", async () => {
    const world = await open(["http://a", "http://b"], 8);
    world.grow();
    world.nodes[1]?.bend((honest) => ({
      latestBlock: async () => other(await honest.latestBlock()) as Block,
      block: async (number) =>
        number > HEIGHT - 3 ? other(await honest.block(number)) : honest.block(number),
    }));
    await world.follower.poll();
    expect(world.follower.view?.block).toEqual(blockOf(HEIGHT - 4 - 8));
    expect(kindsOf(world)).toEqual([null, null]);
  });
});

describe("one node alone", () => {
  it("is believed, and asked again at once after a failure", async () => {
    const world = await open(["http://a"]);
    world.grow();
    world.nodes[0]?.bend(failing("RPC_TIMEOUT"));
    await expect(world.follower.poll()).rejects.toMatchObject({ code: "RPC_TIMEOUT" });
    expect(world.group.nodes()).toMatchObject([{ node: "http://a", fault: "silent" }]);
    world.nodes[0]?.bend(null);
    await world.follower.poll();
    expect(world.follower.view?.block).toEqual(blockOf(HEIGHT));
    expect(world.group.nodes()).toMatchObject([{ fault: null, block: HEIGHT }]);
  });

  it("is asked about a block that it was not known to have", async () => {
    const { group, nodes } = await open(["http://a"]);
    (nodes[0] as FakeNode).chain.height = HEIGHT;
    expect(await group.block(HEIGHT)).toEqual(blockOf(HEIGHT));
    expect(await group.events(21, HEIGHT)).toEqual(
      events.filter(({ position }) => position.block > 20),
    );
  });

  it("that can't be opened is named", async () => {
    const gone = new FakeNode("http://a");
    gone.isGone = true;
    await expect(openNodes([gone], { confirmations: 0 })).rejects.toMatchObject({
      code: "RPC_UNREACHABLE",
    });
  });
});
