/** Numbers that the agency has issued before: refused, or reissued in place of the old certificates. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { batchFolder } from "../../../src/adapters/store/batch-folder.ts";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { openNumberIndex } from "../../../src/adapters/store/issued-numbers.ts";
import type { NumberIndex } from "../../../src/adapters/store/issued-numbers.ts";
import { estimateIssue, issueBatch } from "../../../src/app/issue/issue-batch.ts";
import type { IssueOrder, IssueTools, Issued } from "../../../src/app/issue/issue-batch.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import type { Primitives, StatusesOrder } from "../../../src/ports.ts";
import { anchoringInMemory } from "../../support/anchoring-in-memory.ts";
import type { Row } from "../../support/chain-world.ts";
import { SHANGHAI, TODAY, TYPE_CODE, goodRows } from "../../support/chain-world.ts";
import { IDENTITY } from "../../support/ledger-story.ts";

let folder: string;
let type: CertificateType;
let primitives: Primitives;
let index: NumberIndex;
let count = 0;
/** Statuses of certificates as set on the chain, by root and index; and every call that set them. */
let statuses: Map<string, number>;
let calls: StatusesOrder[];
let chain: ReturnType<typeof anchoringInMemory>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-before-"));
  primitives = await loadPrimitives();
  const { types } = await readCatalogue(join(import.meta.dirname, "../../../catalogue"));
  type = types.find(({ code }) => code === TYPE_CODE) as CertificateType;
});
beforeEach(async () => {
  index = await openNumberIndex(":memory:", new Uint8Array(32));
  statuses = new Map();
  calls = [];
  chain = anchoringInMemory();
});
afterAll(() => rm(folder, { recursive: true }));

function supersession(): NonNullable<IssueTools["supersession"]> {
  return {
    clock: { now: () => 1_780_000_000 },
    reader: {
      latestBlock: async () => ({ number: 1, hash: "0x", time: 0 }),
      statusWord: async (_agency, root, word) => {
        const at = (i: number): bigint =>
          BigInt(statuses.get(`${root}/${String(64 * word + i)}`) ?? 0);
        return Array.from({ length: 64 }, (_, i) => at(i) << BigInt(4 * i)).reduce((a, b) => a | b);
      },
    },
    governance: {
      setStatuses: async (order) => {
        calls.push(order);
        for (const each of order.indices)
          statuses.set(`${order.root}/${String(each)}`, order.status);
        return { transaction: "0x", block: 1, gasUsed: 1 };
      },
    },
  };
}

interface Attempt {
  readonly order: IssueOrder;
  readonly tools: IssueTools;
  readonly errors: string;
}

async function attempt(rows: readonly Row[], changes: Partial<IssueOrder> = {}): Promise<Attempt> {
  const file = join(folder, `${String(++count)}.csv`);
  await writeFile(file, [...toCsv(Object.keys(rows[0] ?? {}), rows)].join(""));
  const { code: agency, region } = SHANGHAI;
  const errors = `${file}.errors.csv`;
  return {
    errors,
    order: { type, agency, region, suite: 1, skipInvalid: false, today: TODAY, ...changes },
    tools: {
      source: await openSource(file),
      store: batchFolder(join(folder, `batch-${String(count)}`)),
      faults: faultFile(errors),
      issued: index.numbersOf({ ledger: "x", agency, type: type.code }),
      anchoring: chain.anchoring,
      identity: IDENTITY,
      primitives,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      waiting: {
        attempts: 2,
        pause: () => Promise.resolve(),
        isFinal: () => Promise.resolve(true),
      },
      supersession: supersession(),
    },
  };
}

const run = ({ order, tools }: Attempt): Promise<Issued> => issueBatch(order, tools);
const issue = async (rows: readonly Row[], changes?: Partial<IssueOrder>): Promise<Issued> =>
  run(await attempt(rows, changes));

describe("a number that the agency has issued before", () => {
  it("is refused in another table, named by line and code, and nothing is issued", async () => {
    const rows = goodRows({ type }, 4);
    await issue(rows.slice(0, 2));
    const again = await attempt([rows[2] as Row, rows[1] as Row, rows[3] as Row]);
    await expect(run(again)).rejects.toMatchObject({
      code: "RECORDS_INVALID",
      detail: expect.stringContaining("1 of 3 records"),
    });
    expect(await readFile(again.errors, "utf8")).toMatch(/\n3,certificateNumber,NUMBER_ISSUED,/);
    expect(chain.anchored).toHaveLength(1);
  });

  it("may be skipped; the others are issued, and then refused in their turn", async () => {
    const rows = goodRows({ type }, 3);
    await issue(rows.slice(0, 1));
    const { job } = await issue(rows, { skipInvalid: true });
    expect(job).toMatchObject({ size: 2, skipped: 1 });
    await expect(issue(rows.slice(1))).rejects.toMatchObject({
      detail: expect.stringContaining("2 of 2"),
    });
  });

  it("is told together with the other faults of its record", async () => {
    const rows = goodRows({ type }, 1);
    await issue(rows);
    const again = await attempt(rows.map((row) => ({ ...row, holderSex: "?" })));
    await expect(run(again)).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    const errors = await readFile(again.errors, "utf8");
    expect(errors).toMatch(/holderSex,NOT_IN_LIST/);
    expect(errors).toMatch(/certificateNumber,NUMBER_ISSUED/);
  });

  it("does not stop the same job from being run again", async () => {
    const it = await attempt(goodRows({ type }, 2));
    expect((await run(it)).wasDone).toBe(false);
    expect((await run(it)).wasDone).toBe(true);
    expect(chain.anchored).toHaveLength(1);
  });

  it("counts only what is on the chain: a batch that was refused is forgotten", async () => {
    const rows = goodRows({ type }, 2);
    await expect(
      issue(rows.map((row, i) => (i === 0 ? { ...row, holderSex: "" } : row))),
    ).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect((await issue(rows)).job.size).toBe(2);
  });
});

