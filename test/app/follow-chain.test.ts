import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { openLedgerStore } from "../../src/adapters/store/ledger-store.ts";
import type { LedgerFile } from "../../src/adapters/store/ledger-store.ts";
import { ChainFollower } from "../../src/app/follow-chain.ts";
import { verifyPresentation } from "../../src/app/verify-presentation.ts";
import type { LedgerEvent } from "../../src/core/ledger/events.ts";
import { applyEvent } from "../../src/core/ledger/reduce.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { ZERO_HASH, batchKey, emptyLedger } from "../../src/core/ledger/state.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { ChainReader } from "../../src/ports/chain-reader.ts";
import type { Cursor } from "../../src/ports/ledger-store.ts";
import type { ChainInMemory } from "../support/chain-in-memory.ts";
import { FINGERPRINT, blockOf, chainInMemory, spread } from "../support/chain-in-memory.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import type { IssuedBatch } from "../support/issued-batch.ts";
import { HANGZHOU, IDENTITY, NOW, T0, tellUsualStory } from "../support/ledger-story.ts";
import { laidOpen } from "../support/laid-open.ts";
import { fileOf } from "../support/present.ts";
import { outcomesOf } from "../support/outcomes.ts";

let primitives: Primitives;
/** The usual story, two batches, statuses: one event in each block from 1. */
let events: readonly LedgerEvent[];
let batch: IssuedBatch;
let last: IssuedBatch;
let now = NOW;
const clock = { now: () => now };

beforeAll(async () => {
  primitives = await loadPrimitives();
  batch = issueBatch(primitives);
  last = issueBatch(primitives, { seed: "last" });
  const story = tellUsualStory(primitives);
  story
    .anchor(batch)
    .setStatus(batch, 2, 1)
    .setStatus(batch, 3, 5)
    .at(T0 + 9);
  story.anchor(issueBatch(primitives, { seed: "second" })).addRule({ effect: "deny" });
  story.tell({ kind: "RuleEnded", ruleId: 2 });
  story.anchor(last);
  events = story.events;
});

const HEIGHT = 50;

async function newFollower(
  chain: ChainReader,
  changes: { confirmations?: number; store?: LedgerFile; progress?: () => void } = {},
): Promise<{ follower: ChainFollower; store: LedgerFile }> {
  const store = changes.store ?? (await openLedgerStore(":memory:"));
  const options = { chain, store, primitives, clock, confirmations: 0, ...changes };
  return { follower: await ChainFollower.open(options), store };
}

async function storedIn(store: LedgerFile): Promise<LedgerEvent[]> {
  const all: LedgerEvent[] = [];
  for await (const event of store.events(-1)) all.push(event);
  return all;
}

function replayed(list: readonly LedgerEvent[]): unknown {
  const state = emptyLedger(IDENTITY);
  for (const event of list) applyEvent(state, event);
  return laidOpen(state);
}

/** A copy that later changes do not reach. */
function copyOf(view: LedgerView | null): unknown {
  return structuredClone({ ...view, state: laidOpen(view?.state) });
}

/** The usual story with as many rules more, one in each block. */
function manyRules(count: number): { all: readonly LedgerEvent[]; height: number } {
  const story = tellUsualStory(primitives);
  for (let i = 0; i < count; i++) story.addRule({ recognising: "440300", basis: String(i) });
  return { all: story.events, height: story.events.length };
}

