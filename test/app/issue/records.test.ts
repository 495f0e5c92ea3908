import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { batchFolder } from "../../../src/adapters/store/batch-folder.ts";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { estimateIssue, issueBatch } from "../../../src/app/issue/issue-batch.ts";
import type { IssueOrder, IssueTools, Issued } from "../../../src/app/issue/issue-batch.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";
import { citizenIdCheck } from "../../../src/core/identifiers/citizen-id.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { ZERO_HASH } from "../../../src/core/ledger/state.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import type { IssuedCertificate, Primitives } from "../../../src/ports.ts";
import { anchoringInMemory } from "../../support/anchoring-in-memory.ts";
import { recordsOf } from "../../support/records-of.ts";
import type { Row } from "../../support/chain-world.ts";
import { SHANGHAI, TODAY, TYPE_CODE, goodRows } from "../../support/chain-world.ts";
import { IDENTITY } from "../../support/ledger-story.ts";

let folder: string;
let type: CertificateType;
let primitives: Primitives;
/** The chain of each test: what was signed and sent to it. */
let chain: ReturnType<typeof anchoringInMemory>;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-records-"));
  primitives = await loadPrimitives();
  const { types } = await readCatalogue(join(import.meta.dirname, "../../../catalogue"));
  type = types.find(({ code }) => code === TYPE_CODE) as CertificateType;
});
beforeEach(() => {
  chain = anchoringInMemory();
});
afterAll(() => rm(folder, { recursive: true }));

interface Attempt {
  readonly tools: IssueTools;
  readonly order: IssueOrder;
  readonly batch: string;
  readonly errors: string;
}

async function attempt(
  content: string | Uint8Array,
  changes: Partial<IssueOrder> = {},
): Promise<Attempt> {
  const file = join(folder, `${String(++count)}.csv`);
  await writeFile(file, content);
  const batch = join(folder, `batch-${String(count)}`);
  const errors = `${batch}.errors.csv`;
  const { code: agency, region } = SHANGHAI;
  return {
    batch,
    errors,
    order: { type, agency, region, suite: 1, skipInvalid: false, today: TODAY, ...changes },
    tools: {
      source: await openSource(file),
      store: batchFolder(batch),
      faults: faultFile(errors),
      anchoring: chain.anchoring,
      identity: IDENTITY,
      primitives,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      waiting: {
        attempts: 2,
        pause: () => Promise.resolve(),
        isFinal: () => Promise.resolve(true),
      },
    },
  };
}

const run = ({ order, tools }: Attempt): Promise<Issued> => issueBatch(order, tools);
const csv = (rows: readonly Row[], columns = Object.keys(rows[0] ?? {})): string => {
  return [...toCsv(columns, rows)].join("");
};

async function certificatesOf({ tools }: Attempt): Promise<IssuedCertificate[]> {
  const all: IssuedCertificate[] = [];
  for await (const certificate of tools.store.certificates()) all.push(certificate);
  return all;
}

/** The error file as [line, column, code, value], for a clerk. */
async function faultsOf({ errors }: Attempt): Promise<string[][]> {
  return (await recordsOf(await openSource(errors))).map(({ cells }) => {
    const code = cells[2] as keyof typeof RECORD_FAULTS;
    const { zh, remedyZh, en, remedyEn } = RECORD_FAULTS[code];
    expect(cells.slice(4, 8)).toEqual([zh, remedyZh, en, remedyEn]);
    return cells.slice(0, 4) as string[];
  });
}

/** No job, no folder, nothing signed. */
async function expectNothingDone({ batch }: Attempt): Promise<void> {
  await expect(readdir(batch)).rejects.toThrow("ENOENT");
  expect(chain.signed).toEqual([]);
}

