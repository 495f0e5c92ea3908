/** Which job a command is for, what it is refused for before any work, and who may work at a time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Transaction } from "ethers";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { cancelJob } from "../../../src/app/issue/cancel-job.ts";
import { estimateIssue } from "../../../src/app/issue/estimate-issue.ts";
import { finishJob, issueJob } from "../../../src/app/issue/issue-job.ts";
import type { IssueOrder, IssueTools } from "../../../src/app/issue/issue-job.ts";
import type { ChainReader } from "../../../src/ports/chain-reader.ts";
import type { AgencyStore, IssueJob } from "../../../src/ports/agency-store.ts";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import {
  closeSources,
  newHome,
  openStore,
  quickTime,
  toolsOn,
} from "../../support/anchoring-world.ts";
import type { ChainWorld, Row } from "../../support/chain-world.ts";
import {
  OTHER_TYPE_CODE,
  TODAY,
  anchorsOnChain,
  goodRows,
  orderOf,
  startChainWorld,
  writeCsv,
} from "../../support/chain-world.ts";
import { Fault, failingTools } from "../../support/failing-ports.ts";
import { altering, at, losingTransactions } from "../../support/rpc-proxy.ts";

let world: ChainWorld;
let store: AgencyStore;
let rows: Row[];
let csv: string;
const stores: AgencyStore[] = [];

beforeAll(async () => {
  world = await startChainWorld();
});
let seeds = 0;
beforeEach(async () => {
  store = await openStore(newHome(world));
  stores.push(store);
  rows = goodRows(world, 3, `jobs ${String(++seeds)}`);
  csv = await writeCsv(world, rows);
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(async () => {
  await closeSources();
  for (const each of stores) await each.close();
  await world.close();
});

const hashOf = (raw: string): string => Transaction.from(raw).hash as string;
const tools = (changes: Partial<IssueTools> = {}): Promise<IssueTools> =>
  toolsOn(world, store, csv, changes);

/** A job that broke off at the first call of that name. */
async function brokenAt(call: string, order = orderOf(world)): Promise<IssueJob> {
  const broken = failingTools(await tools(), (_number, name) => name === call, "killed before");
  await expect(issueJob(order, broken.tools)).rejects.toBeInstanceOf(Fault);
  await broken.end();
  return (await store.jobs())[0] as IssueJob;
}

describe("the same command again", () => {
  const OTHERS: readonly (readonly [string, Partial<IssueOrder>])[] = [
    ["another batch size", { batchSize: 2 }],
    ["padding", { isPadded: true }],
    ["another hash suite", { suite: 2 }],
    ["leave to skip what is invalid", { skipInvalid: true }],
    ["leave to supersede", { supersede: true }],
  ];
  it.each(OTHERS)("is another job with %s", async (_what, changes) => {
    const first = await brokenAt("intake complete");
    const second = await brokenAt("intake complete", orderOf(world, changes));
    expect(second.id).not.toBe(first.id);
    expect(second.order).toMatchObject({ batchSize: changes.batchSize ?? 4096 });
  });

  it("is another job with a mapping", async () => {
    const first = await brokenAt("intake complete");
    const columns = Object.keys(rows[0] as Row);
    const mapping = {
      format: "liangzheng-mapping/1",
      ...{ type: world.type.code, schemaVersion: 1, ignore: [] },
      claims: Object.fromEntries(columns.map((column) => [column, { column }])),
    } as const;
    const second = await brokenAt("intake complete", orderOf(world, { mapping }));
    expect(second.id).not.toBe(first.id);
  });

  it("goes on with the job that broke off while it was read, from the first record", async () => {
    const first = await brokenAt("intake endBatch");
    expect(first.state).toBe("reading");
    const began: string[] = [];
    const told = await tools({ began: ({ id }) => began.push(id) });
    const { job } = await issueJob(orderOf(world), told);
    expect(job).toMatchObject({ id: first.id, state: "done", certificates: 3 });
    expect(began).toEqual([first.id]);
  });

  it("is the same job whatever the command's words are", async () => {
    const first = await brokenAt("sign");
    const { job } = await issueJob(orderOf(world, { command: { other: true } }), await tools());
    expect(job.id).toBe(first.id);
  });

  it("resumed by its id is refused where its source has changed meanwhile", async () => {
    const { id } = await brokenAt("intake endBatch");
    csv = await writeCsv(world, rows.slice(1));
    const resumed = issueJob(orderOf(world, { resuming: id }), await tools());
    await expect(resumed).rejects.toMatchObject({
      code: "SOURCE_CHANGED",
      detail: expect.stringContaining(id),
    });
    expect(await store.jobs()).toHaveLength(1);
  });
});