describe("a follower", () => {
  it("has no view until the chain was reached once, and asks nothing when it opens", async () => {
    const chain = chainInMemory(events, HEIGHT);
    const { follower } = await newFollower(chain);
    expect(follower.view).toBeNull();
    expect(chain.asked).toEqual([]);
  });

  it("takes every event, in order, and says where and how old its view is", async () => {
    const { follower, store } = await newFollower(chainInMemory(events, HEIGHT));
    await follower.poll();
    expect(follower.view).toMatchObject({ block: blockOf(HEIGHT), asOf: NOW });
    expect(laidOpen(follower.view?.state)).toEqual(replayed(events));
    expect(await storedIn(store)).toEqual(events);
    expect(await store.cursor()).toEqual({
      ...blockOf(HEIGHT),
      identity: IDENTITY,
      fingerprint: FINGERPRINT,
      asOf: NOW,
    });
  });

  it("asks only for what is new, and is as fresh as the moment before it asked", async () => {
    const chain = chainInMemory(events, 7);
    const { follower } = await newFollower(chain);
    await follower.poll();
    chain.height = 12;
    now = NOW + 60;
    await follower.poll();
    await follower.poll();
    expect(chain.asked).toEqual([
      [1, 7],
      [8, 12],
    ]);
    expect(follower.view).toMatchObject({ block: blockOf(12), asOf: NOW + 60 });
    now = NOW;
  });

  it("begins again after a restart where its store ends, with the same state", async () => {
    const chain = chainInMemory(events, 20);
    const first = await newFollower(chain);
    await first.follower.poll();
    chain.asked.length = 0;
    chain.height = HEIGHT;
    const { follower } = await newFollower(chain, { store: first.store });
    expect(chain.asked).toEqual([]);
    await follower.poll();
    expect(chain.asked).toEqual([[21, HEIGHT]]);
    expect(laidOpen(follower.view?.state)).toEqual(replayed(events));
  });

  it("shows what its store holds before the chain is asked, as old as when the chain confirmed it", async () => {
    const chain = chainInMemory(events, 20);
    const first = await newFollower(chain);
    await first.follower.poll();
    now = NOW + 100;
    const { follower } = await newFollower(chain, { store: first.store });
    expect(follower.view).toMatchObject({ block: blockOf(20), asOf: NOW });
    expect(laidOpen(follower.view?.state)).toEqual(laidOpen(first.follower.view?.state));
    now = NOW - 100;
    const early = await newFollower(chain, { store: first.store });
    expect(early.follower.view?.asOf).toBe(NOW - 100);
    const cursor = { ...blockOf(20), identity: IDENTITY, fingerprint: FINGERPRINT };
    await first.store.append([], cursor);
    now = NOW;
    const older = await newFollower(chain, { store: first.store });
    expect(older.follower.view?.asOf).toBe(cursor.time);
  });

  it.each([
    ["whose block was replaced", { block: async () => blockOf(9) }, "CHAIN_REORGANISED"],
    [
      "that is another",
      { fingerprint: async () => ({ ...FINGERPRINT, genesis: ZERO_HASH }) },
      "WRONG_CHAIN",
    ],
  ])("no longer shows it to anybody once a chain %s contradicts it", async (_what, bent, code) => {
    const chain = chainInMemory(events, 20);
    const first = await newFollower(chain);
    await first.follower.poll();
    const { follower } = await newFollower(
      { ...chainInMemory(events, HEIGHT), ...bent },
      { store: first.store },
    );
    expect(follower.view).not.toBeNull();
    await expect(follower.poll()).rejects.toMatchObject({ code });
    expect(follower.view).toBeNull();
  });

  it("begins again from a snapshot, and folds only what came after it", async () => {
    const chain = chainInMemory(events, 12);
    const first = await newFollower(chain);
    await first.follower.poll();
    const cursor = (await first.store.cursor()) as Cursor;
    const state = (first.follower.view as LedgerView).state;
    await first.store.saveSnapshot({ state, cursor });
    chain.height = HEIGHT;
    await first.follower.poll();
    const asked: number[] = [];
    const watched = {
      ...first.store,
      events: (after: number) => (asked.push(after), first.store.events(after)),
    };
    const { follower } = await newFollower(chain, { store: watched });
    expect(asked).toEqual([12]);
    await follower.poll();
    expect(laidOpen(follower.view?.state)).toEqual(replayed(events));
  });

  it("has no view of a snapshot that the contracts contradict, and folds the events instead", async () => {
    const chain = chainInMemory(events, HEIGHT);
    const first = await newFollower(chain);
    await first.follower.poll();
    const cursor = (await first.store.cursor()) as Cursor;
    const state = { ...(first.follower.view as LedgerView).state, sequence: 1 };
    await first.store.saveSnapshot({ state, cursor });
    const { follower } = await newFollower(chain, { store: first.store });
    await expect(follower.poll()).rejects.toMatchObject({ code: "CHAIN_INCONSISTENT" });
    expect(follower.view).toBeNull();
    await follower.poll();
    expect(laidOpen(follower.view?.state)).toEqual(replayed(events));
  });

  it("keeps a snapshot when it is asked to and enough has happened", async () => {
    const few = await newFollower(chainInMemory(events, HEIGHT));
    await few.follower.keep();
    await few.follower.poll();
    await few.follower.keep();
    expect(await few.store.snapshot()).toBeNull();
    const { all, height } = manyRules(1_000);
    const many = await newFollower(chainInMemory(all, height));
    await many.follower.poll();
    await many.follower.keep();
    const snapshot = await many.store.snapshot();
    expect(snapshot?.cursor.number).toBe(height);
    expect(laidOpen(snapshot?.state)).toEqual(replayed(all));
  });

  it.each([
    ["another chain", { ...IDENTITY, chainId: 1 }],
    ["another deployment", { ...IDENTITY, directory: `0x${"77".repeat(20)}` }],
  ])("refuses the store of %s: WRONG_CHAIN", async (_what, identity) => {
    const { follower, store } = await newFollower(chainInMemory(events, HEIGHT));
    await follower.poll();
    const other = newFollower(chainInMemory(events, HEIGHT, identity), { store });
    await expect(other).rejects.toMatchObject({
      code: "WRONG_CHAIN",
      detail: expect.stringContaining("31337"),
    });
  });

  it("waits for a chain that has no final block yet", async () => {
    const chain = chainInMemory(events, 2);
    const { follower, store } = await newFollower(chain, { confirmations: 5 });
    await follower.poll();
    expect(follower.view).toMatchObject({ block: blockOf(2), asOf: NOW });
    expect(follower.view?.state.agencies.size).toBe(0);
    expect(await store.cursor()).toBeNull();
  });

  it("tells how far it has come, step by step", async () => {
    const told: number[] = [];
    const progress = (...[, done]: [string?, number?]): void => void told.push(done as number);
    const { follower } = await newFollower(chainInMemory([], 4_500), { progress });
    await follower.poll();
    expect(told).toEqual([250, 750, 1_750, 3_750, 4_500]);
  });

  it("arrives at the same state in steps of any size, with restarts between", async () => {
    const steps = fc.array(
      fc.record({ by: fc.integer({ min: 0, max: 2_500 }), restarts: fc.boolean() }),
    );
    const gaps = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        steps,
        gaps,
        fc.integer({ min: 0, max: 6 }),
        async (moves, by, confirmations) => {
          let at = 1;
          const blocks = events.map((_event, i) => (at += by[i] as number));
          const apart = spread(events, (i) => blocks[i] as number);
          const chain = chainInMemory(apart, 1);
          const { store, ...first } = await newFollower(chain, { confirmations });
          let { follower } = first;
          for (const { by: blocksOn, restarts } of moves) {
            chain.height = Math.min(chain.height + blocksOn, at);
            await follower.poll();
            if (restarts) ({ follower } = await newFollower(chain, { store, confirmations }));
          }
          chain.height = at + confirmations;
          await follower.poll();
          expect(laidOpen(follower.view?.state)).toEqual(replayed(apart));
          expect(await storedIn(store)).toEqual(apart);
          const from = chain.asked.map(([first]) => first);
          expect(from).toEqual(from.toSorted((a, b) => a - b));
          await store.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

type Lie = (honest: ChainInMemory) => Partial<ChainReader>;

const eventsThrough =
  (change: (events: LedgerEvent[]) => LedgerEvent[]): Lie =>
  (honest) => ({ events: async (from, to) => change(await honest.events(from, to)) });
const isOf =
  (kind: LedgerEvent["kind"]) =>
  (event: LedgerEvent): boolean =>
    event.kind === kind;
const without = (kind: LedgerEvent["kind"]): Lie =>
  eventsThrough((all) => all.toSpliced(all.findLastIndex(isOf(kind)), 1));

const LIES: readonly (readonly [string, Lie])[] = [
  ["goes backwards", () => ({ latestBlock: async () => blockOf(19) })],
  [
    "replaces the last block while it is read",
    (honest) => {
      let times = 0;
      return {
        block: async (number) =>
          number === HEIGHT && ++times > 1
            ? { ...blockOf(HEIGHT), hash: ZERO_HASH }
            : honest.block(number),
      };
    },
  ],
  [
    "has no block where the follower stood",
    (honest) => ({
      block: async (number) => (number === 20 ? null : honest.block(number)),
    }),
  ],
  [
    "has no block where it says its history ends",
    (honest) => ({
      block: async (number) => (number === HEIGHT ? null : honest.block(number)),
    }),
  ],
  ["drops an anchor", without("BatchAnchored")],
  [
    "drops the first of the new anchors",
    eventsThrough((all) => all.toSpliced(all.findIndex(isOf("BatchAnchored")), 1)),
  ],
  ["drops a rule", without("RuleAdded")],
  ["drops the last event of a contract", without("RuleEnded")],
  ["drops everything", eventsThrough(() => [])],
  ["drops the last event", eventsThrough((all) => all.slice(0, -1))],
  [
    "gives an anchor twice",
    eventsThrough((all) =>
      all.flatMap((event) => (isOf("BatchAnchored")(event) ? [event, event] : [event])),
    ),
  ],
  [
    "gives a rule twice",
    eventsThrough((all) =>
      all.flatMap((event) => (isOf("RuleAdded")(event) ? [event, event] : [event])),
    ),
  ],
  [
    "gives a status twice",
    eventsThrough((all) =>
      all.flatMap((event) => (isOf("CertificateStatusChanged")(event) ? [event, event] : [event])),
    ),
  ],
  ["gives events in the wrong order", eventsThrough((all) => all.toReversed())],
  [
    "gives an event of a block that was not asked for",
    eventsThrough((all) =>
      all.map((event) => ({ ...event, position: { ...event.position, block: 19 } })),
    ),
  ],
  [
    "gives an event of a later block",
    eventsThrough((all) =>
      all.map((event, i) =>
        i < all.length - 1
          ? event
          : { ...event, position: { ...event.position, block: HEIGHT + 1 } },
      ),
    ),
  ],
  [
    "alters a root",
    eventsThrough((all) =>
      all.map((event) => (event.kind === "BatchAnchored" ? { ...event, root: ZERO_HASH } : event)),
    ),
  ],
  [
    "alters a size",
    eventsThrough((all) =>
      all.map((event) =>
        event.kind === "BatchAnchored" ? { ...event, size: event.size + 1 } : event,
      ),
    ),
  ],
  [
    "alters a time",
    eventsThrough((all) =>
      all.map((event) =>
        event.kind === "BatchAnchored" ? { ...event, time: event.time + 1 } : event,
      ),
    ),
  ],
  [
    "alters a head",
    eventsThrough((all) =>
      all.map((event) => (event.kind === "BatchAnchored" ? { ...event, head: ZERO_HASH } : event)),
    ),
  ],
  [
    "alters a number",
    eventsThrough((all) =>
      all.map((event) =>
        "sequence" in event ? { ...event, sequence: event.sequence + 1 } : event,
      ),
    ),
  ],
  [
    "makes up an anchor",
    eventsThrough((all) => [
      ...all,
      {
        ...(all.findLast(isOf("BatchAnchored")) as LedgerEvent),
        position: { block: HEIGHT, logIndex: 9, time: 0, transaction: ZERO_HASH },
      },
    ]),
  ],
];

describe("a node that lies or is broken is CHAIN_INCONSISTENT; view, state and store stay as they were", () => {
  it.each(LIES)("it %s", async (_what, lie) => {
    // The story has its statuses, anchors and rules after block 14.
    const chain = chainInMemory(
      spread(events, (i) => (i < 12 ? i + 1 : i + 12)),
      20,
    );
    const bent: ChainReader & ChainInMemory = { ...chain };
    const { follower, store } = await newFollower(bent);
    await follower.poll();
    const before = copyOf(follower.view);
    const stored = await storedIn(store);
    chain.height = HEIGHT;
    bent.height = HEIGHT;
    Object.assign(bent, { latestBlock: chain.latestBlock, block: chain.block }, lie(chain));
    now = NOW + 600;
    await expect(follower.poll()).rejects.toMatchObject({ code: "CHAIN_INCONSISTENT" });
    expect(copyOf(follower.view)).toEqual(before);
    expect(await storedIn(store)).toEqual(stored);
    expect((await store.cursor())?.number).toBe(20);
    Object.assign(bent, chain);
    bent.latestBlock = async () => blockOf(HEIGHT);
    await follower.poll();
    expect(follower.view?.asOf).toBe(NOW + 600);
    expect(laidOpen(follower.view?.state)).toEqual(replayed(await storedIn(store)));
    now = NOW;
  });

  it("also when what is missing lies many steps back: nothing of any step is kept", async () => {
    const apart = spread(events, (i) => 1 + i * 600);
    const height = events.length * 600;
    const chain = chainInMemory(apart, height);
    const liar: ChainInMemory = { ...chain };
    Object.assign(liar, {
      events: async (from: number, to: number) => {
        return (await chain.events(from, to)).filter((event) => event.kind !== "RuleEnded");
      },
    });
    const { follower, store } = await newFollower(liar);
    await expect(follower.poll()).rejects.toMatchObject({ code: "CHAIN_INCONSISTENT" });
    expect(follower.view).toBeNull();
    expect(await store.cursor()).toBeNull();
    expect(await storedIn(store)).toEqual([]);
    Object.assign(liar, chain);
    await follower.poll();
    expect(laidOpen(follower.view?.state)).toEqual(replayed(apart));
  });

  it("and another block where one was final is CHAIN_REORGANISED, until it is there again", async () => {
    const chain = chainInMemory(events, 20);
    const bent = { ...chain };
    const { follower } = await newFollower(bent);
    await follower.poll();
    const before = follower.view;
    bent.latestBlock = async () => ({ ...blockOf(20), hash: ZERO_HASH });
    now = NOW + 600;
    await expect(follower.poll()).rejects.toMatchObject({
      code: "CHAIN_REORGANISED",
      detail: `block 20 is no longer ${blockOf(20).hash}`,
    });
    expect(follower.view).toBe(before);
    bent.latestBlock = chain.latestBlock;
    await follower.poll();
    expect(follower.view?.asOf).toBe(NOW + 600);
    now = NOW;
  });

  it("also when it fails while what is not final yet is asked for", async () => {
    const chain = chainInMemory(events, 20);
    const bent = { ...chain };
    const { follower } = await newFollower(bent, { confirmations: 3 });
    await follower.poll();
    const before = copyOf(follower.view);
    chain.height = HEIGHT;
    bent.latestBlock = chain.latestBlock;
    bent.block = chain.block;
    bent.events = async (from, to) => {
      if (to > HEIGHT - 3) throw new Error("gone");
      return chain.events(from, to);
    };
    await expect(follower.poll()).rejects.toThrow("gone");
    expect(copyOf(follower.view)).toEqual(before);
  });

  it("and a store that can't be written leaves the view as it was, and the next poll takes the same", async () => {
    const chain = chainInMemory(events, HEIGHT);
    const store = await openLedgerStore(":memory:");
    let isFull = true;
    const append: LedgerFile["append"] = async (...args) => {
      if (isFull) throw new Error("disk full");
      return store.append(...args);
    };
    const { follower } = await newFollower(chain, { store: { ...store, append } });
    await expect(follower.poll()).rejects.toThrow("disk full");
    expect(follower.view).toBeNull();
    isFull = false;
    await follower.poll();
    expect(laidOpen(follower.view?.state)).toEqual(replayed(events));
  });
});

describe("a history that is longer than one step", () => {
  /** One event in every hundredth block. */
  const apartBy100 = (): { chain: ChainInMemory; apart: LedgerEvent[] } => {
    const apart = spread(events, (i) => 1 + i * 100);
    return { chain: chainInMemory(apart, events.length * 100), apart };
  };
  const STEPS = [
    [1, 250],
    [251, 750],
    [751, 1_750],
  ];

  /** Fails at the third step. */
  async function broken(): Promise<{
    chain: ChainInMemory;
    apart: LedgerEvent[];
    store: LedgerFile;
  }> {
    const { chain, apart } = apartBy100();
    const failing: ChainInMemory = { ...chain };
    Object.assign(failing, {
      events: async (from: number, to: number) => {
        if (from > 750) throw new Error("gone");
        return chain.events(from, to);
      },
    });
    const { follower, store } = await newFollower(failing);
    await expect(follower.poll()).rejects.toThrow("gone");
    expect(follower.view).toBeNull();
    expect(await store.cursor()).toBeNull();
    expect(await store.ahead()).toEqual(blockOf(750));
    expect(await storedIn(store)).toEqual(apart.filter(({ position }) => position.block <= 750));
    return { chain, apart, store };
  }

  it("is kept step by step, judged on only in the end, and not asked for again after a restart", async () => {
    const { chain, apart, store } = await broken();
    chain.asked.length = 0;
    const { follower } = await newFollower(chain, { store });
    expect(chain.asked).toEqual([]);
    await follower.poll();
    expect(chain.asked[0]).toEqual([751, 1_000]);
    expect(laidOpen(follower.view?.state)).toEqual(replayed(apart));
    expect(await storedIn(store)).toEqual(apart);
    expect(await store.ahead()).toBeNull();
  });

  it("is read anew where the blocks of its steps are replaced before the end is reached", async () => {
    const { chain, apart, store } = await broken();
    const moved: ChainInMemory = { ...chain };
    moved.block = async (number) =>
      number === 750 ? { ...blockOf(750), hash: ZERO_HASH } : chain.block(number);
    const { follower } = await newFollower(moved, { store });
    await expect(follower.poll()).rejects.toMatchObject({ code: "CHAIN_REORGANISED" });
    expect(await store.ahead()).toBeNull();
    expect(await storedIn(store)).toEqual([]);
    chain.asked.length = 0;
    await follower.poll();
    expect(chain.asked.slice(0, 3)).toEqual(STEPS);
    expect(laidOpen(follower.view?.state)).toEqual(replayed(apart));
  });

  it("leaves a view as it was until its end is confirmed", async () => {
    const { chain, apart } = apartBy100();
    const height = chain.height;
    chain.height = 100;
    const bent = { ...chain };
    const { follower, store } = await newFollower(bent);
    await follower.poll();
    const before = copyOf(follower.view);
    chain.height = height;
    bent.latestBlock = chain.latestBlock;
    const honest = chain.counters;
    bent.counters = async (block, ...args) => ({ ...(await honest(block, ...args)), sequence: 9 });
    bent.block = chain.block;
    await expect(follower.poll()).rejects.toMatchObject({ code: "CHAIN_INCONSISTENT" });
    expect(copyOf(follower.view)).toEqual(before);
    expect((await store.cursor())?.number).toBe(100);
    expect(await storedIn(store)).toEqual(apart.slice(0, 1));
    bent.counters = honest;
    await follower.poll();
    expect(laidOpen(follower.view?.state)).toEqual(replayed(apart));
  });

  /** A status of one batch that is set and lifted, again and again. */
  const manyStatuses = (count: number): LedgerEvent[] => {
    const [first] = events.filter(isOf("CertificateStatusChanged")) as [
      Extract<LedgerEvent, { kind: "CertificateStatusChanged" }>,
    ];
    const last = events.length;
    return Array.from({ length: count }, (_, i) => {
      const position = { ...first.position, block: last + 1 + (i >> 4), logIndex: i & 15 };
      return { ...first, status: i & 1, position };
    });
  };

  it("is read again from the store where it is too much to be held, and by a restart as well", async () => {
    const all = [...spread(events, (i) => 1 + i), ...manyStatuses(30_000)];
    const chain = chainInMemory(all, all.at(-1)?.position.block ?? 0);
    const confirmed = await chain.counters(blockOf(chain.height));
    Object.assign(chain, { counters: async () => confirmed });
    const { follower, store } = await newFollower(chain);
    let isFull = true;
    const read = store.events;
    store.events = (...range) => {
      if (isFull) throw new Error("disk gone");
      return read(...range);
    };
    await expect(follower.poll()).rejects.toThrow("disk gone");
    expect(follower.view).toBeNull();
    isFull = false;
    await follower.poll();
    expect(follower.view?.block.number).toBe(chain.height);
    expect(laidOpen(follower.view?.state)).toEqual(replayed(all));
    const again = await newFollower(chain, { store });
    await again.follower.poll();
    expect(laidOpen(again.follower.view?.state)).toEqual(replayed(all));
  });
});

describe("a batch in a block that is not final yet", () => {
  const question = { region: HANGZHOU.region };

  async function judge(
    follower: ChainFollower,
    certificate: IssuedBatch,
  ): Promise<Record<string, string>> {
    const replays = { isFirstUse: () => Promise.resolve(true) };
    const options = { primitives, clock, replays, maxLedgerAge: 60 };
    const given = fileOf(certificate.certificates[0] as never);
    const { verdict } = await verifyPresentation(options, follower.view, given, question);
    return { verdict: verdict.verdict, ...outcomesOf(verdict) };
  }

  it("is ANCHOR_NOT_FINAL, neither accepted nor called forged, and accepted once it is", async () => {
    const height = events.length;
    const chain = chainInMemory(events, height + 2);
    const { follower } = await newFollower(chain, { confirmations: 3 });
    await follower.poll();
    expect(follower.view?.pending).toEqual(new Set([batchKey(last.plan.agency.code, last.root)]));
    expect(await judge(follower, last)).toMatchObject({
      verdict: "indeterminate",
      anchor: "unknown: ANCHOR_NOT_FINAL",
    });
    expect((await judge(follower, batch))["anchor"]).toBe("pass");
    chain.height = height + 3;
    await follower.poll();
    expect(follower.view?.pending).toEqual(new Set());
    expect(await judge(follower, last)).toMatchObject({ anchor: "pass" });
  });

  it("and a view that was not confirmed for too long is CHAIN_STALE, whatever is asked", async () => {
    const { follower } = await newFollower(chainInMemory(events, HEIGHT));
    await follower.poll();
    now = NOW + 61;
    expect(await judge(follower, batch)).toMatchObject({
      verdict: "indeterminate",
      anchor: "unknown: CHAIN_STALE",
    });
    now = NOW;
  });
});
