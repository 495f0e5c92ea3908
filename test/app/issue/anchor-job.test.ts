/** The way onto the chain when something is in it: a lossy node, a stuck or reorganised chain, somebody else. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Transaction } from "ethers";
import { Account } from "../../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../../src/adapters/chain/anchoring.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import { anchorJob } from "../../../src/app/issue/anchor-job.ts";
import { requestOf } from "../../../src/app/issue/found-batches.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { BatchAnchored, Positioned } from "../../../src/core/ledger/events.ts";
import type { AnchorRequest, SignedTransaction } from "../../../src/ports/anchoring.ts";
import type { IssueJob, OutboxTransaction } from "../../../src/ports/agency-store.ts";
import type { HashedJob } from "../../support/anchoring-world.ts";
import {
  closeSources,
  closeStores,
  hashedJob,
  quickTime,
  toolsOn,
  withoutMining,
} from "../../support/anchoring-world.ts";
import type { ChainWorld } from "../../support/chain-world.ts";
import { SHANGHAI, goodRows, mine, startChainWorld } from "../../support/chain-world.ts";
import type { Behaviour } from "../../support/rpc-proxy.ts";
import { altering, at, atCall, behind, losingTransactions } from "../../support/rpc-proxy.ts";
import { seededBytes } from "../../support/seeded.ts";

let world: ChainWorld;
let since = 0;
let seeds = 0;

beforeAll(async () => {
  world = await startChainWorld();
});
beforeEach(async () => {
  since = (await world.reader.latestBlock()).number;
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(async () => {
  await closeSources();
  await closeStores();
  await world.close();
});

const hashOf = (raw: string): string => Transaction.from(raw).hash as string;

/** Batches of one certificate each. */
function jobOf(batches: number): Promise<HashedJob> {
  return hashedJob(world, goodRows(world, batches, `anchoring ${String(++seeds)}`));
}

interface Circumstances {
  readonly patience?: number;
  readonly stuckAfter?: number;
  readonly confirmations?: number;
  readonly atPause?: (count: number) => Promise<unknown>;
}

async function anchor({ job, store, csv }: HashedJob, how: Circumstances = {}): Promise<IssueJob> {
  const { patience = 5, stuckAfter = 60, confirmations = 0, atPause } = how;
  const time = quickTime({ patience, stuckAfter }, atPause);
  return anchorJob(job, await toolsOn(world, store, csv, { ...time, confirmations }));
}

async function anchors(): Promise<Positioned<BatchAnchored>[]> {
  const { number } = await world.reader.latestBlock();
  const events = await world.reader.events(since + 1, number);
  return events.filter((event) => event.kind === "BatchAnchored");
}

/** Every batch of the job is on the chain once, and its receipt says where. */
async function expectAnchoredOnce({ job, store }: HashedJob): Promise<void> {
  const batches = await store.batches(job.id);
  const found = await anchors();
  expect(found.map(({ root }) => root).sort()).toEqual(batches.map(({ root }) => root).sort());
  for (const { root, receipt } of batches) {
    const event = found.find((one) => one.root === root);
    expect(receipt).toMatchObject({
      block: event?.position.block,
      transaction: event?.position.transaction,
      sequence: event?.sequence,
    });
  }
  expect((await store.job(job.id))?.state).toBe("confirmed");
}

function transactionsOf({ job, store }: HashedJob): Promise<readonly OutboxTransaction[]> {
  return store.outbox.transactions(job.id);
}

const statesOf = async (hashed: HashedJob): Promise<string[]> =>
  (await transactionsOf(hashed)).map(({ state }) => state);

async function withBaseFee(gwei: number): Promise<void> {
  const { provider } = world.rpc;
  const fee = `0x${(BigInt(gwei) * 1_000_000_000n).toString(16)}`;
  await provider.send("hardhat_setNextBlockBaseFeePerGas", [fee]);
  await mine(world, 1);
}

async function withCoins(coins: bigint): Promise<void> {
  const amount = `0x${(coins * 10n ** 18n).toString(16)}`;
  await world.rpc.provider.send("hardhat_setBalance", [world.operator.address, amount]);
}

