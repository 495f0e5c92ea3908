/** A job that breaks off anywhere, or whose node does, and then runs again: nothing lost, nothing twice. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { issueJob } from "../../../src/app/issue/issue-job.ts";
import type { IssueTools } from "../../../src/app/issue/issue-job.ts";
import { leafOf } from "../../../src/app/issue/make-certificate.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { BatchAnchored, Positioned } from "../../../src/core/ledger/events.ts";
import type { AgencyStore, IssueJob } from "../../../src/ports/agency-store.ts";
import { closeSources, newHome, openStore, toolsOn } from "../../support/anchoring-world.ts";
import type { ChainWorld, Row } from "../../support/chain-world.ts";
import { goodRows, orderOf, startChainWorld, writeCsv } from "../../support/chain-world.ts";
import type { Failure } from "../../support/failing-ports.ts";
import { Fault, failingTools } from "../../support/failing-ports.ts";
import type { Behaviour } from "../../support/rpc-proxy.ts";
import { atCall, resetting, resettingAfter, truncating } from "../../support/rpc-proxy.ts";

let world: ChainWorld;
let rows: readonly Row[];
let csv: string;
/** Of one certificate each; two go into one transaction, the third into another. */
const BATCHES = 3;
const IN_TRANSACTION = 2;

beforeAll(async () => {
  world = await startChainWorld();
  rows = goodRows(world, BATCHES);
  csv = await writeCsv(world, rows);
});
afterEach(async () => {
  world.proxy.behave(null);
  await closeSources();
});
afterAll(() => world.close());

async function anchorsSince(block: number): Promise<Positioned<BatchAnchored>[]> {
  const { number } = await world.reader.latestBlock();
  const events = await world.reader.events(block + 1, number);
  return events.filter((event) => event.kind === "BatchAnchored");
}

const heightOf = async (): Promise<number> => (await world.reader.latestBlock()).number;

async function toolsIn(store: AgencyStore): Promise<IssueTools> {
  const tools = await toolsOn(world, store, csv);
  const { anchoring } = tools;
  return {
    ...tools,
    anchoring: {
      ...anchoring,
      plan: (requests) => anchoring.plan(requests.slice(0, IN_TRANSACTION)),
    },
  };
}

async function issueIn(home: string): Promise<IssueJob> {
  const store = await openStore(home);
  try {
    return (await issueJob(orderOf(world, { batchSize: 1 }), await toolsIn(store))).job;
  } finally {
    await store.close();
  }
}

async function breakOff(
  home: string,
  isHit: (number: number, name: string) => boolean,
  failure: Failure,
): Promise<void> {
  const store = await openStore(home);
  const { tools, end } = failingTools(await toolsIn(store), isHit, failure);
  try {
    const order = orderOf(world, { batchSize: 1 });
    await expect(issueJob(order, tools)).rejects.toBeInstanceOf(Fault);
  } finally {
    await end();
    await store.close();
  }
}

/** Runs the same command again, as the remedy says, and looks at all that came of all runs. */
async function expectFinished(home: string, since: number): Promise<void> {
  world.proxy.behave(null);
  const job = await issueIn(home);
  expect(job).toMatchObject({ state: "done", certificates: BATCHES, batches: BATCHES });
  const store = await openStore(home);
  try {
    expect(await store.jobs()).toEqual([expect.objectContaining({ id: job.id, state: "done" })]);
    await expectAnchoredOnce(store, job, await anchorsSince(since));
    await expectProven(store, job);
  } finally {
    await store.close();
  }
}

async function expectAnchoredOnce(
  store: AgencyStore,
  job: IssueJob,
  anchors: readonly Positioned<BatchAnchored>[],
): Promise<void> {
  const batches = await store.batches(job.id);
  expect(anchors.map(({ root }) => root).sort()).toEqual(batches.map(({ root }) => root).sort());
  for (const { root, receipt } of batches) {
    const event = anchors.find((anchor) => anchor.root === root);
    expect(receipt).toMatchObject({
      sequence: event?.sequence,
      head: event?.head,
      transaction: event?.position.transaction,
    });
  }
}

/** Every record has its certificate, and every certificate leads to its anchored root. */
async function expectProven(store: AgencyStore, job: IssueJob): Promise<void> {
  const { keccak256 } = world.primitives;
  const numbers: unknown[] = [];
  for (const { root } of await store.batches(job.id)) {
    for await (const { certificate, path } of store.certificates(root)) {
      const leaf = leafOf(keccak256, certificate);
      expect(`0x${toHex(rootOfPath(keccak256, leaf, path))}`).toBe(root);
      numbers.push(certificate.claims.find(({ name }) => name === "certificateNumber")?.value);
    }
  }
  expect(numbers).toEqual(rows.map((row) => row["certificateNumber"]));
}

