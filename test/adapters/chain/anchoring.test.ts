import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction } from "ethers";
import { Account } from "../../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../../src/adapters/chain/anchoring.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { AnchorRequest, Anchoring, SignedTransaction } from "../../../src/ports/anchoring.ts";
import type { ChainWorld } from "../../support/chain-world.ts";
import {
  HAINAN,
  SHANGHAI,
  TYPE_CODE,
  anchorRoots,
  anchorsOnChain,
  mine,
  startChainWorld,
} from "../../support/chain-world.ts";
import {
  altering,
  alteringLogs,
  at,
  atCall,
  limitingLogs,
  losingTransactions,
  resetting,
} from "../../support/rpc-proxy.ts";
import type { Behaviour } from "../../support/rpc-proxy.ts";
import { seededBytes } from "../../support/seeded.ts";

let world: ChainWorld;
let anchoring: Anchoring;
/** As the operator, by way of the proxy. */
let operator: Account;

beforeAll(async () => {
  world = await startChainWorld();
  operator = new Account(world.proxied, walletSigner(world.operatorKey));
  anchoring = await anchoringFor(world.proxiedDeployment, operator, SHANGHAI.code);
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

const hashOf = (raw: string): string => Transaction.from(raw).hash as string;

function requestFor(name: string, changes: Partial<AnchorRequest> = {}): AnchorRequest {
  const root = `0x${toHex(seededBytes(name, 32))}`;
  const request = {
    type: TYPE_CODE,
    schemaVersion: 1,
    suite: 1,
    root,
    size: 5,
    manifestHash: root,
  };
  return { ...request, ...changes };
}

/** With the next number and the gas that is planned. */
async function sign(...requests: AnchorRequest[]): Promise<SignedTransaction> {
  const { gas } = await anchoring.plan(requests);
  const { next: nonce } = await anchoring.nonces();
  return anchoring.sign(requests, { nonce, gas });
}

describe("an operator", () => {
  it("anchors for its own agency alone", async () => {
    const other = anchoringFor(world.proxiedDeployment, operator, HAINAN.code);
    await expect(other).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `${operator.address} is no operator of ${HAINAN.code}`,
    });
    const key = `0x${toHex(seededBytes("stranger", 32))}`;
    const stranger = new Account(world.rpc, walletSigner(key));
    const none = anchoringFor(world.deployment, stranger, SHANGHAI.code);
    await expect(none).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
  });

  it("signs without sending, sends the very same bytes, and reads the event of what was mined", async () => {
    const request = requestFor("usual");
    const signed = await sign(request);
    expect(signed.hash).toBe(hashOf(signed.raw));
    expect(await anchoring.nonces()).toEqual({ used: signed.nonce, next: signed.nonce });
    expect([await anchoring.isKnown(signed), await anchoring.mined(signed)]).toEqual([false, null]);
    expect(await anchorsOnChain(world)).toEqual([]);
    await anchoring.send(signed);
    const [anchored] = await anchorsOnChain(world);
    const { number, hash } = await world.reader.latestBlock();
    const receipt = {
      ...{ transaction: signed.hash, block: number, blockHash: hash, sequence: 1 },
      ...{ head: anchored?.head, gasUsed: expect.any(Number) },
    };
    const found = [{ request, receipt }];
    expect(await anchoring.mined(signed)).toEqual({ isReverted: false, anchors: found });
    expect(await anchoring.findAnchors([request.root])).toEqual(found);
    expect(await anchoring.isKnown(signed)).toBe(true);
    expect((await anchoring.nonces()).used).toBe(signed.nonce + 1);
  });

  it("anchors several batches in one transaction, in their order", async () => {
    const requests = ["one", "two", "three"].map((name, i) => requestFor(name, { size: i + 1 }));
    const signed = await sign(...requests);
    await anchoring.send(signed);
    const anchored = (await anchorsOnChain(world)).slice(-3);
    expect(anchored.map(({ root, size }) => [root, size])).toEqual(
      requests.map(({ root, size }) => [root, size]),
    );
    expect((await anchoring.mined(signed))?.anchors.map(({ request }) => request)).toEqual(
      requests,
    );
  });

  it("may send the same bytes again: the node knows them, and nothing happens twice", async () => {
    const request = requestFor("again");
    const signed = await sign(request);
    for (let i = 0; i < 3; i++) await anchoring.send(signed);
    const anchors = await anchorsOnChain(world);
    expect(anchors.filter(({ root }) => root === request.root)).toHaveLength(1);
  });

  it.each([
    "already known",
    "AlreadyKnown",
    "Known transaction",
    "nonce too low: next nonce 5, tx nonce 4",
    "replacement transaction underpriced",
    "Gas price too low to replace",
  ])("takes '%s' for no failure: what became of it is to be looked for", async (message) => {
    const signed = await sign(requestFor("never mined"));
    world.proxy.behave(at("eth_sendRawTransaction", () => ({ error: { code: -32000, message } })));
    await anchoring.send(signed);
  });

  it("does not take any other refusal for that", async () => {
    const signed = await sign(requestFor("never mined"));
    const error = { code: -32000, message: "txpool is full" };
    world.proxy.behave(at("eth_sendRawTransaction", () => ({ error })));
    await expect(anchoring.send(signed)).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it("uses a number up with a transaction that does nothing", async () => {
    const { used } = await anchoring.nonces();
    const signed = await anchoring.signNothing(used);
    await anchoring.send(signed);
    expect(await anchoring.mined(signed)).toEqual({ isReverted: false, anchors: [] });
    expect(await anchoring.nonces()).toEqual({ used: used + 1, next: used + 1 });
  });
});

describe("what the contract refuses is refused before anything is signed, in its own words", () => {
  it.each([
    ["a root of zero", { root: `0x${"0".repeat(64)}` }, "BatchAnchorZeroRoot"],
    ["an empty batch", { size: 0 }, "BatchAnchorInvalidSize(size: 0)"],
    ["an unknown hash suite", { suite: 9 }, "BatchAnchorUnknownSuite(suite: 9)"],
    ["schema version 0", { schemaVersion: 0 }, "BatchAnchorInvalidSchemaVersion"],
    ["a type it may not issue", { type: "11100000000013338W999" }, "AgencyRegistryNotEntitled"],
  ])("%s, alone and among others", async (_what, changes, reason) => {
    const request = requestFor("refused", changes);
    const problem = { code: "CONTRACT_REFUSED", detail: expect.stringContaining(reason) };
    await expect(anchoring.plan([request])).rejects.toMatchObject(problem);
    const good = requestFor("good", { type: request.type, suite: request.suite });
    const others = [{ ...good, schemaVersion: request.schemaVersion }, request];
    await expect(anchoring.plan(others)).rejects.toMatchObject(problem);
  });

  it("a root that the agency has anchored before", async () => {
    const [root] = await anchorRoots(world, "before");
    await expect(anchoring.plan([requestFor("before")])).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `BatchAnchorAlreadyAnchored(agency: ${SHANGHAI.code}, root: ${String(root)})`,
    });
  });

  it("but a node that failed is not taken for the contract", async () => {
    const error = { code: -32603, message: "Internal error" };
    world.proxy.behave(at("eth_estimateGas", () => ({ error })));
    for (const names of [["failed"], ["failed", "too"]]) {
      const requests = names.map((name) => requestFor(name));
      await expect(anchoring.plan(requests)).rejects.toMatchObject({
        code: "RPC_FAULT",
        detail: expect.stringContaining("Internal error"),
      });
    }
  });
});