/** As somebody does who has the same key elsewhere. */
const useKeyElsewhere = async (): Promise<void> => {
  await world.operator.execute({ to: world.operator.address, data: "0x" });
};

/** Nodes put blocks and transactions away when they go back to a snapshot: a reorganisation. */
const snapshot = (): Promise<string> =>
  world.rpc.provider.send("evm_snapshot", []) as Promise<string>;
const revertTo = (id: string): Promise<unknown> => world.rpc.provider.send("evm_revert", [id]);

describe("a transaction that the node loses", () => {
  it("is sent again in the same run, as it was", async () => {
    const hashed = await jobOf(1);
    world.proxy.behave(at("eth_sendRawTransaction", atCall(1, losingTransactions(hashOf))));
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["confirmed"]);
  });

  it("again and again is NOT_CONFIRMED, and sent as it was by the next run", async () => {
    const hashed = await jobOf(2);
    world.proxy.behave(losingTransactions(hashOf));
    await expect(anchor(hashed)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    expect(await statesOf(hashed)).toEqual(["sent"]);
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["confirmed"]);
  });

  it("and whose number somebody else has used is signed anew, once", async () => {
    const hashed = await jobOf(2);
    world.proxy.behave(losingTransactions(hashOf));
    await expect(anchor(hashed)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    await useKeyElsewhere();
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["replaced", "confirmed"]);
  });

  it.each(["nonce too low: next nonce 5, tx nonce 4", "already known", "replacement underpriced"])(
    "is looked for, whatever the node says as it takes it: '%s'",
    async (message) => {
      const hashed = await jobOf(1);
      const saying: Behaviour = async (_call, forward) => {
        await forward();
        return { error: { code: -32000, message } };
      };
      world.proxy.behave(at("eth_sendRawTransaction", saying));
      await anchor(hashed);
      await expectAnchoredOnce(hashed);
    },
  );
});

describe("a key that somebody else uses", () => {
  it("all the time is told as that, and the job is finished once they leave off", async () => {
    const hashed = await jobOf(1);
    world.proxy.behave(
      at("eth_sendRawTransaction", async (call) => {
        await useKeyElsewhere();
        return { result: hashOf(call.params[0] as string) };
      }),
    );
    await expect(anchor(hashed, { patience: 50 })).rejects.toMatchObject({
      code: "NONCE_CONTESTED",
      detail: expect.stringContaining(world.operator.address),
    });
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
  });

  it("and whose transaction before ours was lost: the gap is filled, and ours goes on", async () => {
    const hashed = await jobOf(1);
    const { provider } = world.rpc;
    await withoutMining(world, async () => {
      const theirs = await world.operator.sign({ to: world.operator.address, data: "0x" });
      await world.operator.send(theirs);
      await anchor(hashed, {
        patience: 20,
        stuckAfter: 3,
        atPause: async (count) => {
          if (count === 2) await provider.send("hardhat_dropTransaction", [theirs.hash]);
          if (count > 6) await mine(world, 1);
        },
      });
    });
    await expectAnchoredOnce(hashed);
    const transactions = await transactionsOf(hashed);
    expect(transactions.map(({ batches, state }) => [batches, state])).toEqual([
      [1, "confirmed"],
      [0, expect.stringMatching(/confirmed|sent/)],
    ]);
  });

  it("and whose transaction before ours stays where it is: named, not sent over", async () => {
    const hashed = await jobOf(1);
    await withoutMining(world, async () => {
      const theirs = await world.operator.sign({ to: world.operator.address, data: "0x" });
      await world.operator.send(theirs);
      const waiting = anchor(hashed, { patience: 20, stuckAfter: 3 });
      await expect(waiting).rejects.toMatchObject({
        code: "NONCE_CONTESTED",
        detail: expect.stringContaining(`number ${String(theirs.nonce)}`),
      });
    });
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
  });
});

