/** Numbers that the agency has issued before: refused, or reissued in place of the old certificates. */
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { estimateIssue } from "../../../src/app/issue/estimate-issue.ts";
import { issueJob } from "../../../src/app/issue/issue-job.ts";
import type { IssueOrder, IssueTools, Issued } from "../../../src/app/issue/issue-job.ts";
import type { Supersession } from "../../../src/app/issue/settle-replacements.ts";
import type { StatusesOrder } from "../../../src/ports/governance.ts";
import type { AgencyStore } from "../../../src/ports/agency-store.ts";
import {
  closeSources,
  newHome,
  openStore,
  quickTime,
  toolsOn,
} from "../../support/anchoring-world.ts";
import { until } from "../../support/command.ts";
import type { ChainWorld, Row } from "../../support/chain-world.ts";
import {
  SHANGHAI,
  anchorsOnChain,
  goodRows,
  mine,
  orderOf,
  startChainWorld,
  systemClock,
  writeCsv,
} from "../../support/chain-world.ts";

let world: ChainWorld;
/** Of each test its own. */
let store: AgencyStore;
const stores: AgencyStore[] = [];
/** Every call that set statuses on the chain. */
let calls: StatusesOrder[];

beforeAll(async () => {
  world = await startChainWorld();
});
beforeEach(async () => {
  store = await openStore(newHome(world));
  stores.push(store);
  calls = [];
});
afterAll(async () => {
  await closeSources();
  for (const each of stores) await each.close();
  await world.close();
});

/** As the real one, and what it sets is noted. */
function noting({ governance, ...rest }: Supersession): Supersession {
  const setStatuses: Supersession["governance"]["setStatuses"] = (order) => {
    calls.push(order);
    return governance.setStatuses(order);
  };
  return { ...rest, governance: { setStatuses } };
}

interface Attempt {
  readonly order: IssueOrder;
  readonly tools: IssueTools;
  readonly errors: string;
}

async function attempt(rows: readonly Row[], changes: Partial<IssueOrder> = {}): Promise<Attempt> {
  const csv = await writeCsv(world, rows);
  const tools = await toolsOn(world, store, csv);
  const supersession = noting(tools.supersession);
  return {
    order: orderOf(world, changes),
    tools: { ...tools, supersession },
    errors: `${csv}.errors.csv`,
  };
}

const run = ({ order, tools }: Attempt): Promise<Issued> => issueJob(order, tools);
const issue = async (rows: readonly Row[], changes?: Partial<IssueOrder>): Promise<Issued> =>
  run(await attempt(rows, changes));

async function rootOf({ job }: Issued): Promise<string> {
  return (await store.batches(job.id))[0]?.root ?? "";
}

async function statusOf(root: string, index: number): Promise<number> {
  const block = await world.reader.latestBlock();
  const word = await world.reader.statusWord(SHANGHAI.code, root, Math.floor(index / 64), block);
  return Number((word >> BigInt(4 * (index % 64))) & 15n);
}

describe("a number that the agency has issued before", () => {
  it("is refused in another table, named by line and code, and nothing is issued", async () => {
    const rows = goodRows(world, 4);
    await issue(rows.slice(0, 2));
    const before = await anchorsOnChain(world);
    const again = await attempt([rows[2] as Row, rows[1] as Row, rows[3] as Row]);
    await expect(run(again)).rejects.toMatchObject({
      code: "RECORDS_INVALID",
      detail: expect.stringContaining("1 of 3 records"),
    });
    expect(await readFile(again.errors, "utf8")).toMatch(/\n3,certificateNumber,NUMBER_ISSUED,/);
    expect(await anchorsOnChain(world)).toEqual(before);
    expect(await store.jobs()).toHaveLength(1);
  });

  it("may be skipped; the others are issued, and then refused in their turn", async () => {
    const rows = goodRows(world, 3);
    await issue(rows.slice(0, 1));
    const { job } = await issue(rows, { skipInvalid: true });
    expect(job).toMatchObject({ certificates: 2, skipped: 1 });
    await expect(issue(rows.slice(1))).rejects.toMatchObject({
      detail: expect.stringContaining("2 of 2"),
    });
  });

  it("does not stop the same job from being run again", async () => {
    const it = await attempt(goodRows(world, 2));
    expect(await run(it)).toMatchObject({ wasDone: false, job: { state: "done" } });
    const before = await anchorsOnChain(world);
    expect(await run(it)).toMatchObject({ wasDone: true, job: { state: "done" } });
    expect(await anchorsOnChain(world)).toEqual(before);
  });

  it("counts only what is issued: a table that was refused is forgotten", async () => {
    const rows = goodRows(world, 2);
    await expect(
      issue(rows.map((row, i) => (i === 0 ? { ...row, holderSex: "" } : row))),
    ).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect((await issue(rows)).job.certificates).toBe(2);
  });
});