describe("a table of good records", () => {
  it.each([
    ["with a BOM", (text: string) => `\uFEFF${text}`],
    ["with lines that end as on Linux", (text: string) => text.replaceAll("\r\n", "\n")],
    ["without an end of the last line", (text: string) => text.trimEnd()],
    ["with empty lines between", (text: string) => text.replaceAll("\r\n", "\r\n\r\n")],
  ])("is issued %s", async (_what, change) => {
    const rows = goodRows({ type }, 3);
    const it = await attempt(change(csv(rows)));
    const { job, wasDone } = await run(it);
    expect(job).toMatchObject({ state: "anchored", size: 3, skipped: 0, region: "310000" });
    expect(wasDone).toBe(false);
    const issued = await certificatesOf(it);
    expect(issued.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(
      issued.map(({ claims }) => claims.find(({ name }) => name === "holderName")?.value),
    ).toEqual(rows.map((row) => row["holderName"]));
    await expect(readFile(it.errors)).rejects.toThrow("ENOENT");
    expect(chain.anchored).toEqual([job.root]);
  });

  it("gives every claim of every certificate a salt of its own", async () => {
    const it = await attempt(csv(goodRows({ type }, 20)));
    await run(it);
    const salts = (await certificatesOf(it)).flatMap(({ claims }) =>
      claims.map(({ salt }) => toHex(salt)),
    );
    expect(salts).toHaveLength(20 * Object.keys(type.schema.properties).length);
    expect(new Set(salts).size).toBe(salts.length);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/);
  });

  it("may be of any size: the leaves of two and a half thousand are all in the tree", async () => {
    const it = await attempt(csv(goodRows({ type }, 2_500)));
    const { job } = await run(it);
    expect(job.size).toBe(2_500);
    expect((await it.tools.store.tree(2_500)).size).toBe(2_500);
  }, 20_000);

  it("tells how far it has come", async () => {
    const it = await attempt(csv(goodRows({ type }, 3)));
    const told: string[] = [];
    const progress = (stage: string, done: number): number => told.push(`${stage} ${String(done)}`);
    await issueBatch(it.order, { ...it.tools, progress });
    expect(told).toEqual(["records 1", "records 2", "records 3"]);
  });

  it("holds in its manifest what anyone may know, and no name or number", async () => {
    const rows = goodRows({ type }, 2);
    const it = await attempt(csv(rows), { suite: 2 });
    const { job } = await run(it);
    const text = new TextDecoder().decode(await it.tools.store.manifest());
    expect(JSON.parse(text)).toEqual({
      format: "liangzheng-manifest/1",
      agency: SHANGHAI.code,
      type: TYPE_CODE,
      schemaVersion: 1,
      suite: "sm3",
      size: 2,
      root: job.root,
      chainId: IDENTITY.chainId,
      anchor: IDENTITY.anchor,
    });
    for (const value of Object.values(rows[0] as Row)) {
      if (value.length > 2) expect(text).not.toContain(value);
    }
  });
});

describe("the column for the holder's key", () => {
  const thumbprint = "ab".repeat(32);

  it("binds the certificate where it is filled, and leaves a bearer certificate where it is empty", async () => {
    const [first, second] = goodRows({ type }, 2) as [Row, Row];
    const it = await attempt(
      csv([
        { ...first, holderKey: thumbprint },
        { ...second, holderKey: "" },
      ]),
    );
    await run(it);
    const holders = (await certificatesOf(it)).map(({ holder }) => toHex(holder));
    expect(holders).toEqual([thumbprint, "00".repeat(32)]);
  });

  it.each([
    ["in capitals", "AB".repeat(32)],
    ["a digit short", "ab".repeat(32).slice(1)],
    ["not hex", "xy".repeat(32)],
    ["with 0x", `0x${thumbprint}`],
  ])("is at fault when it is %s", async (_what, holderKey) => {
    const [row] = goodRows({ type }, 1) as [Row];
    const it = await attempt(csv([{ ...row, holderKey }]));
    await expect(run(it)).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect(await faultsOf(it)).toEqual([
      ["2", "holderKey", "HOLDER_KEY_SHAPE", expect.any(String)],
    ]);
    await expectNothingDone(it);
  });
});

describe("a table with the wrong columns is refused before any record is read", () => {
  const [row] = [() => goodRows({ type }, 1)[0] as Row];
  it.each([
    [
      "misses one",
      "COLUMN_MISSING",
      "holderName",
      (columns: string[]) => columns.filter((name) => name !== "holderName"),
    ],
    ["has an unknown one", "COLUMN_UNKNOWN", "电话", (columns: string[]) => [...columns, "电话"]],
    [
      "has one twice",
      "COLUMN_DOUBLED",
      "holderSex",
      (columns: string[]) => [...columns, "holderSex"],
    ],
    ["has one without a name", "COLUMN_UNKNOWN", "", (columns: string[]) => [...columns, ""]],
    [
      "has the key's twice",
      "COLUMN_DOUBLED",
      "holderKey",
      (columns: string[]) => [...columns, "holderKey", "holderKey"],
    ],
  ])("%s", async (_what, code, column, change) => {
    const it = await attempt(csv([row()], change(Object.keys(row()))));
    await expect(run(it)).rejects.toMatchObject({ code, detail: expect.stringContaining(column) });
    await expect(estimateIssue(it.order, it.tools)).rejects.toMatchObject({ code });
    await expectNothingDone(it);
  });

  it("names all that are missing at once", async () => {
    const it = await attempt("holderName\n王\n");
    await expect(run(it)).rejects.toMatchObject({
      code: "COLUMN_MISSING",
      detail: expect.stringMatching(/holderSex, holderIdNumber, certificateNumber/),
    });
  });
});