describe("how many batches go into one transaction", () => {
  const many = (count: number): AnchorRequest[] =>
    Array.from({ length: count }, (_, i) => requestFor(`many ${String(i)}`));
  const gasLimited = (gas: number): Behaviour =>
    altering("eth_getBlockByNumber", (block) => ({ ...block, gasLimit: `0x${gas.toString(16)}` }));

  it("is as many as the most gas that any transaction may take, which is 540 and more", async () => {
    const patient = await anchoringFor(world.deployment, world.operator, SHANGHAI.code);
    const { count, gas } = await patient.plan(many(600));
    expect(count).toBeGreaterThan(540);
    expect(gas).toBeLessThan(2 ** 24);
    expect(gas).toBeGreaterThan(0.92 * 2 ** 24);
  });

  it.each([150_000, 400_000, 1_000_000])("leaves room in a block of %i gas", async (limit) => {
    world.proxy.behave(gasLimited(limit));
    const { count, gas } = await anchoring.plan(many(40));
    expect(gas).toBeLessThan(0.9 * limit);
    expect(count).toBeGreaterThanOrEqual(Math.floor((0.85 * limit - 46_000) / 29_300));
    const signed = await anchoring.sign(many(count), { nonce: 0, gas });
    expect(Transaction.from(signed.raw).gasLimit).toBeLessThanOrEqual(BigInt(0.9 * limit));
  });

  it("is one where the block has room for no more, and the node's word counts for that one", async () => {
    world.proxy.behave(gasLimited(60_000));
    expect(await anchoring.plan(many(3))).toMatchObject({ count: 1 });
  });

  it.each([
    ["gas required exceeds allowance (300000)", -32000],
    ["Transaction gas limit exceeds block gas limit", -32000],
    ["out of gas", -32015],
  ])("is found by asking for less, where the node only says '%s'", async (message, code) => {
    world.proxy.behave(
      at("eth_estimateGas", (call, forward) => {
        const { data } = call.params[0] as { data: string };
        return data.length > 4_000 ? { error: { code, message } } : forward();
      }),
    );
    const { count } = await anchoring.plan(many(64));
    expect(count).toBeGreaterThanOrEqual(16);
    expect(count).toBeLessThan(21);
  });
});