describe("with --supersede", () => {
  it("the new certificate is issued, and then the old one marked superseded on the chain", async () => {
    const rows = goodRows(world, 130);
    const old = await rootOf(await issue(rows));
    const some = [rows[129], rows[1], rows[64]] as Row[];
    const { order, tools } = await attempt(some, { supersede: true });
    const faults = faultFile("/dev/null");
    expect(await estimateIssue(order, { ...tools, faults })).toMatchObject({
      ...{ valid: 3, invalid: 0, replacing: 3, batches: 1, transactions: 1 },
    });
    expect(calls).toEqual([]);
    const issued = await issueJob(order, tools);
    expect(issued).toMatchObject({ superseded: 3, job: { replacing: 3 } });
    expect(calls).toMatchObject([
      { agency: SHANGHAI.code, root: old, indices: [1, 64, 129], status: 2, reason: 0 },
    ]);
    expect([await statusOf(old, 1), await statusOf(old, 2)]).toEqual([2, 0]);
    const third = await issue(some.slice(1), { supersede: true });
    expect(third.superseded).toBe(2);
    expect(calls.at(-1)).toMatchObject({ root: await rootOf(issued), indices: [1, 2] });
  });

  it("what has ended already stays as it ended, and a suspended one is superseded", async () => {
    const rows = goodRows(world, 3);
    const root = await rootOf(await issue(rows));
    const agency = SHANGHAI.code;
    const when = { effectiveFrom: systemClock.now(), reason: 0 };
    for (const [index, status] of [
      [0, 5],
      [1, 1],
    ] as const) {
      await world.governance.setStatus({ agency, root, index, status, ...when });
    }
    expect((await issue(rows, { supersede: true })).superseded).toBe(2);
    expect(calls.map(({ indices }) => indices)).toEqual([[1, 2]]);
    expect(await statusOf(root, 0)).toBe(5);
  });

  it("a record that is at fault supersedes nothing", async () => {
    const rows = goodRows(world, 2);
    await issue(rows);
    const bad = rows.map((row, i) => (i === 0 ? { ...row, holderSex: "" } : row));
    const { superseded } = await issue(bad, { supersede: true, skipInvalid: true });
    expect(superseded).toBe(1);
    expect(calls.map(({ indices }) => indices)).toEqual([[1]]);
  });

  it("a run that broke off after anchoring marks them when it is run again, each once", async () => {
    const rows = goodRows(world, 1_000);
    await issue(rows);
    const { order, tools } = await attempt(rows, { supersede: true });
    const { governance, ...rest } = tools.supersession;
    let left = 1;
    const setStatuses: Supersession["governance"]["setStatuses"] = async (statuses) => {
      if (left-- === 0) throw new Error("the node is gone");
      return governance.setStatuses(statuses);
    };
    const failing = { ...tools, supersession: { ...rest, governance: { setStatuses } } };
    await expect(issueJob(order, failing)).rejects.toThrow("the node is gone");
    expect((await store.jobs())[0]?.state).toBe("confirmed");
    const before = await anchorsOnChain(world);
    expect(await issueJob(order, tools)).toMatchObject({ superseded: 600 });
    expect(calls.map(({ indices }) => indices.length)).toEqual([400, 400, 200]);
    expect(await issueJob(order, tools)).toMatchObject({ wasDone: true, superseded: 0 });
    expect(await anchorsOnChain(world)).toEqual(before);
  });

  describe("a run that was killed when its marking was sent and not mined yet", () => {
    /** What the process that was killed would have waited for. */
    let marking: Promise<unknown>;

    async function killedAtMarking(rows: readonly Row[]): Promise<Attempt> {
      const killed = await attempt(rows, { supersede: true });
      const { account } = killed.tools.anchoring;
      const { governance, ...rest } = killed.tools.supersession;
      const setStatuses: Supersession["governance"]["setStatuses"] = async (order) => {
        await world.rpc.provider.send("evm_setAutomine", [false]);
        marking = governance.setStatuses(order);
        await until("the node has it", async () => {
          const count = (tag: string): Promise<unknown> =>
            world.rpc.provider.send("eth_getTransactionCount", [account, tag]) as Promise<unknown>;
          return (await count("pending")) !== (await count("latest"));
        });
        throw new Error("killed");
      };
      const tools = { ...killed.tools, supersession: { ...rest, governance: { setStatuses } } };
      await expect(issueJob(killed.order, tools)).rejects.toThrow("killed");
      return killed;
    }

    afterEach(async () => {
      await world.rpc.provider.send("evm_setAutomine", [true]);
      await mine(world, 1);
      await marking;
    });

    it("waits for that, and marks nothing a second time", async () => {
      const rows = goodRows(world, 3);
      const old = await rootOf(await issue(rows));
      const { order, tools } = await killedAtMarking(rows);
      const quick = quickTime({}, async (count) => count === 3 && mine(world, 1));
      const { superseded, job } = await issueJob(order, { ...tools, ...quick });
      expect([superseded, job.state]).toEqual([0, "done"]);
      expect(calls).toHaveLength(1);
      expect(await statusOf(old, 2)).toBe(2);
    });

    it("says that it is not confirmed where it is not mined in time", async () => {
      const rows = goodRows(world, 1);
      await issue(rows);
      const { order, tools } = await killedAtMarking(rows);
      await expect(issueJob(order, { ...tools, ...quickTime() })).rejects.toMatchObject({
        code: "NOT_CONFIRMED",
        detail: expect.stringContaining(tools.anchoring.account),
      });
    });
  });
});