describe("what the contract would refuse", () => {
  it("is refused before a record is read, and leaves no job", async () => {
    const [, other] = world.types;
    const order = { ...orderOf(world), type: other ?? world.type };
    expect(order.type.code).toBe(OTHER_TYPE_CODE);
    const records = generateRecords(order.type, { count: 1, seed: "other", today: TODAY });
    csv = await writeCsv(world, [...records]);
    const refused = { code: "CONTRACT_REFUSED", detail: expect.stringContaining("NotEntitled") };
    await expect(issueJob(order, await tools())).rejects.toMatchObject(refused);
    expect(await store.jobs()).toEqual([]);
  });
});

describe("the part of a job after its records", () => {
  const reading = (changes: Partial<ChainReader>): Partial<IssueTools> => ({
    reader: { ...world.proxiedReader, ...changes },
  });

  it("needs no source", async () => {
    const { id } = await brokenAt("sign");
    const job = (await store.job(id)) as IssueJob;
    const { job: done } = await finishJob(job, await tools());
    expect(done).toMatchObject({ id, state: "done" });
    expect((await finishJob(done, await tools())).wasDone).toBe(true);
  });

  it("is refused on another chain, and for another ledger of this one", async () => {
    const job = await brokenAt("sign");
    const { identity } = world.reader;
    const elsewhere = reading({ identity: { ...identity, chainId: 5 } });
    await expect(finishJob(job, await tools(elsewhere))).rejects.toMatchObject({
      code: "WRONG_CHAIN",
      detail: `${job.id} is for chain 31337, the node is on 5`,
    });
    const other = reading({ identity: { ...identity, directory: `0x${"1".repeat(40)}` } });
    await expect(finishJob(job, await tools(other))).rejects.toMatchObject({
      code: "WRONG_CHAIN",
      detail: expect.stringContaining(identity.directory),
    });
  });

  it("is refused on a chain that was started anew at the same address; there it is another job", async () => {
    const job = await brokenAt("sign");
    const before = await anchorsOnChain(world);
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block, { params }) => {
        return params[0] === "latest" ? block : { ...block, hash: `0x${"ab".repeat(32)}` };
      }),
    );
    await expect(finishJob(job, await tools())).rejects.toMatchObject({
      code: "LEDGER_RESTARTED",
      detail: job.id,
    });
    expect(await anchorsOnChain(world)).toEqual(before);
    const again = await brokenAt("sign");
    expect(again.id).not.toBe(job.id);
  });

  it("is refused where the node was another chain's when it was begun: else all would be issued twice", async () => {
    let asked = 0;
    const anew = altering("eth_getBlockByNumber", (block, { params }) => {
      const isFirst = Number(params[0]) === world.reader.firstBlock && ++asked === 1;
      return isFirst ? { ...block, hash: `0x${"cd".repeat(32)}` } : block;
    });
    const before = await anchorsOnChain(world);
    const begun = await tools();
    world.proxy.behave(anew);
    const refused = issueJob(orderOf(world), begun);
    await expect(refused).rejects.toMatchObject({ code: "LEDGER_RESTARTED" });
    expect(await anchorsOnChain(world)).toEqual(before);
    const { job } = await issueJob(orderOf(world), await tools());
    expect(await anchorsOnChain(world)).toHaveLength(before.length + job.batches);
  });

  it("is refused by a node that has lost the ledger's first block", async () => {
    const job = await brokenAt("sign");
    const blind = reading({ block: () => Promise.resolve(null) });
    const problem = { code: "CHAIN_INCONSISTENT" };
    await expect(finishJob(job, await tools(blind))).rejects.toMatchObject(problem);
  });
});

describe("two at once", () => {
  it("in one store: the second is told that it is busy, and nothing is done twice", async () => {
    const before = (await anchorsOnChain(world)).length;
    const results = await Promise.allSettled([
      issueJob(orderOf(world), await tools()),
      issueJob(orderOf(world), await tools()),
    ]);
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "STORE_BUSY", detail: store.name } }]);
    expect((await anchorsOnChain(world)).length).toBe(before + 1);
    expect(await store.jobs()).toHaveLength(1);
  });

  it("in two stores with one key: both are anchored in the end, each batch once", async () => {
    const before = (await anchorsOnChain(world)).length;
    const others = await Promise.all([1, 2].map(() => openStore(newHome(world))));
    stores.push(...others);
    const order = orderOf(world, { batchSize: 1 });
    const pace = { patience: 60 };
    await Promise.all(
      others.map(async (each) => {
        const quick = quickTime(pace, () => new Promise((resolve) => setTimeout(resolve, 5)));
        await issueJob(order, await toolsOn(world, each, csv, quick));
      }),
    );
    const anchored = (await anchorsOnChain(world)).slice(before).map(({ root }) => root);
    const batches = await Promise.all(
      others.map(async (each) => each.batches((await each.jobs())[0]?.id ?? "")),
    );
    expect(anchored.sort()).toEqual(
      batches
        .flat()
        .map(({ root }) => root)
        .sort(),
    );
  });
});

