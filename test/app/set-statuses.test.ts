import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { estimatedGovernance, governance } from "../../src/adapters/chain/governance.ts";
import { replayHistory } from "../../src/app/replay-history.ts";
import { planStatuses, setStatuses } from "../../src/app/set-statuses.ts";
import type { CertificatePlace, StatusTools } from "../../src/app/set-statuses.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import { statusAt } from "../../src/core/ledger/statuses.ts";
import type { ChangeReceipt } from "../../src/ports/governance.ts";
import { TRANSACTION_GAS_CAP } from "../../src/ports/anchoring.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";
import {
  SHANGHAI,
  TYPE_CODE,
  callContract,
  startLedgerWorld,
  viewOf,
} from "../support/ledger-world.ts";
import { isLong } from "../support/long.ts";
import { seededBytes } from "../support/seeded.ts";

const MANY = isLong ? 10_000 : 5_000;
const REVOKED = { status: 5, effectiveFrom: 1_767_225_600, reason: 7 };
const large = `0x${toHex(seededBytes("a batch of a thousand", 32))}`;
const huge = `0x${toHex(seededBytes("a batch of a million", 32))}`;
const small = `0x${toHex(seededBytes("a batch of a hundred", 32))}`;

let world: LedgerWorld;
let tools: StatusTools<ChangeReceipt>;

beforeAll(async () => {
  world = await startLedgerWorld();
  const { deployment, operator } = world;
  tools = {
    governance: governance(deployment, operator),
    estimates: estimatedGovernance(deployment, operator.address),
  };
  await anchor(large, 1_000);
  await anchor(small, 100);
});
afterAll(() => world.close());

async function anchor(root: string, size: number): Promise<void> {
  const args = [codeToChain(TYPE_CODE), 1, 1, { root, size, manifestHash: root }];
  await callContract(world, "BatchAnchor", "anchor", args, world.operator);
}

const stateNow = async (): Promise<LedgerState> => (await viewOf(world)).state;
const place = (root: string, index: number): CertificatePlace => {
  return { agency: SHANGHAI.code, root, index };
};

describe("a list of certificates to revoke", () => {
  const list = [
    place(small, 99),
    place(large, 5),
    place(small, 0),
    place(large, 5),
    place(small, 7),
  ];

  it("is sorted by batch and index, each certificate once", async () => {
    expect(planStatuses(await stateNow(), list, REVOKED)).toEqual({
      batches: [
        { agency: SHANGHAI.code, root: small, indices: [0, 7, 99], ...REVOKED },
        { agency: SHANGHAI.code, root: large, indices: [5], ...REVOKED },
      ],
      count: 4,
      done: 0,
    });
  });

  it("takes one transaction for each batch, and tells how far it has come", async () => {
    const told: string[] = [];
    const progress = (stage: string, done: number, total: number | null): void => {
      told.push(`${stage} ${String(done)}/${String(total)}`);
    };
    const plan = planStatuses(await stateNow(), list, REVOKED);
    expect(await setStatuses({ ...tools, progress }, plan)).toHaveLength(2);
    expect(told).toEqual(["statuses 3/4", "statuses 4/4"]);
    const state = await stateNow();
    for (const one of list) {
      expect(statusAt(state, one, REVOKED.effectiveFrom, Infinity)?.change).toMatchObject(REVOKED);
    }
    expect(statusAt(state, place(small, 1), Infinity, Infinity)).toBeNull();
  });

  it("done again does what is missing and nothing else", async () => {
    const longer = [...list, place(small, 98)];
    const plan = planStatuses(await stateNow(), longer, REVOKED);
    expect(plan).toMatchObject({ count: 1, done: 4, batches: [{ root: small, indices: [98] }] });
    expect(await setStatuses(tools, plan)).toHaveLength(1);
    const again = planStatuses(await stateNow(), longer, REVOKED);
    expect(again).toEqual({ batches: [], count: 0, done: 5 });
    expect(await setStatuses(tools, again)).toEqual([]);
  });

  it("STATUS_FINAL: names one that can't change any more, and nothing is changed", async () => {
    const suspended = { ...REVOKED, status: 1 };
    const state = await stateNow();
    expect(() => planStatuses(state, [place(small, 50), place(small, 98)], suspended)).toThrow(
      expect.objectContaining({
        code: "STATUS_FINAL",
        detail: `1; the first: ${SHANGHAI.code}/${small}/98`,
      }),
    );
  });

  it.each([
    ["of a batch that is not anchored", `0x${"77".repeat(32)}`, 0],
    ["past the end of its batch", small, 100],
  ])("CERTIFICATE_NOT_FOUND: names one %s", async (_what, root, index) => {
    const state = await stateNow();
    expect(() => planStatuses(state, [place(root, index)], REVOKED)).toThrow(
      expect.objectContaining({ code: "CERTIFICATE_NOT_FOUND" }),
    );
  });

  it("leaves a history in which an auditor finds nothing", async () => {
    const { findings } = await replayHistory(world.reader, world.primitives);
    expect(findings).toEqual([]);
  });
});

describe("thousands of scattered certificates of one batch", () => {
  beforeAll(() => anchor(huge, 1_000_000));

  /** Each in a storage word of its own, since 64 share one: the worst there is. */
  const scattered = Array.from({ length: MANY }, (_, i) => place(huge, 64 * i + 64));

  it("are revoked in a few transactions, which break off and are finished by a second run", async () => {
    const broken = {
      ...tools,
      governance: {
        ...tools.governance,
        setStatuses: breaking(3, tools.governance.setStatuses),
      },
    };
    const first = planStatuses(await stateNow(), scattered, REVOKED);
    await expect(setStatuses(broken, first)).rejects.toThrow("broken off");
    const rest = planStatuses(await stateNow(), scattered, REVOKED);
    expect(rest.done).toBeGreaterThan(1_000);
    const receipts = await setStatuses(tools, rest);
    expect(receipts.length).toBeLessThan(20);
    for (const { gasUsed } of receipts) expect(gasUsed).toBeLessThan(TRANSACTION_GAS_CAP);
    const gas = receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
    expect(gas / rest.count).toBeLessThan(25_000);
    expect(planStatuses(await stateNow(), scattered, REVOKED)).toMatchObject({
      count: 0,
      done: MANY,
    });
  });

  it("take a sixteenth of that where they are neighbours", async () => {
    const neighbours = Array.from({ length: MANY }, (_, i) => place(huge, 700_000 + i));
    const fresh = planStatuses(await stateNow(), neighbours, { ...REVOKED, status: 1 });
    const receipts = await setStatuses(tools, fresh);
    const gas = receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
    expect(gas / MANY).toBeLessThan(2_500);
  });
});

/** Does the work the first times, and breaks off instead of the time after. */
function breaking<A, R>(times: number, work: (argument: A) => Promise<R>): (a: A) => Promise<R> {
  let count = 0;
  return (argument) => {
    if (count++ === times) throw new Error("broken off");
    return work(argument);
  };
}
