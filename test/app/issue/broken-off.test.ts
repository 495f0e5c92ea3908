import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Transaction } from "ethers";
import { readdir } from "node:fs/promises";
import { batchFolder } from "../../../src/adapters/store/batch-folder.ts";
import { exportCertificates } from "../../../src/app/export-certificates.ts";
import { issueBatch } from "../../../src/app/issue/issue-batch.ts";
import { leafOf } from "../../../src/app/issue/make-certificate.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { BatchAnchored } from "../../../src/core/ledger/events.ts";
import type { BatchJob } from "../../../src/ports.ts";
import type { ChainWorld, Row } from "../../support/chain-world.ts";
import {
  anchorRoots,
  goodRows,
  newFolder,
  orderOf,
  startChainWorld,
  toolsFor,
  writeCsv,
} from "../../support/chain-world.ts";
import { FAILURES, Fault, failingTools } from "../../support/failing-ports.ts";
import type { Behaviour } from "../../support/rpc-proxy.ts";
import {
  atCall,
  losingTransactions,
  resetting,
  resettingAfter,
  truncating,
} from "../../support/rpc-proxy.ts";

let world: ChainWorld;
let rows: readonly Row[];
let csv: string;
const SIZE = 3;

beforeAll(async () => {
  world = await startChainWorld();
  rows = goodRows(world, SIZE);
  csv = await writeCsv(world, rows);
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

const hashOf = (raw: string): string => Transaction.from(raw).hash as string;

async function anchorsSince(block: number): Promise<BatchAnchored[]> {
  const { number } = await world.reader.latestBlock();
  const events = await world.reader.events(block + 1, number);
  return events.filter((event) => event.kind === "BatchAnchored");
}

/** Runs the same command again, as the remedy says, and looks at all that came of both runs. */
async function expectFinished(folder: string, since: number): Promise<BatchJob> {
  world.proxy.behave(null);
  const { job } = await issueBatch(orderOf(world), await toolsFor(world, csv, folder));
  const anchors = await anchorsSince(since);
  expect(anchors.map(({ root, size }) => ({ root, size }))).toEqual([
    { root: job.root, size: SIZE },
  ]);
  expect(job).toMatchObject({ state: "anchored", size: SIZE });
  expect(job.receipt).toMatchObject({ sequence: anchors[0]?.sequence, head: anchors[0]?.head });
  await expectProven(folder, job.root);
  expect((await readdir(folder)).sort()).toEqual([
    "certificates.jsonl",
    "job.json",
    "manifest.json",
    "tree.bin",
  ]);
  return job;
}

/** Every record has its certificate, and every certificate leads to the anchored root. */
async function expectProven(folder: string, root: string): Promise<void> {
  const numbers: unknown[] = [];
  for await (const file of exportCertificates(world.primitives, batchFolder(folder), {
    kind: "all",
  })) {
    const { keccak256 } = world.primitives;
    const leaf = leafOf(keccak256, { ...file, index: file.batch.index });
    expect(`0x${toHex(rootOfPath(keccak256, leaf, file.batch.path))}`).toBe(root);
    numbers.push(file.claims.find(({ name }) => name === "certificateNumber")?.value);
  }
  expect(numbers).toEqual(rows.map((row) => row["certificateNumber"]));
}

const heightOf = async (): Promise<number> => (await world.reader.latestBlock()).number;

/** The calls of an issue in which nothing fails. */
const CALLS = [
  "read the job",
  "estimate",
  "create certificates",
  "write a certificate",
  "write a certificate",
  "write a certificate",
  "close the certificates",
  "close the error file",
  "save the tree",
  "save the manifest",
  "save the job as hashed",
  "look for the receipt",
  "sign",
  "save the job as signed",
  "send",
  "look for the receipt",
  "ask for finality",
  "save the job as anchored",
];

/** Until here nothing is on disk that a second run would go by, and nothing was sent: two ways to fail will do. */
const FIRST_SAVED = CALLS.indexOf("save the job as hashed") + 1;

describe("an issue that fails at any one of its calls, then runs again: one anchor, every certificate proven", () => {
  it("makes these calls when nothing fails", async () => {
    const { tools, calls } = failingTools(
      await toolsFor(world, csv, newFolder(world)),
      0,
      "before",
    );
    await issueBatch(orderOf(world), tools);
    expect(calls).toEqual(CALLS);
  });

  it.each(CALLS.map((name, i) => [i + 1, name] as const))("call %i: %s", async (n, _name) => {
    for (const failure of n < FIRST_SAVED ? FAILURES.slice(1, 3) : FAILURES) {
      const folder = newFolder(world);
      const since = await heightOf();
      const { tools } = failingTools(await toolsFor(world, csv, folder), n, failure);
      await expect(issueBatch(orderOf(world), tools)).rejects.toBeInstanceOf(Fault);
      await expectFinished(folder, since);
    }
  });

  it("also when the second run fails at any one of its calls, and a third runs", async () => {
    const since = await heightOf();
    const folder = newFolder(world);
    const first = failingTools(await toolsFor(world, csv, folder), 15, "killed before");
    await expect(issueBatch(orderOf(world), first.tools)).rejects.toBeInstanceOf(Fault);
    for (let n = 1; n <= 3; n++) {
      const again = failingTools(await toolsFor(world, csv, folder), n, "killed after");
      await expect(issueBatch(orderOf(world), again.tools)).rejects.toBeInstanceOf(Fault);
    }
    await expectFinished(folder, since);
  });
});

describe("an issue whose node fails at any one of its questions, then runs again: the same", () => {
  const BEHAVIOURS: readonly (readonly [string, Behaviour])[] = [
    ["cuts the connection before it heard the question", resetting],
    ["cuts the connection after it did what was asked", resettingAfter],
    ["answers with half of an answer", truncating],
  ];
  it.each(BEHAVIOURS)("it %s", async (_what, behaviour) => {
    let failed = 0;
    for (let n = 1; ; n++) {
      const folder = newFolder(world);
      const since = await heightOf();
      let asked = 0;
      const nth = atCall(n, behaviour);
      world.proxy.behave((call, forward) => {
        asked++;
        return nth(call, forward);
      });
      const problem = await toolsFor(world, csv, folder)
        .then((tools) => issueBatch(orderOf(world), tools))
        .then(
          () => null,
          (error: unknown) => error,
        );
      if (problem !== null) {
        failed++;
        expect(problem).toMatchObject({ code: expect.stringMatching(/^(RPC_|NOT_CONFIRMED)/) });
      }
      await expectFinished(folder, since);
      if (asked < n) break;
    }
    expect(failed).toBeGreaterThan(8);
  });
});

describe("an issue that was killed", () => {
  async function killedAt(n: number, failure: "killed before" | "killed after"): Promise<string> {
    const folder = newFolder(world);
    const { tools } = failingTools(await toolsFor(world, csv, folder), n, failure);
    await expect(issueBatch(orderOf(world), tools)).rejects.toBeInstanceOf(Fault);
    return folder;
  }

  it("before it wrote its job has sent nothing, and begins anew", async () => {
    const since = await heightOf();
    const folder = await killedAt(10, "killed after");
    expect(await batchFolder(folder).job()).toBeNull();
    expect(await readdir(folder)).toContain("certificates.jsonl");
    await expectFinished(folder, since);
  });

  it("between signing and sending sends the very same transaction", async () => {
    const since = await heightOf();
    const folder = await killedAt(14, "killed after");
    const { transaction } = (await batchFolder(folder).job()) as BatchJob;
    expect(await anchorsSince(since)).toEqual([]);
    const { receipt } = await expectFinished(folder, since);
    expect(receipt?.transaction).toBe(transaction?.hash);
  });

  it("between sending and the receipt sends nothing more, and finds the receipt", async () => {
    const since = await heightOf();
    const folder = await killedAt(15, "killed after");
    expect(await anchorsSince(since)).toHaveLength(1);
    expect(await batchFolder(folder).job()).toMatchObject({ state: "signed", receipt: null });
    world.proxy.forget();
    await expectFinished(folder, since);
    expect(world.proxy.calls.map(({ method }) => method)).not.toContain("eth_sendRawTransaction");
  });

  it("leaves nothing behind where it could still clean up", async () => {
    const folder = newFolder(world);
    const { tools } = failingTools(await toolsFor(world, csv, folder), 9, "before");
    await expect(issueBatch(orderOf(world), tools)).rejects.toBeInstanceOf(Fault);
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });
});

describe("a transaction that is lost", () => {
  it("is sent again as it was", async () => {
    const since = await heightOf();
    const folder = newFolder(world);
    world.proxy.behave(losingTransactions(hashOf));
    const lost = issueBatch(orderOf(world), await toolsFor(world, csv, folder));
    await expect(lost).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    const { transaction } = (await batchFolder(folder).job()) as BatchJob;
    const { receipt } = await expectFinished(folder, since);
    expect(receipt?.transaction).toBe(transaction?.hash);
  });

  it("and whose number another has taken is signed anew, once", async () => {
    const since = await heightOf();
    const folder = newFolder(world);
    world.proxy.behave(losingTransactions(hashOf));
    const lost = issueBatch(orderOf(world), await toolsFor(world, csv, folder));
    await expect(lost).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    await world.operator.execute({ to: world.operator.address, data: "0x" });
    const { transaction } = (await batchFolder(folder).job()) as BatchJob;
    const { receipt } = await expectFinished(folder, since);
    expect(receipt?.transaction).not.toBe(transaction?.hash);
  });

  it("and whose root came onto the chain some other way is not sent again", async () => {
    const folder = newFolder(world);
    const since = await heightOf();
    const { tools } = failingTools(await toolsFor(world, csv, folder), 11, "killed after");
    await expect(issueBatch(orderOf(world), tools)).rejects.toBeInstanceOf(Fault);
    const job = (await batchFolder(folder).job()) as BatchJob;
    const { anchoring } = await toolsFor(world, csv, folder);
    await anchoring.send(await anchoring.sign(job));
    await expectFinished(folder, since);
  });
});

describe("two issues with one operator's key at once", () => {
  it("anchor both batches in the end, each once", async () => {
    const since = await heightOf();
    const folders = [newFolder(world), newFolder(world), newFolder(world)];
    const issue = async (folder: string): Promise<unknown> =>
      issueBatch(orderOf(world), await toolsFor(world, csv, folder));
    let left = folders;
    for (let round = 0; round < 5 && left.length > 0; round++) {
      const results = await Promise.allSettled(left.map(issue));
      for (const result of results) {
        if (result.status === "rejected") {
          expect(result.reason).toMatchObject({
            code: expect.stringMatching(/^(NOT_CONFIRMED|RPC_)/),
          });
        }
      }
      left = left.filter((_folder, i) => results[i]?.status === "rejected");
    }
    expect(left).toEqual([]);
    const roots = (await anchorsSince(since)).map(({ root }) => root).sort();
    const jobs = await Promise.all(folders.map((folder) => batchFolder(folder).job()));
    expect(roots).toEqual(jobs.map((job) => job?.root).sort());
  });
});

describe("an anchor that another batch of the operator overtook", () => {
  it("has its own number in the log, as the event says", async () => {
    const folder = newFolder(world);
    const since = await heightOf();
    const { tools } = failingTools(await toolsFor(world, csv, folder), 14, "killed after");
    await expect(issueBatch(orderOf(world), tools)).rejects.toBeInstanceOf(Fault);
    await anchorRoots(world, "overtaking");
    world.proxy.behave(null);
    const { job } = await issueBatch(orderOf(world), await toolsFor(world, csv, folder));
    const anchors = await anchorsSince(since);
    expect(anchors.find(({ root }) => root === job.root)?.sequence).toBe(job.receipt?.sequence);
    expect(anchors).toHaveLength(2);
  });
});