describe("an estimate", () => {
  it("counts batches and transactions and prices all of them; nothing is kept or sent", async () => {
    csv = await writeCsv(world, goodRows(world, 29));
    world.proxy.behave(
      altering("eth_getBlockByNumber", (block) => ({ ...block, gasLimit: "0x3d090" })),
    );
    const order = orderOf(world, { batchSize: 1 });
    const before = await anchorsOnChain(world);
    const faults = faultFile(`${csv}.errors.csv`);
    const estimate = await estimateIssue(order, { ...(await tools()), faults });
    expect(estimate).toMatchObject({ valid: 29, batches: 29, transactions: 5, errorFile: null });
    expect([await store.jobs(), await anchorsOnChain(world)]).toEqual([[], before]);
    const { job } = await issueJob(order, await tools());
    const receipts = (await store.batches(job.id)).map(({ receipt }) => receipt);
    const gas = new Map(receipts.map((receipt) => [receipt?.transaction, receipt?.gasUsed ?? 0]));
    const used = [...gas.values()].reduce((sum, each) => sum + each);
    expect(gas.size).toBe(5);
    expect(Math.abs((estimate.gas ?? 0) - used) / used).toBeLessThan(0.05);
  });

  it("of nothing that may be issued has no price", async () => {
    csv = await writeCsv(
      world,
      rows.map((row) => ({ ...row, holderSex: "" })),
    );
    const faults = faultFile(`${csv}.errors.csv`);
    const estimate = await estimateIssue(orderOf(world), { ...(await tools()), faults });
    expect(estimate).toMatchObject({
      valid: 0,
      invalid: 3,
      batches: 0,
      transactions: 0,
      gas: null,
    });
  });
});

describe("cancelling", () => {
  const cancel = (id: string): Promise<void> => cancelJob(id, store, () => tools());
  const stateOf = async (id: string): Promise<string | undefined> => (await store.job(id))?.state;

  it.each(["intake endBatch", "sign"])(
    "a job of which nothing is signed, broken off at '%s', needs no chain",
    async (call) => {
      const { id } = await brokenAt(call);
      await cancelJob(id, store, () => Promise.reject(new Error("no chain")));
      expect(await stateOf(id)).toBe("cancelled");
      // Its numbers are free again.
      const { job } = await issueJob(orderOf(world), await tools());
      expect(job.id).not.toBe(id);
      await cancel(id);
    },
  );

  it("is refused while a signed transaction may still be mined, sent or not", async () => {
    const { id } = await brokenAt("send");
    await expect(cancel(id)).rejects.toMatchObject({
      code: "JOB_NOT_CANCELLABLE",
      detail: expect.stringMatching(/0x[0-9a-f]{64} may still be mined$/),
    });
    expect(await stateOf(id)).toBe("signed");
  });

  it("is possible once another transaction has used the number of the one that was signed", async () => {
    const { id } = await brokenAt("send");
    await world.operator.execute({ to: world.operator.address, data: "0x" });
    await cancel(id);
    expect(await stateOf(id)).toBe("cancelled");
  });

  it("is refused when a batch of it is on the chain, as when all of it is", async () => {
    const broken = await brokenAt("mined");
    await expect(cancel(broken.id)).rejects.toMatchObject({
      code: "JOB_NOT_CANCELLABLE",
      detail: expect.stringMatching(/batch 0x[0-9a-f]{64} is anchored$/),
    });
    const { job } = await issueJob(orderOf(world), await tools());
    await expect(cancel(job.id)).rejects.toMatchObject({
      code: "JOB_NOT_CANCELLABLE",
      detail: `${job.id}: all of it is anchored`,
    });
  });

  it("is refused where another account signed, whose numbers this one can't tell", async () => {
    const { id } = await brokenAt("send");
    const { anchoring, reader } = await tools();
    const stranger = { ...anchoring, account: `0x${"5".repeat(40)}` };
    const refused = cancelJob(id, store, () => Promise.resolve({ anchoring: stranger, reader }));
    await expect(refused).rejects.toMatchObject({
      code: "JOB_NOT_CANCELLABLE",
      detail: expect.stringContaining(`was signed by ${anchoring.account}`),
    });
  });

  it("is refused for a job there is not, and while another works", async () => {
    await expect(cancel("J-none")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
    const { id } = await brokenAt("sign");
    const lock = await store.lock();
    await expect(cancel(id)).rejects.toMatchObject({ code: "STORE_BUSY" });
    await lock?.release();
  });
});

describe("another operator's key", () => {
  it("finishes what the first has signed and never sent: nothing twice", async () => {
    world.proxy.behave(at("eth_sendRawTransaction", losingTransactions(hashOf)));
    const lost = issueJob(orderOf(world), await tools());
    await expect(lost).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    world.proxy.behave(null);
    const before = (await anchorsOnChain(world)).length;
    const { anchoring } = await tools();
    const renamed = { ...anchoring, account: `0x${"7".repeat(40)}` };
    await issueJob(orderOf(world), await tools({ anchoring: renamed }));
    expect((await anchorsOnChain(world)).length).toBe(before + 1);
  });
});