describe("finding out what really happened", () => {
  it("never takes another batch's event for this one's, whatever the node gives", async () => {
    await anchorRoots(world, "another");
    const { root } = requestFor("not anchored");
    world.proxy.behave(async (call, forward) => {
      if (call.method === "eth_call") return { result: `0x${"5".padStart(64, "0")}` };
      if (call.method !== "eth_getLogs") return forward();
      const filter = call.params[0] as { topics: unknown[] };
      filter.topics.length = 1;
      return forward();
    });
    expect(await anchoring.findAnchors([root])).toEqual([]);
  });

  it("finds an anchor that is 2500 blocks old through a gateway that gives 1000 at a time", async () => {
    const [root = ""] = await anchorRoots(world, "old");
    await mine(world, 2_500);
    world.proxy.behave(limitingLogs(1_000));
    const [found] = await anchoring.findAnchors([requestFor("none").root, root]);
    const { number } = await world.reader.latestBlock();
    expect(found).toMatchObject({ request: { root }, receipt: { block: number - 2_500 } });
  });

  it("finds forty of one transaction in one search, and asks for its receipt once", async () => {
    const requests = Array.from({ length: 40 }, (_, i) => requestFor(`together ${String(i)}`));
    await anchoring.send(await sign(...requests));
    world.proxy.forget();
    const roots = requests.map(({ root }) => root);
    expect(await anchoring.findAnchors(roots)).toHaveLength(40);
    const asked = world.proxy.calls.map(({ method }) => method);
    expect(asked.filter((method) => method === "eth_getLogs")).toHaveLength(1);
    expect(asked.filter((method) => method === "eth_getTransactionReceipt")).toHaveLength(1);
  });

  it("asks for no logs at all while the contract has no record of the root", async () => {
    world.proxy.forget();
    expect(await anchoring.findAnchors([requestFor("none").root])).toEqual([]);
    expect(world.proxy.calls.map(({ method }) => method)).toEqual(["eth_call"]);
  });

  it("finds nothing while the node has the record but neither the event nor the receipt yet", async () => {
    const roots = await anchorRoots(world, "lagging");
    world.proxy.behave(alteringLogs(() => []));
    expect(await anchoring.findAnchors(roots)).toEqual([]);
    world.proxy.behave(altering("eth_getTransactionReceipt", () => null));
    expect(await anchoring.findAnchors(roots)).toEqual([]);
    world.proxy.behave(null);
    expect(await anchoring.findAnchors(roots)).toHaveLength(1);
  });

  it("says that a transaction was mined and reverted", async () => {
    const signed = await sign(requestFor("raced"));
    await anchoring.send(signed);
    world.proxy.behave(
      altering("eth_getTransactionReceipt", (receipt) => ({ ...receipt, status: "0x0", logs: [] })),
    );
    expect(await anchoring.mined(signed)).toEqual({ isReverted: true, anchors: [] });
  });

  it("knows that a lost transaction can still be mined, until another takes its number", async () => {
    const signed = await sign(requestFor("lost"));
    world.proxy.behave(losingTransactions(hashOf));
    await anchoring.send(signed);
    expect((await anchoring.nonces()).used).toBe(signed.nonce);
    await anchorRoots(world, "in its place");
    expect((await anchoring.nonces()).used).toBe(signed.nonce + 1);
    expect(await anchoring.mined(signed)).toBeNull();
  });
});