describe("what another job signed and never sent", () => {
  it("goes out first, as it was, since its number is in front", async () => {
    const first = await jobOf(1);
    world.proxy.behave(at("eth_sendRawTransaction", losingTransactions(hashOf)));
    await expect(anchor(first)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    const rows = goodRows(world, 2, "behind another");
    world.proxy.behave(null);
    const second = await hashedJob(world, rows, first.store);
    await anchor(second);
    await anchor(first);
    expect(await statesOf(first)).toEqual(["confirmed"]);
    expect(await statesOf(second)).toEqual(["confirmed"]);
    expect(await anchors()).toHaveLength(3);
  });
});

describe("a root that is on the chain already", () => {
  async function anchorElsewhere(
    { job, store, csv }: HashedJob,
    ordinals: number[],
  ): Promise<void> {
    const { anchoring } = await toolsOn(world, store, csv);
    const batches = await store.batches(job.id);
    const requests = ordinals.map((i) => requestOf(batches[i] as never));
    const { next: nonce } = await anchoring.nonces();
    const { gas } = await anchoring.plan(requests);
    await anchoring.send(await anchoring.sign(requests, { nonce, gas }));
  }

  it("counts, whoever anchored it: nothing is sent", async () => {
    const hashed = await jobOf(2);
    await anchorElsewhere(hashed, [0, 1]);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await transactionsOf(hashed)).toEqual([]);
  });

  it("is left out, and the others are anchored", async () => {
    const hashed = await jobOf(4);
    await anchorElsewhere(hashed, [1]);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    const sizes = (await transactionsOf(hashed)).map(({ batches }) => batches);
    expect(sizes).toEqual([1, 2]);
  });

  it("as something else is a refusal that names it", async () => {
    const hashed = await jobOf(1);
    const { anchoring } = await toolsOn(world, hashed.store, hashed.csv);
    const [batch] = await hashed.store.batches(hashed.job.id);
    const other: AnchorRequest = { ...requestOf(batch as never), size: 7 };
    const { next: nonce } = await anchoring.nonces();
    await anchoring.send(await anchoring.sign([other], { nonce, gas: 200_000 }));
    await expect(anchor(hashed)).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: expect.stringContaining(`${other.root} was anchored otherwise`),
    });
  });

  it("while our transaction with it is under way: that one fails, and the rest is signed anew", async () => {
    const hashed = await jobOf(3);
    world.proxy.behave(losingTransactions(hashOf));
    await expect(anchor(hashed)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    world.proxy.behave(null);
    await anchorAsColleague(hashed, 1);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["replaced", "confirmed", "confirmed"]);
  });

  /** Another operator of the same agency. */
  async function anchorAsColleague({ job, store }: HashedJob, ordinal: number): Promise<void> {
    const key = `0x${toHex(seededBytes("colleague", 32))}`;
    const colleague = new Account(world.rpc, walletSigner(key));
    const window = { validFrom: 0, validUntil: null, basis: "测试" };
    await world.governance.addOperator(SHANGHAI.code, colleague.address, window);
    const theirs = await anchoringFor(world.deployment, colleague, SHANGHAI.code);
    const batch = (await store.batches(job.id))[ordinal];
    const { next: nonce } = await theirs.nonces();
    await theirs.send(await theirs.sign([requestOf(batch as never)], { nonce, gas: 200_000 }));
  }
});

