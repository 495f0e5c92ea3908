/** One node that keeps logs back contradicts its own blocks, and is not believed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { codeToChain } from "../../../src/adapters/chain/chain-words.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { alteringLogs, altering, hidingLogs, withFilters } from "../../support/rpc-proxy.ts";
import type { Behaviour, RpcLog } from "../../support/rpc-proxy.ts";
import {
  SHANGHAI,
  anchorRoots,
  callContract,
  mine,
  startLedgerWorld,
} from "../../support/ledger-world.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";

let world: LedgerWorld;
let revoked: number;
let newest: number;
let calls: number;

beforeAll(async () => {
  world = await startLedgerWorld();
  const [root] = (await anchorRoots(world, "batch")) as [string];
  const revoke = [codeToChain(SHANGHAI.code), root, 3, 5, 0, 1];
  await callContract(world, "StatusRegistry", "setStatus", revoke, world.operator);
  revoked = (await world.reader.latestBlock()).number;
  await mine(world, 10);
  newest = revoked + 10;
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

/** Without the revocation, which no number follows. */
const without = (logs: RpcLog[]): RpcLog[] =>
  logs.filter(({ blockNumber }) => Number(blockNumber) !== revoked);

async function read(behaviour: Behaviour, to = newest): Promise<readonly LedgerEvent["kind"][]> {
  world.proxy.behave(behaviour);
  world.proxy.forget();
  const events = await world.proxiedReader.events(revoked - 1, to);
  calls = world.proxy.calls.length;
  return events.map(({ kind }) => kind);
}

const BOTH = ["BatchAnchored", "CertificateStatusChanged"];

describe("a node alone", () => {
  it("that has a block but not the status in it is CHAIN_INCONSISTENT, and the block is named", async () => {
    await expect(read(alteringLogs(without))).rejects.toMatchObject({
      code: "CHAIN_INCONSISTENT",
      detail: `logs of block ${String(revoked)} are missing`,
    });
    await expect(read(alteringLogs(without), revoked)).rejects.toMatchObject({
      code: "CHAIN_INCONSISTENT",
    });
  });

  it("that keeps nothing back is asked for no receipt", async () => {
    expect(await read((_call, forward) => forward())).toEqual(BOTH);
    expect(world.proxy.calls.map(({ method }) => method)).not.toContain(
      "eth_getTransactionReceipt",
    );
    expect(calls).toBeLessThan(newest - revoked + 10);
  });

  it("whose filters say yes to everything is believed once the receipts have shown that nothing is missing", async () => {
    expect(await read(withFilters(() => `0x${"ff".repeat(256)}`))).toEqual(BOTH);
  });

  it.each([
    ["no filters", withFilters(() => null)],
    ["filters of another form", withFilters(() => "0x00")],
    ["no blocks but its newest", altering("eth_getBlockByNumber", () => null)],
  ])("that has %s is believed: nothing says otherwise", async (_what, behaviour) => {
    expect(await read(behaviour)).toEqual(BOTH);
  });

  it("that makes up its blocks as well is believed: only another node could tell", async () => {
    expect(await read(hidingLogs(without))).toEqual(["BatchAnchored"]);
  });

  it("is looked at where it may not have caught up with itself: in the newest blocks asked for", async () => {
    await mine(world, 40);
    expect(await read(alteringLogs(without), newest + 40)).toEqual(["BatchAnchored"]);
    expect(calls).toBeLessThan(40);
  });
});