describe("an account", () => {
  it("says NOT_CONFIRMED and the hash when its transaction is not mined in time", async () => {
    const hasty = new Account(world.proxied, walletSigner(world.operatorKey), 300);
    world.proxy.behave(losingTransactions(hashOf));
    await expect(hasty.execute({ to: hasty.address, data: "0x" })).rejects.toMatchObject({
      code: "NOT_CONFIRMED",
      detail: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    });
  });

  it("looks again when the node could not be asked whether it was mined", async () => {
    world.proxy.behave(at("eth_getTransactionReceipt", atCall(1, resetting)));
    const receipt = await operator.execute({ to: operator.address, data: "0x" });
    expect(receipt.status).toBe(1);
  });

  it("says CONTRACT_REFUSED when its transaction was mined and refused", async () => {
    world.proxy.behave(
      altering("eth_getTransactionReceipt", (receipt) => ({ ...receipt, status: "0x0" })),
    );
    const sent = operator.execute({ to: operator.address, data: "0x" });
    await expect(sent).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: expect.stringMatching(/^reverted: 0x/),
    });
  });
});

describe("fees", () => {
  const signedFees = async (name: string): Promise<Transaction> =>
    Transaction.from((await sign(requestFor(name))).raw);

  it("are none where the chain has no base fee, and then there is nothing to offer more of", async () => {
    const { gas, fee } = await anchoring.plan([requestFor("free")]);
    expect(fee).toBe(0n);
    expect(gas).toBeGreaterThan(50_000);
    expect(await signedFees("free")).toMatchObject({ type: 0, gasPrice: 0n });
    expect(await anchoring.signDearer(await sign(requestFor("free")))).toBeNull();
  });

  it("are none also where the node does not speak of base fees", async () => {
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block) => ({ ...block, baseFeePerGas: undefined })),
    );
    expect(await anchoring.plan([requestFor("free")])).toMatchObject({ fee: 0n });
  });

  it("can't be told by a node without a newest block", async () => {
    world.proxy.behave(altering("eth_getBlockByNumber", () => null));
    const problem = { code: "RPC_FAULT", detail: "the node gives no latest block" };
    await expect(anchoring.plan([requestFor("free")])).rejects.toMatchObject(problem);
    expect(await operator.estimate({ to: operator.address, data: "0x" })).toMatchObject({
      fee: 0n,
    });
  });

  it("are twice the base fee and a tip where there is one, an eighth more the second time", async () => {
    const free = await sign(requestFor("free"));
    const { provider } = world.rpc;
    const baseFee = 8_000_000_000n;
    const tip = 1_000_000_000n;
    await provider.send("hardhat_setNextBlockBaseFeePerGas", [`0x${baseFee.toString(16)}`]);
    await mine(world, 1);
    const { gas, fee } = await anchoring.plan([requestFor("dear")]);
    expect(fee).toBe(BigInt(gas) * (2n * baseFee + tip));
    const signed = await sign(requestFor("dear"));
    const usual = { type: 2, maxFeePerGas: 2n * baseFee + tip, maxPriorityFeePerGas: tip };
    expect(Transaction.from(signed.raw)).toMatchObject(usual);
    const dearer = (await anchoring.signDearer(signed)) as SignedTransaction;
    expect(Transaction.from(dearer.raw)).toMatchObject({
      nonce: signed.nonce,
      maxFeePerGas: (9n * usual.maxFeePerGas) / 8n,
      maxPriorityFeePerGas: (9n * tip) / 8n,
    });
    // What was signed while there were no fees is raised to what is usual now.
    const raised = (await anchoring.signDearer(free)) as SignedTransaction;
    expect(Transaction.from(raised.raw)).toMatchObject({ nonce: free.nonce, ...usual });
    await expect(anchoring.send(signed)).rejects.toMatchObject({
      code: "INSUFFICIENT_FUNDS",
      detail: expect.stringMatching(new RegExp(`^${operator.address} has 0.0 coins, may need 0.0`)),
    });
    await world.governance.fund(operator.address, 10n ** 18n);
    await anchoring.send(signed);
    expect(await anchoring.findAnchors([requestFor("dear").root])).toHaveLength(1);
  });
});
