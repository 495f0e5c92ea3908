import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction } from "ethers";
import { Account } from "../../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../../src/adapters/chain/anchoring.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { AnchorRequest, Anchoring } from "../../../src/ports.ts";
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
import { seededBytes } from "../../support/seeded.ts";

let world: ChainWorld;
let anchoring: Anchoring;
/** As the operator, by way of the proxy. */
let operator: Account;

beforeAll(async () => {
  world = await startChainWorld();
  operator = new Account(world.proxied, world.operatorKey);
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

describe("an operator", () => {
  it("anchors for its own agency alone", async () => {
    const other = anchoringFor(world.proxiedDeployment, operator, HAINAN.code);
    await expect(other).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `${operator.address} is no operator of ${HAINAN.code}`,
    });
    const stranger = new Account(world.rpc, `0x${toHex(seededBytes("stranger", 32))}`);
    const none = anchoringFor(world.deployment, stranger, SHANGHAI.code);
    await expect(none).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
  });

  it("signs without sending, sends the very same bytes, and finds the receipt by its event", async () => {
    const request = requestFor("usual");
    const signed = await anchoring.sign(request);
    expect(signed.hash).toBe(hashOf(signed.raw));
    expect(await anchoring.isPending(signed)).toBe(true);
    expect(await anchoring.findReceipt(request.root, signed)).toBeNull();
    expect(await anchorsOnChain(world)).toEqual([]);
    await anchoring.send(signed);
    const [anchored] = await anchorsOnChain(world);
    const { number, hash } = await world.reader.latestBlock();
    expect(await anchoring.findReceipt(request.root, signed)).toEqual({
      transaction: signed.hash,
      block: number,
      blockHash: hash,
      sequence: 1,
      head: anchored?.head,
      gasUsed: expect.any(Number),
    });
    expect(await anchoring.isPending(signed)).toBe(false);
  });

  it("may send the same bytes again: the node knows them, and nothing happens twice", async () => {
    const request = requestFor("again");
    const signed = await anchoring.sign(request);
    for (let i = 0; i < 3; i++) await anchoring.send(signed);
    const anchors = await anchorsOnChain(world);
    expect(anchors.filter(({ root }) => root === request.root)).toHaveLength(1);
  });

  it.each([
    "already known",
    "AlreadyKnown",
    "Known transaction",
    "nonce too low: next nonce 5, tx nonce 4",
  ])("takes '%s' for what it is: it was sent before", async (message) => {
    const signed = await anchoring.sign(requestFor("never mined"));
    world.proxy.behave(at("eth_sendRawTransaction", () => ({ error: { code: -32000, message } })));
    await anchoring.send(signed);
  });

  it("does not take any other refusal for that", async () => {
    const signed = await anchoring.sign(requestFor("never mined"));
    const error = { code: -32000, message: "txpool is full" };
    world.proxy.behave(at("eth_sendRawTransaction", () => ({ error })));
    await expect(anchoring.send(signed)).rejects.toMatchObject({ code: "RPC_FAULT" });
  });
});