describe("a transaction that is not mined", () => {
  it("is sent as it is and no other, where the chain takes no fees", async () => {
    const hashed = await jobOf(1);
    await withoutMining(world, async () => {
      const slow = anchor(hashed, {
        patience: 40,
        stuckAfter: 2,
        atPause: async (count) => count === 20 && mine(world, 1),
      });
      await slow;
    });
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["confirmed"]);
  });

  describe("is replaced where there are fees", () => {
    beforeEach(async () => {
      await withCoins(100n);
      await withBaseFee(8);
    });
    afterAll(async () => {
      await withBaseFee(0);
    });

    it("by the same for an eighth more of both fees, which is then mined", async () => {
      const hashed = await jobOf(2);
      await withoutMining(world, () =>
        anchor(hashed, {
          patience: 30,
          stuckAfter: 3,
          atPause: async (count) => count >= 5 && mine(world, 1),
        }),
      );
      await expectAnchoredOnce(hashed);
      const [cheap, dear] = await transactionsOf(hashed);
      expect([cheap?.state, dear?.state]).toEqual(["replaced", "confirmed"]);
      expectRaised(cheap, dear);
    });

    it("and counts all the same when the one before is mined after all", async () => {
      const hashed = await jobOf(2);
      let sent = 0;
      world.proxy.behave(
        at("eth_sendRawTransaction", (_call, forward) => {
          const message = "replacement transaction underpriced";
          return ++sent === 1 ? forward() : { error: { code: -32000, message } };
        }),
      );
      await withoutMining(world, () =>
        anchor(hashed, {
          patience: 30,
          stuckAfter: 3,
          atPause: async (count) => count >= 5 && mine(world, 1),
        }),
      );
      await expectAnchoredOnce(hashed);
      expect(await statesOf(hashed)).toEqual(["confirmed", "replaced"]);
    });

    it("at most for ten times the usual fee", async () => {
      const hashed = await jobOf(1);
      await withoutMining(world, async () => {
        const waiting = anchor(hashed, { patience: 100, stuckAfter: 1 });
        await expect(waiting).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
      });
      const offered = (await transactionsOf(hashed)).map(({ raw }) => {
        return Transaction.from(raw).maxFeePerGas ?? 0n;
      });
      const [usual = 0n] = offered;
      expect(offered.length).toBeGreaterThan(10);
      expect(offered.at(-1)).toBeLessThanOrEqual(10n * usual);
      await anchor(hashed);
      await expectAnchoredOnce(hashed);
    });

    it("an account that can't pay is told so, with what it has; funded, it goes on as signed", async () => {
      const hashed = await jobOf(1);
      await withCoins(0n);
      await expect(anchor(hashed)).rejects.toMatchObject({
        code: "INSUFFICIENT_FUNDS",
        detail: expect.stringMatching(
          new RegExp(`^${world.operator.address} has 0.0 coins, may need`),
        ),
      });
      expect(await statesOf(hashed)).toEqual(["signed"]);
      await withCoins(100n);
      await anchor(hashed);
      await expectAnchoredOnce(hashed);
      expect(await statesOf(hashed)).toEqual(["confirmed"]);
    });
  });

  function expectRaised(
    cheap: SignedTransaction | undefined,
    dear: SignedTransaction | undefined,
  ): void {
    const [old, fresh] = [cheap, dear].map((one) => Transaction.from(one?.raw));
    expect(fresh?.nonce).toBe(old?.nonce);
    expect(fresh?.data).toBe(old?.data);
    for (const fee of ["maxFeePerGas", "maxPriorityFeePerGas"] as const) {
      expect(8n * (fresh?.[fee] ?? 0n)).toBeGreaterThanOrEqual(9n * (old?.[fee] ?? 0n));
    }
  }
});