/** The calls of an issue in which nothing fails. */
const READING = [
  ...["lock", "block", "jobFor", "plan", "createJob", "beginReading"],
  ...["intake addChunk", "intake endBatch", "intake addChunk", "intake endBatch"],
  ...["intake addChunk", "intake endBatch", "intake complete", "block"],
];
const SIGNING = ["plan", "sign", "outbox save", "send", "outbox save"];
const ANCHORING = [
  ...["batches", "outbox transactions", "outbox open"],
  ...["nonces", ...SIGNING, ...SIGNING],
  ...["nonces", "mined", "mined", "block", "block", "latestBlock"],
  ...["outbox confirm", "outbox confirm", "setJobState", "setJobState", "lock release"],
];
const CALLS = [...READING, ...ANCHORING];

describe("an issue that fails at any one of its calls, then runs again: one anchor, every certificate proven", () => {
  it("makes these calls when nothing fails", async () => {
    const store = await openStore(newHome(world));
    const { tools, calls } = failingTools(await toolsIn(store), () => false);
    await issueJob(orderOf(world, { batchSize: 1 }), tools);
    await store.close();
    expect(calls).toEqual(CALLS);
  });

  it.each(CALLS.map((name, i) => [i + 1, name] as const))("call %i: %s", async (n, _name) => {
    const failures: readonly Failure[] = [
      // Whoever only fails still cleans up; that has something to clean while records are read.
      ...(n <= READING.length ? ["before" as const] : []),
      "killed before",
      // Killed after any other call is killed before the next: nothing is done between them.
      ...(n === CALLS.length ? ["killed after" as const] : []),
    ];
    for (const failure of failures) {
      const home = newHome(world);
      const since = await heightOf();
      await breakOff(home, (number) => number === n, failure);
      await expectFinished(home, since);
    }
  });

  it("also when the second run fails at any one of its first calls, and a third runs", async () => {
    const since = await heightOf();
    const home = newHome(world);
    await breakOff(home, (_n, name) => name === "send", "killed before");
    for (let n = 3; n <= 12; n++) await breakOff(home, (number) => number === n, "killed after");
    await expectFinished(home, since);
  });
});

describe("an issue whose node fails at any one of its questions, then runs again: the same", () => {
  const BEHAVIOURS: readonly (readonly [string, Behaviour])[] = [
    ["cuts the connection before it heard the question", resetting],
    ["cuts the connection after it did what was asked", resettingAfter],
    ["answers with half of an answer", truncating],
  ];
  it.each(BEHAVIOURS)(
    "it %s",
    async (_what, behaviour) => {
      let failed = 0;
      for (let n = 1; ; n++) {
        const home = newHome(world);
        const since = await heightOf();
        let asked = 0;
        const nth = atCall(n, behaviour);
        world.proxy.behave((call, forward) => {
          asked++;
          return nth(call, forward);
        });
        const problem: unknown = await issueIn(home).then(
          () => null,
          (error: unknown) => error,
        );
        if (problem !== null) failed++;
        if (problem !== null) {
          expect(problem).toMatchObject({ code: expect.stringMatching(/^RPC_/) });
        }
        await expectFinished(home, since);
        if (asked < n) break;
      }
      // Before the first signature it is told; after it, the node is asked again.
      expect(failed).toBeGreaterThan(3);
    },
    240_000,
  );
});

describe("an issue that was killed", () => {
  const killedAt = async (name: string, failure: Failure): Promise<string> => {
    const home = newHome(world);
    await breakOff(home, (_number, call) => call === name, failure);
    return home;
  };

  async function newestIn<T>(
    home: string,
    look: (store: AgencyStore, job: IssueJob) => Promise<T>,
  ) {
    const store = await openStore(home);
    try {
      const [job] = await store.jobs();
      return await look(store, job as IssueJob);
    } finally {
      await store.close();
    }
  }

  it("while it read its records has sent nothing, and reads them again", async () => {
    const since = await heightOf();
    const home = await killedAt("intake endBatch", "killed after");
    expect(await newestIn(home, async (_store, { state }) => state)).toBe("reading");
    await expectFinished(home, since);
  });

  it("between signing and sending sends the very same transaction", async () => {
    const since = await heightOf();
    const home = await killedAt("outbox save", "killed after");
    const signed = await newestIn(home, (store, { id }) => store.outbox.transactions(id));
    expect(signed).toMatchObject([{ state: "signed", batches: IN_TRANSACTION }]);
    expect(await anchorsSince(since)).toEqual([]);
    await expectFinished(home, since);
    const [first] = await anchorsSince(since);
    expect(first?.position.transaction).toBe(signed[0]?.hash);
  });

  it("between sending and the receipt sends nothing more, and finds the receipt", async () => {
    const since = await heightOf();
    const home = await killedAt("mined", "killed before");
    expect(await anchorsSince(since)).toHaveLength(BATCHES);
    world.proxy.forget();
    await expectFinished(home, since);
    expect(world.proxy.calls.map(({ method }) => method)).not.toContain("eth_sendRawTransaction");
  });

  it("leaves no job behind where it could still clean up", async () => {
    const home = newHome(world);
    await breakOff(home, (_number, name) => name === "intake endBatch", "before");
    const store = await openStore(home);
    expect(await store.jobs()).toEqual([]);
    await store.close();
  });
});