describe("what the contract refuses is refused before anything is signed, in its own words", () => {
  it.each([
    ["a root of zero", { root: `0x${"0".repeat(64)}` }, "BatchAnchorZeroRoot"],
    ["an empty batch", { size: 0 }, "BatchAnchorInvalidSize(size: 0)"],
    ["an unknown hash suite", { suite: 9 }, "BatchAnchorUnknownSuite(suite: 9)"],
    ["schema version 0", { schemaVersion: 0 }, "BatchAnchorInvalidSchemaVersion"],
    ["a type it may not issue", { type: "11100000000013338W999" }, "AgencyRegistryNotEntitled"],
  ])("%s", async (_what, changes, reason) => {
    const request = requestFor("refused", changes);
    const problem = { code: "CONTRACT_REFUSED", detail: expect.stringContaining(reason) };
    await expect(anchoring.estimate(request)).rejects.toMatchObject(problem);
    await expect(anchoring.sign(request)).rejects.toMatchObject(problem);
  });

  it("a root that the agency has anchored before", async () => {
    const [root] = await anchorRoots(world, "before");
    await expect(anchoring.sign(requestFor("before"))).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `BatchAnchorAlreadyAnchored(agency: ${SHANGHAI.code}, root: ${String(root)})`,
    });
  });

  it("but a node that failed is not taken for the contract", async () => {
    const error = { code: -32603, message: "Internal error" };
    world.proxy.behave(at("eth_estimateGas", () => ({ error })));
    await expect(anchoring.sign(requestFor("failed"))).rejects.toMatchObject({
      code: "RPC_FAULT",
      detail: expect.stringContaining("Internal error"),
    });
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
    expect(await anchoring.findReceipt(root, null)).toBeNull();
  });

  it("finds an anchor that is 2500 blocks old through a gateway that gives 1000 at a time", async () => {
    const [root = ""] = await anchorRoots(world, "old");
    await mine(world, 2_500);
    world.proxy.behave(limitingLogs(1_000));
    const receipt = await anchoring.findReceipt(root, null);
    expect(receipt).toMatchObject({ block: (await world.reader.latestBlock()).number - 2_500 });
  });

  it("asks for no logs at all while the contract has no record of the root", async () => {
    world.proxy.forget();
    expect(await anchoring.findReceipt(requestFor("none").root, null)).toBeNull();
    expect(world.proxy.calls.map(({ method }) => method)).toEqual(["eth_call"]);
  });

  it("waits while the node has the record but neither the event nor the receipt yet", async () => {
    const [root = ""] = await anchorRoots(world, "lagging");
    world.proxy.behave(alteringLogs(() => []));
    expect(await anchoring.findReceipt(root, null)).toBeNull();
    world.proxy.behave(altering("eth_getTransactionReceipt", () => null));
    expect(await anchoring.findReceipt(root, null)).toBeNull();
    world.proxy.behave(null);
    expect(await anchoring.findReceipt(root, null)).toMatchObject({ sequence: expect.any(Number) });
  });

  it("says that a transaction was mined and refused", async () => {
    const request = requestFor("raced");
    const signed = await anchoring.sign(request);
    world.proxy.behave(
      altering("eth_getTransactionReceipt", () => ({
        ...{
          transactionHash: signed.hash,
          blockHash: signed.hash,
          blockNumber: "0x5",
          status: "0x0",
        },
        ...{ from: operator.address, to: operator.address, contractAddress: null, logs: [] },
        ...{ transactionIndex: "0x0", gasUsed: "0x1", cumulativeGasUsed: "0x1", type: "0x0" },
        ...{ logsBloom: `0x${"00".repeat(256)}`, effectiveGasPrice: "0x0" },
      })),
    );
    await expect(anchoring.findReceipt(request.root, signed)).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `reverted: ${signed.hash}`,
    });
  });

  it("knows that a lost transaction can still be mined, until another takes its number", async () => {
    const signed = await anchoring.sign(requestFor("lost"));
    world.proxy.behave(losingTransactions(hashOf));
    await anchoring.send(signed);
    expect(await anchoring.isPending(signed)).toBe(true);
    await anchorRoots(world, "in its place");
    expect(await anchoring.isPending(signed)).toBe(false);
  });
});

describe("an account", () => {
  it("says NOT_CONFIRMED and the hash when its transaction is not mined in time", async () => {
    const hasty = new Account(world.proxied, world.operatorKey, 300);
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
  it("are none where the chain has no base fee", async () => {
    const { gas, fee } = await anchoring.estimate(requestFor("free"));
    expect(fee).toBe(0n);
    expect(gas).toBeGreaterThan(50_000);
    const { raw } = await anchoring.sign(requestFor("free"));
    expect(Transaction.from(raw)).toMatchObject({ type: 0, gasPrice: 0n });
  });

  it("are none also where the node does not speak of base fees, or has no newest block", async () => {
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block) => ({ ...block, baseFeePerGas: undefined })),
    );
    expect(await anchoring.estimate(requestFor("free"))).toMatchObject({ fee: 0n });
    world.proxy.behave(altering("eth_getBlockByNumber", () => null));
    expect(await anchoring.estimate(requestFor("free"))).toMatchObject({ fee: 0n });
  });

  it("are twice the base fee and a tip where there is one, and an empty account is told so", async () => {
    const { provider } = world.rpc;
    const baseFee = 8_000_000_000n;
    await provider.send("hardhat_setNextBlockBaseFeePerGas", [`0x${baseFee.toString(16)}`]);
    await mine(world, 1);
    const { gas, fee } = await anchoring.estimate(requestFor("dear"));
    expect(fee).toBe(BigInt(gas) * (2n * baseFee + 1_000_000_000n));
    const signed = await anchoring.sign(requestFor("dear"));
    expect(Transaction.from(signed.raw)).toMatchObject({
      type: 2,
      maxFeePerGas: 2n * baseFee + 1_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
    });
    await expect(anchoring.send(signed)).rejects.toMatchObject({ code: "INSUFFICIENT_FUNDS" });
    await world.governance.fund(operator.address, 10n ** 18n);
    await anchoring.send(signed);
    expect(await anchoring.findReceipt(requestFor("dear").root, signed)).not.toBeNull();
  });
});