describe("with --supersede", () => {
  it("the new certificate is issued, and then the old one marked superseded on the chain", async () => {
    const rows = goodRows({ type }, 130);
    const { job: old } = await issue(rows);
    const some = [rows[129], rows[1], rows[64]] as Row[];
    const estimate = await attempt(some, { supersede: true });
    expect(await estimateIssue(estimate.order, estimate.tools)).toMatchObject({
      valid: 3,
      replacing: 3,
    });
    expect(calls).toEqual([]);
    const { job, superseded } = await issue(some, { supersede: true });
    expect(superseded).toBe(3);
    expect(calls).toEqual([
      {
        agency: SHANGHAI.code,
        root: old.root,
        indices: [1, 64, 129],
        status: 2,
        effectiveFrom: 1_780_000_000,
        reason: 0,
      },
    ]);
    expect(chain.anchored).toEqual([old.root, job.root]);
    const third = await issue(some.slice(1), { supersede: true });
    expect(calls.at(-1)).toMatchObject({ root: job.root, indices: [1, 2] });
    expect(third.superseded).toBe(2);
  });

  it("what has ended already stays as it ended, and a suspended one is superseded", async () => {
    const rows = goodRows({ type }, 3);
    const { job: old } = await issue(rows);
    statuses.set(`${old.root}/0`, 5);
    statuses.set(`${old.root}/1`, 1);
    const { superseded } = await issue(rows, { supersede: true });
    expect(superseded).toBe(2);
    expect(calls.map(({ indices }) => indices)).toEqual([[1, 2]]);
    expect(statuses.get(`${old.root}/0`)).toBe(5);
  });

  it("a record that is at fault supersedes nothing", async () => {
    const rows = goodRows({ type }, 2);
    await issue(rows);
    const bad = rows.map((row, i) => (i === 0 ? { ...row, holderSex: "" } : row));
    const { superseded } = await issue(bad, { supersede: true, skipInvalid: true });
    expect(superseded).toBe(1);
    expect(calls.map(({ indices }) => indices)).toEqual([[1]]);
  });

  it("a run that broke off after anchoring marks them when it is run again, each once", async () => {
    const rows = goodRows({ type }, 1_000);
    const { job: old } = await issue(rows);
    const it = await attempt(rows, { supersede: true });
    const { setStatuses } = (it.tools.supersession as NonNullable<IssueTools["supersession"]>)
      .governance;
    let left = 1;
    const failing = {
      ...(it.tools.supersession as NonNullable<IssueTools["supersession"]>),
      governance: {
        setStatuses: async (order: StatusesOrder) => {
          if (left-- === 0) throw new Error("the node is gone");
          return setStatuses(order);
        },
      },
    };
    await expect(issueBatch(it.order, { ...it.tools, supersession: failing })).rejects.toThrow(
      "the node is gone",
    );
    const { wasDone, superseded } = await run(it);
    expect(wasDone).toBe(true);
    expect(superseded).toBe(600);
    expect(calls.map(({ indices, root }) => [root, indices.length])).toEqual([
      [old.root, 400],
      [old.root, 400],
      [old.root, 200],
    ]);
    expect((await run(it)).superseded).toBe(0);
    expect(chain.anchored).toHaveLength(2);
  });

  it("is another job than without, also with another mapping", async () => {
    const rows = goodRows({ type }, 1);
    const it = await attempt(rows);
    await run(it);
    const changed = issueBatch({ ...it.order, supersede: true }, it.tools);
    await expect(changed).rejects.toMatchObject({ code: "JOB_MISMATCH" });
    const claims = Object.fromEntries(
      Object.keys(rows[0] as Row).map((column) => [column, { column }]),
    );
    const mapping = {
      format: "liangzheng-mapping/1",
      type: type.code,
      schemaVersion: 1,
      claims,
      ignore: [],
    } as const;
    const mapped = issueBatch({ ...it.order, mapping }, it.tools);
    await expect(mapped).rejects.toMatchObject({ code: "JOB_MISMATCH" });
  });
});

describe("with --max-errors", () => {
  const bad = (rows: readonly Row[]): Row[] =>
    rows.map((row, i) => (i % 2 === 1 ? { ...row, holderSex: "" } : row));

  it("reading ends once more records are at fault, with those told so far", async () => {
    const it = await attempt(bad(goodRows({ type }, 40)), { maxErrors: 3, skipInvalid: true });
    await expect(run(it)).rejects.toMatchObject({
      code: "RECORDS_INVALID",
      detail: `more than 3 by line 9; see ${it.errors}`,
    });
    expect((await readFile(it.errors, "utf8")).trimEnd().split("\r\n")).toHaveLength(1 + 4);
    expect(chain.anchored).toEqual([]);
  });

  it("as many as that are no reason to end", async () => {
    const it = await attempt(bad(goodRows({ type }, 6)), { maxErrors: 3, skipInvalid: true });
    expect((await run(it)).job).toMatchObject({ size: 3, skipped: 3 });
  });
});