describe("a table that can't be read leaves nothing behind", () => {
  it.each([
    ["has only a header", (text: string) => text.split("\r\n")[0] as string, "SOURCE_EMPTY"],
    ["has a ragged row", (text: string) => `${text}a,b\r\n`, "SOURCE_MALFORMED"],
    ["has a quote that is never closed", (text: string) => `${text}"a`, "SOURCE_MALFORMED"],
    [
      "has a cell of two megabytes",
      (text: string) => `${text}"${"x".repeat(2_000_000)}"`,
      "SOURCE_MALFORMED",
    ],
  ])("it %s", async (_what, change, code) => {
    const it = await attempt(change(csv(goodRows({ type }, 3))));
    await expect(run(it)).rejects.toMatchObject({ code });
    await expectNothingDone(it);
  });

  it("it has bytes that are not UTF-8, far below what was read first", async () => {
    const good = new TextEncoder().encode(csv(goodRows({ type }, 500)));
    const bad = new Uint8Array(good.length + 2).fill(0xff);
    bad.set(good);
    const it = await attempt(bad);
    await expect(run(it)).rejects.toMatchObject({ code: "SOURCE_ENCODING" });
    await expectNothingDone(it);
  });

  it("it disappears while it is read", async () => {
    const it = await attempt(csv(goodRows({ type }, 3)));
    await rm(it.tools.source.name);
    await expect(run(it)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await expectNothingDone(it);
  });
});

/** The number with another birth date, and the check character that then belongs to it. */
function bornOn(id: string, date: string): string {
  const digits = id.slice(0, 6) + date + id.slice(14, 17);
  return digits + citizenIdCheck(digits);
}

function wrongCheck(id: string): string {
  return id.slice(0, 17) + (id.endsWith("1") ? "2" : "1");
}

describe("every fault of every record is told, with its line, field, code and words", () => {
  it("and the value masked where it is a person's", async () => {
    const rows = goodRows({ type }, 8);
    const id = (i: number): string => (rows[i] as Row)["holderIdNumber"] as string;
    const bad = [
      rows[0],
      { ...rows[1], holderIdNumber: wrongCheck(id(1)) },
      { ...rows[2], issueDate: "2024-02-30" },
      { ...rows[3], holderIdNumber: bornOn(id(3), "20260602") },
      { ...rows[4], holderName: "", operation: "吃饭" },
      { ...rows[5], holderName: "王\n小明" },
      { ...rows[6], validUntil: "2023-12-31" },
      { ...rows[7], certificateNumber: rows[0]?.["certificateNumber"] ?? "" },
    ] as Row[];
    const it = await attempt(csv(bad));
    const counts = `7 of 8 records; see ${it.errors}`;
    await expect(run(it)).rejects.toMatchObject({ code: "RECORDS_INVALID", detail: counts });
    const faults = await faultsOf(it);
    expect(
      faults.map(([line, field, code]) => `${String(line)} ${String(field)} ${String(code)}`),
    ).toEqual(
      [
        "3 holderIdNumber CITIZEN_ID_CHECK_DIGIT",
        "4 issueDate DATE",
        "5 holderIdNumber CITIZEN_ID_FUTURE",
        "6 holderName MISSING_FIELD",
        "6 operation NOT_IN_LIST",
        "7 holderName TEXT_CONTROL_CHARACTER",
        "9 validUntil VALIDITY_ORDER",
        "10 certificateNumber NUMBER_DOUBLED",
      ].map((line) => expect.stringContaining(line)),
    );
    const text = await readFile(it.errors, "utf8");
    expect(text.startsWith("\uFEFF")).toBe(true);
    for (const number of [wrongCheck(id(1)), bornOn(id(3), "20260602"), id(1)]) {
      expect(text).not.toContain(number);
    }
    await expectNothingDone(it);
  });

  it("also of a record with a cell that would be a formula: harmless in the error file", async () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const it = await attempt(csv([{ ...row, operation: '=HYPERLINK("http://x","y")' }]));
    await expect(run(it)).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    const [fault] = await faultsOf(it);
    expect(fault?.slice(0, 3)).toEqual(["2", "operation", "NOT_IN_LIST"]);
    expect(fault?.[3]).toMatch(/^'=HYPERLINK/);
  });

  it("also when all are bad: nothing is issued even where bad ones may be skipped", async () => {
    const bad = goodRows({ type }, 2).map((row) => ({ ...row, holderSex: "X" }));
    const it = await attempt(csv(bad), { skipInvalid: true });
    await expect(run(it)).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect(await faultsOf(it)).toHaveLength(2);
    await expectNothingDone(it);
  });

  it("and a number that a bad record has does not make a later one doubled twice over", async () => {
    const rows = goodRows({ type }, 1);
    const it = await attempt(csv([...rows, ...rows, ...rows]));
    await expect(run(it)).rejects.toMatchObject({ detail: expect.stringContaining("2 of 3") });
    expect((await faultsOf(it)).map(([line, , code]) => [line, code])).toEqual([
      ["3", "NUMBER_DOUBLED"],
      ["4", "NUMBER_DOUBLED"],
    ]);
  });
});

describe("with --skip-invalid", () => {
  it("the good ones are issued, the bad ones told, and how many were left out is kept", async () => {
    const rows = goodRows({ type }, 5);
    const bad = rows.map((row, i) => (i % 2 === 1 ? { ...row, holderSex: "" } : row));
    const it = await attempt(csv(bad), { skipInvalid: true });
    const { job } = await run(it);
    expect(job).toMatchObject({ size: 3, skipped: 2, state: "anchored" });
    const issued = await certificatesOf(it);
    expect(issued.map(({ index }) => index)).toEqual([0, 1, 2]);
    const numbers = issued.map(
      ({ claims }) => claims.find(({ name }) => name === "certificateNumber")?.value,
    );
    expect(numbers).toEqual([0, 2, 4].map((i) => rows[i]?.["certificateNumber"]));
    expect((await faultsOf(it)).map(([line]) => line)).toEqual(["3", "5"]);
  });
});

describe("a dry run", () => {
  it("says what would be and cost, writes only the error file, and sends nothing", async () => {
    const rows = goodRows({ type }, 3).map((row, i) => (i === 1 ? { ...row, holderSex: "" } : row));
    const it = await attempt(csv(rows));
    const told: number[] = [];
    const { store: _store, ...tools } = it.tools;
    const estimate = await estimateIssue(it.order, {
      ...tools,
      progress: (_stage, done) => told.push(done),
    });
    const cost = { batches: 1, gas: 70_000, fee: 7n };
    const counts = { valid: 2, invalid: 1, replacing: 0 };
    expect(estimate).toEqual({ ...counts, errorFile: it.errors, ...cost });
    expect(told).toEqual([1, 2, 3]);
    await expectNothingDone(it);
  });

  it("asks no price of a table without a good record", async () => {
    const it = await attempt(csv(goodRows({ type }, 1).map((row) => ({ ...row, holderSex: "" }))));
    const estimate = await estimateIssue(it.order, it.tools);
    expect(estimate).toMatchObject({ valid: 0, invalid: 1, batches: 0, gas: null, fee: null });
    expect(chain.estimated).toEqual([]);
  });
});

describe("what the contract would refuse", () => {
  it("is refused before any record is read or written", async () => {
    chain.refuse("AgencyRegistryNotEntitled");
    const it = await attempt(csv(goodRows({ type }, 3)));
    await expect(run(it)).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
    await expectNothingDone(it);
  });
});

describe("a receipt", () => {
  it("that does not come in time is NOT_CONFIRMED with the transaction; run again, it is only looked for", async () => {
    chain.loseTransactions(true);
    const it = await attempt(csv(goodRows({ type }, 2)));
    const told: string[] = [];
    const progress = (...what: unknown[]): number => told.push(what.join(" "));
    const failed = issueBatch(it.order, { ...it.tools, progress });
    const problem = { code: "NOT_CONFIRMED", detail: expect.stringContaining("hash of 0x") };
    await expect(failed).rejects.toMatchObject(problem);
    expect(told.slice(-2)).toEqual(["confirmation 1 2", "confirmation 2 2"]);
    expect(await it.tools.store.job()).toMatchObject({ state: "signed", receipt: null });
    chain.loseTransactions(false);
    const { job } = await run(it);
    expect(job.state).toBe("anchored");
    expect(chain.signed).toHaveLength(1);
    expect(chain.anchored).toEqual([job.root]);
  });

  it("counts only once its block is as deep as finality asks for", async () => {
    const it = await attempt(csv(goodRows({ type }, 1)));
    let depth = 0;
    const waiting = {
      attempts: 5,
      pause: async () => {
        depth++;
      },
      isFinal: () => Promise.resolve(depth >= 3),
    };
    const shallow = issueBatch(it.order, { ...it.tools, waiting: { ...waiting, attempts: 2 } });
    await expect(shallow).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    expect(await it.tools.store.job()).toMatchObject({ state: "signed", receipt: null });
    const { job } = await issueBatch(it.order, { ...it.tools, waiting });
    expect(job.receipt).toMatchObject({ sequence: 1, head: ZERO_HASH });
  });
});
