/** A real node whose chain replaces its newest blocks, down to many depths. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openLedgerStore } from "../../src/adapters/store/ledger-store.ts";
import type { LedgerFile } from "../../src/adapters/store/ledger-store.ts";
import { ChainFollower } from "../../src/app/follow-chain.ts";
import { batchKey } from "../../src/core/ledger/state.ts";
import { laidOpen } from "../support/laid-open.ts";
import {
  SHANGHAI,
  anchorRoots,
  mine,
  startLedgerWorld,
  systemClock,
  viewOf,
} from "../support/ledger-world.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";

let world: LedgerWorld;
let count = 0;

beforeAll(async () => {
  world = await startLedgerWorld();
  await mine(world, 300);
});
afterAll(() => world.close());

const send = (method: string, ...params: unknown[]): Promise<unknown> =>
  world.rpc.provider.send(method, params);

interface Branch {
  readonly root: string;
  /** Takes back this branch's blocks. */
  revert(): Promise<void>;
}

/** So many blocks, with a batch in the first. */
async function branch(blocks: number): Promise<Branch> {
  const snapshot = await send("evm_snapshot");
  const [root] = (await anchorRoots(world, `branch ${String(++count)}`)) as [string];
  if (blocks > 1) await mine(world, blocks - 1);
  return {
    root,
    revert: async () => {
      await send("evm_revert", snapshot);
    },
  };
}

interface Following {
  readonly follower: ChainFollower;
  readonly store: LedgerFile;
}

async function follow(confirmations: number, kept?: LedgerFile): Promise<Following> {
  const store = kept ?? (await openLedgerStore(":memory:"));
  const { reader: chain, primitives } = world;
  const options = { chain, store, primitives, clock: systemClock, confirmations };
  return { follower: await ChainFollower.open(options), store };
}

const keyOf = (root: string): string => batchKey(SHANGHAI.code, root);
const knows = ({ view }: ChainFollower, root: string): boolean | undefined =>
  view?.state.anchors.has(keyOf(root));

/** Once what came last is final. */
async function expectWhole({ follower }: Following, confirmations: number): Promise<void> {
  await anchorRoots(world, `last ${String(++count)}`);
  await mine(world, confirmations);
  await follower.poll();
  expect(laidOpen(follower.view?.state)).toEqual(laidOpen((await viewOf(world)).state));
}

const DEPTHS = [1, 2, 7, 64, 250];

describe("a chain that replaces blocks which were not final", () => {
  it.each(DEPTHS)(
    "%i of them: the batch that is gone was never judged on, the other is",
    async (depth) => {
      const following = await follow(depth);
      const { follower } = following;
      const gone = await branch(depth);
      await follower.poll();
      expect(follower.view?.pending).toEqual(new Set([keyOf(gone.root)]));
      expect(knows(follower, gone.root)).toBe(false);
      await gone.revert();
      const stays = await branch(depth);
      await follower.poll();
      expect(follower.view?.pending).toEqual(new Set([keyOf(stays.root)]));
      await mine(world, 1);
      await follower.poll();
      expect(follower.view?.pending).toEqual(new Set());
      expect([knows(follower, gone.root), knows(follower, stays.root)]).toEqual([false, true]);
      await expectWhole(following, depth);
    },
  );

  it("twice, one right after the other, with a restart between them", async () => {
    const { follower, store } = await follow(7);
    const first = await branch(7);
    await follower.poll();
    await first.revert();
    const second = await branch(5);
    await mine(world, 2);
    const again = await follow(7, store);
    await again.follower.poll();
    expect(again.follower.view?.pending).toEqual(new Set([keyOf(second.root)]));
    await second.revert();
    const third = await branch(9);
    await again.follower.poll();
    expect([first, second, third].map(({ root }) => knows(again.follower, root))).toEqual([
      false,
      false,
      true,
    ]);
    await expectWhole(again, 7);
  });
});

describe("a chain that replaces a block which was final", () => {
  it.each(DEPTHS)(
    "%i deep: CHAIN_REORGANISED until it is as it was; the view grows old, the store stays",
    async (depth) => {
      const { follower, store } = await follow(depth - 1);
      const gone = await branch(depth);
      await follower.poll();
      const { view } = follower;
      const cursor = await store.cursor();
      await gone.revert();
      const stays = await branch(depth + 3);
      for (const each of [follower, (await follow(depth - 1, store)).follower]) {
        for (let i = 0; i < 2; i++) {
          await expect(each.poll()).rejects.toMatchObject({
            code: "CHAIN_REORGANISED",
            detail: expect.stringContaining(`block ${String(cursor?.number)} is no longer`),
          });
        }
        expect(each.view).toBe(each === follower ? view : null);
      }
      expect(knows(follower, gone.root)).toBe(true);
      expect(knows(follower, stays.root)).toBe(false);
      expect(await store.cursor()).toEqual(cursor);
      await store.close();
    },
  );
});

describe("a store of a chain that another has taken the place of", () => {
  it.each([
    ["another block 0", { genesis: `0x${"1".repeat(64)}` }, /^block 0 is /],
    [
      "a contract with other code",
      { codes: { [`0x${"ab".repeat(20)}`]: "0x" } },
      /^the contract at 0x[0-9a-f]{40} has another code/,
    ],
  ])("with %s: WRONG_CHAIN, and nothing is taken", async (_what, change, detail) => {
    const { follower, store } = await follow(0);
    await follower.poll();
    const cursor = await store.cursor();
    expect(cursor?.fingerprint).toEqual(await world.reader.fingerprint());
    const chain = {
      ...world.reader,
      fingerprint: async () => ({ ...(await world.reader.fingerprint()), ...change }),
    };
    const { primitives } = world;
    const options = { chain, store, primitives, clock: systemClock, confirmations: 0 };
    const other = await ChainFollower.open(options);
    await expect(other.poll()).rejects.toMatchObject({
      code: "WRONG_CHAIN",
      detail: expect.stringMatching(detail),
    });
    expect(other.view).toBeNull();
    expect(await store.cursor()).toEqual(cursor);
  });
});