describe("a reorganisation", () => {
  it.each([1, 2])(
    "that takes the anchor away before it is final, %i times over: it is sent again",
    async (times) => {
      const hashed = await jobOf(2);
      await mine(world, 1);
      let before = await snapshot();
      await anchor(hashed, {
        confirmations: 3,
        patience: 40,
        atPause: async (count) => {
          if (count % 2 === 0 && count / 2 <= times) {
            await revertTo(before);
            before = await snapshot();
            await mine(world, 1);
            return;
          }
          if (count / 2 > times) await mine(world, 1);
        },
      });
      await expectAnchoredOnce(hashed);
      expect(await statesOf(hashed)).toEqual(["confirmed"]);
      const { number } = await world.reader.latestBlock();
      for (const { receipt } of await hashed.store.batches(hashed.job.id)) {
        expect(number - (receipt?.block ?? number)).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it("after which another block has its number: the new place counts", async () => {
    const hashed = await jobOf(1);
    const before = await snapshot();
    await anchor(hashed, {
      confirmations: 2,
      patience: 40,
      atPause: async (count) => {
        if (count === 2) {
          await revertTo(before);
          await mine(world, 5);
        }
        if (count > 2) await mine(world, 1);
      },
    });
    await expectAnchoredOnce(hashed);
  });

  it("is not what a node says that goes backwards: nothing is sent again, and it is waited for", async () => {
    const hashed = await jobOf(1);
    await anchorButNotFinal(hashed);
    world.proxy.forget();
    world.proxy.behave(async (call, forward) => {
      const isBlock = call.method === "eth_getBlockByNumber" && call.params[0] !== "latest";
      return isBlock ? { result: null } : behind(3)(call, forward);
    });
    await expect(anchor(hashed, { confirmations: 2 })).rejects.toMatchObject({
      code: "NOT_CONFIRMED",
    });
    expect(world.proxy.calls.map(({ method }) => method)).not.toContain("eth_sendRawTransaction");
    world.proxy.behave(null);
    await mine(world, 3);
    await anchor(hashed, { confirmations: 2 });
    await expectAnchoredOnce(hashed);
  });

  it("is what a block may be in that the node does not give: nothing is confirmed meanwhile", async () => {
    const hashed = await jobOf(1);
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block, { params }) =>
        params[0] === "latest" ? block : null,
      ),
    );
    await expect(anchor(hashed)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    expect(await statesOf(hashed)).toEqual(["sent"]);
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
  });

  async function anchorButNotFinal(hashed: HashedJob): Promise<void> {
    const hasty = anchor(hashed, { confirmations: 2, patience: 3 });
    await expect(hasty).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
  }
});

describe("what the node says of a mined transaction", () => {
  it("is a refusal when it was reverted and nothing is anchored; signed anew by the next run", async () => {
    const hashed = await jobOf(1);
    world.proxy.behave(async (call, forward) => {
      if (call.method === "eth_sendRawTransaction") {
        await useKeyElsewhere();
        return { result: hashOf(call.params[0] as string) };
      }
      const { result } = (await forward()) as { result: object };
      if (call.method !== "eth_getTransactionReceipt") return { result };
      return { result: await revertedReceipt(call.params[0] as string) };
    });
    await expect(anchor(hashed)).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: expect.stringMatching(/^reverted: 0x/),
    });
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    expect(await statesOf(hashed)).toEqual(["replaced", "confirmed"]);
  });

  async function revertedReceipt(hash: string): Promise<object> {
    const { provider } = world.rpc;
    const latest = (await provider.send("eth_getBlockByNumber", ["latest", false])) as {
      transactions: string[];
    };
    const mined = (await provider.send("eth_getTransactionReceipt", [
      latest.transactions[0],
    ])) as object;
    return { ...mined, transactionHash: hash, status: "0x0", logs: [] };
  }

  it("is waited for while it names neither the event nor the log: nothing is signed anew", async () => {
    const hashed = await jobOf(1);
    world.proxy.behave(
      altering("eth_getTransactionReceipt", (receipt) => receipt && { ...receipt, logs: [] }),
    );
    await expect(anchor(hashed)).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    expect(await statesOf(hashed)).toEqual(["sent"]);
    world.proxy.behave(null);
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
  });
});

describe("many batches", () => {
  it("go into as many transactions as a block's gas allows, several under way at once", async () => {
    const hashed = await jobOf(29);
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block) => ({ ...block, gasLimit: "0x3d090" })),
    );
    let most = 0;
    await withoutMining(world, () =>
      anchor(hashed, {
        atPause: async () => {
          const open = (await transactionsOf(hashed)).filter(({ state }) => state === "sent");
          most = Math.max(most, open.length);
          await mine(world, 1);
        },
      }),
    );
    await expectAnchoredOnce(hashed);
    const transactions = await transactionsOf(hashed);
    expect(transactions.map(({ batches }) => batches)).toEqual([6, 6, 6, 6, 5]);
    expect(most).toBe(4);
    for (const { raw } of transactions) {
      expect(Transaction.from(raw).gasLimit).toBeLessThanOrEqual(250_000n);
    }
  });

  it("are halved where the node can't estimate so many, and then fill what fits", async () => {
    const hashed = await jobOf(12);
    world.proxy.behave(
      at("eth_estimateGas", (call, forward) => {
        const { data } = call.params[0] as { data: string };
        const message = "gas required exceeds allowance (300000)";
        return data.length > 2_000 ? { error: { code: -32000, message } } : forward();
      }),
    );
    await anchor(hashed);
    await expectAnchoredOnce(hashed);
    const sizes = (await transactionsOf(hashed)).map(({ batches }) => batches);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(12);
  });
});
