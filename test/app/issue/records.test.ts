/** What becomes of records: which are issued, what is told of the others, and what keeps a table from being read. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { checkRecords } from "../../../src/app/issue/check-records.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { citizenIdCheck } from "../../../src/core/identifiers/citizen-id.ts";
import type { RecordSource } from "../../../src/ports/record-source.ts";
import type { Row } from "../../support/good-rows.ts";
import { SHANGHAI, TODAY, goodRows } from "../../support/good-rows.ts";
import type { Hashing, HashingOptions } from "../../support/hashing.ts";
import { certificatesIn, claimsIn, hashing, type } from "../../support/hashing.ts";
import type { IntakeInMemory } from "../../support/intake-in-memory.ts";
import { workersInProcess } from "../../support/intake-in-memory.ts";
import { IDENTITY } from "../../support/ledger-story.ts";
import { recordsOf } from "../../support/records-of.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-records-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function sourceOf(content: string | Uint8Array): Promise<RecordSource> {
  const file = join(folder, `${String(++count)}.csv`);
  await writeFile(file, content);
  return openSource(file);
}

interface Attempt extends Hashing {
  readonly errors: string;
}

/** Nothing is skipped if nothing else is said. */
async function attempt(
  content: string | Uint8Array,
  changes: HashingOptions = {},
): Promise<Attempt> {
  const source = await sourceOf(content);
  const errors = `${source.name}.errors.csv`;
  return {
    ...hashing(source, { skipInvalid: false, faults: faultFile(errors), ...changes }),
    errors,
  };
}

const csv = (rows: readonly Row[], columns = Object.keys(rows[0] ?? {})): string => {
  return [...toCsv(columns, rows)].join("");
};

/** The error file as [line, column, code, value], for a clerk. */
async function faultsOf({ errors }: Attempt): Promise<string[][]> {
  return (await recordsOf(await openSource(errors))).map(({ cells }) => {
    const code = cells[2] as keyof typeof RECORD_FAULTS;
    const { zh, remedyZh, en, remedyEn } = RECORD_FAULTS[code];
    expect(cells.slice(4, 8)).toEqual([zh, remedyZh, en, remedyEn]);
    return cells.slice(0, 4) as string[];
  });
}

function expectNothingDone(intake: IntakeInMemory): void {
  expect([intake.isDiscarded, intake.skipped]).toEqual([true, null]);
}

describe("a table of good records", () => {
  it.each([
    ["with a BOM", (text: string) => `\uFEFF${text}`],
    ["with lines that end as on Linux", (text: string) => text.replaceAll("\r\n", "\n")],
    ["without an end of the last line", (text: string) => text.trimEnd()],
    ["with empty lines between", (text: string) => text.replaceAll("\r\n", "\r\n\r\n")],
  ])("is issued %s", async (_what, change) => {
    const rows = goodRows({ type }, 3);
    const { hashed, intake, errors } = await attempt(change(csv(rows)));
    expect(await hashed).toMatchObject({ skipped: 0, replacing: 0, errorFile: null });
    expect(intake.batches).toMatchObject([{ size: 3, issued: 3 }]);
    const issued = intake.certificates(0);
    expect(issued.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(issued.map((each) => claimsIn(each)["holderName"])).toEqual(
      rows.map((row) => row["holderName"]),
    );
    await expect(readFile(errors)).rejects.toThrow("ENOENT");
  });

  it("gives every claim of every certificate a salt of its own", async () => {
    const { hashed, intake } = await attempt(csv(goodRows({ type }, 20)));
    await hashed;
    const salts = certificatesIn(intake).flatMap(({ claims }) =>
      claims.map(({ salt }) => toHex(salt)),
    );
    expect(salts).toHaveLength(20 * Object.keys(type.schema.properties).length);
    expect(new Set(salts).size).toBe(salts.length);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/);
  });

  it("tells how far it has come", async () => {
    const told: string[] = [];
    const progress = (stage: string, done: number): number => told.push(`${stage} ${String(done)}`);
    const { hashed } = await attempt(csv(goodRows({ type }, 3)), { progress });
    await hashed;
    expect(told.at(-1)).toBe("records 3");
  });

  it("holds in its manifest what anyone may know, and no name or number", async () => {
    const rows = goodRows({ type }, 2);
    const { hashed, intake } = await attempt(csv(rows), { suite: 2 });
    await hashed;
    const [batch] = intake.batches;
    const text = new TextDecoder().decode(batch?.manifest);
    expect(JSON.parse(text)).toEqual({
      format: "liangzheng-manifest/1",
      agency: SHANGHAI.code,
      type: type.code,
      schemaVersion: 1,
      suite: "sm3",
      size: 2,
      root: batch?.root,
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
    const { hashed, intake } = await attempt(
      csv([
        { ...first, holderKey: thumbprint },
        { ...second, holderKey: "" },
      ]),
    );
    await hashed;
    const holders = certificatesIn(intake).map(({ holder }) => toHex(holder));
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
    await expect(it.hashed).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect(await faultsOf(it)).toEqual([
      ["2", "holderKey", "HOLDER_KEY_SHAPE", expect.any(String)],
    ]);
    expectNothingDone(it.intake);
  });
});

describe("a table with the wrong columns is refused before any record is read", () => {
  const row = (): Row => goodRows({ type }, 1)[0] as Row;
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
    const text = csv([row()], change(Object.keys(row())));
    const { hashed, intake } = await attempt(text);
    await expect(hashed).rejects.toMatchObject({ code, detail: expect.stringContaining(column) });
    expectNothingDone(intake);
    await expect(dryRun(text)).rejects.toMatchObject({ code });
  });

  it("names all that are missing at once", async () => {
    const { hashed } = await attempt("holderName\n王\n");
    await expect(hashed).rejects.toMatchObject({
      code: "COLUMN_MISSING",
      detail: expect.stringMatching(/holderSex, holderIdNumber, certificateNumber/),
    });
  });
});

const WIDTH = (): number => Object.keys(type.schema.properties).length;

describe("a table that can't be read leaves nothing behind", () => {
  it.each([
    ["has only a header", (text: string) => text.split("\r\n")[0] as string, "SOURCE_EMPTY", ""],
    [
      "has a ragged row",
      (text: string) => `${text}a,b\r\n`,
      "SOURCE_MALFORMED",
      `line 5: 2 cells in ${String(WIDTH())} columns`,
    ],
    [
      "has a quote in the middle of a cell",
      (text: string) => `${text}\r\na"b,c\r\n"d`,
      "SOURCE_MALFORMED",
      "line 6: a quote in the middle of a cell",
    ],
    [
      "has a quote that is never closed",
      (text: string) => `${text}"a\r\n\r\nb`,
      "SOURCE_MALFORMED",
      "line 5: a quote is never closed",
    ],
    [
      "has a cell of two megabytes",
      (text: string) => `${text}"${"x".repeat(2_000_000)}"`,
      "SOURCE_MALFORMED",
      "line 5: longer than any record",
    ],
    [
      "has a cell that never ends, in quotes and many lines",
      (text: string) => `${text}"${"x\r\n".repeat(3_000_000)}`,
      "SOURCE_MALFORMED",
      "line 5: longer than any record",
    ],
  ])("it %s", async (_what, change, code, detail) => {
    const { hashed, intake } = await attempt(change(csv(goodRows({ type }, 3))));
    await expect(hashed).rejects.toMatchObject({ code, detail: expect.stringContaining(detail) });
    expectNothingDone(intake);
  });

  it("it has bytes that are not UTF-8, far below what was read first", async () => {
    const good = new TextEncoder().encode(csv(goodRows({ type }, 4_000)));
    const bad = new Uint8Array(good.length + 2).fill(0xff);
    bad.set(good);
    const { hashed, intake } = await attempt(bad);
    const detail = expect.stringContaining(`utf-8: line 4002, after byte ${String(good.length)}`);
    await expect(hashed).rejects.toMatchObject({ code: "SOURCE_ENCODING", detail });
    expectNothingDone(intake);
  });

  it("it changes while it is read", async () => {
    const text = csv(goodRows({ type }, 30));
    const source = await sourceOf(text);
    await writeFile(source.name, text.replace("\n", "\n\n"));
    const { hashed, intake } = hashing(source);
    await expect(hashed).rejects.toMatchObject({ code: "SOURCE_CHANGED", detail: source.name });
    expectNothingDone(intake);
  });

  it("it disappears while it is read", async () => {
    const source = await sourceOf(csv(goodRows({ type }, 3)));
    await rm(source.name);
    const { hashed, intake } = hashing(source);
    await expect(hashed).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    expectNothingDone(intake);
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
    await expect(it.hashed).rejects.toMatchObject({ code: "RECORDS_INVALID", detail: counts });
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
    expectNothingDone(it.intake);
  });

  it("also of a record with a cell that would be a formula: harmless in the error file", async () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const it = await attempt(csv([{ ...row, operation: '=HYPERLINK("http://x","y")' }]));
    await expect(it.hashed).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    const [fault] = await faultsOf(it);
    expect(fault?.slice(0, 3)).toEqual(["2", "operation", "NOT_IN_LIST"]);
    expect(fault?.[3]).toMatch(/^'=HYPERLINK/);
  });

  it("also when all are bad: nothing is issued even where bad ones may be skipped", async () => {
    const bad = goodRows({ type }, 2).map((row) => ({ ...row, holderSex: "X" }));
    const it = await attempt(csv(bad), { skipInvalid: true });
    await expect(it.hashed).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect(await faultsOf(it)).toHaveLength(2);
    expectNothingDone(it.intake);
  });

  it("and a number that a bad record has does not make a later one doubled twice over", async () => {
    const rows = goodRows({ type }, 1);
    const it = await attempt(csv([...rows, ...rows, ...rows]));
    await expect(it.hashed).rejects.toMatchObject({ detail: expect.stringContaining("2 of 3") });
    expect((await faultsOf(it)).map(([line, , code]) => [line, code])).toEqual([
      ["3", "NUMBER_DOUBLED"],
      ["4", "NUMBER_DOUBLED"],
    ]);
  });

  it("and of a bad record whose number an earlier one has both faults, each named in order", async () => {
    const rows = goodRows({ type }, 1);
    const it = await attempt(csv([...rows, ...rows.map((row) => ({ ...row, holderSex: "X" }))]));
    await expect(it.hashed).rejects.toMatchObject({ code: "RECORDS_INVALID" });
    expect((await faultsOf(it)).map(([line, , code]) => [line, code])).toEqual([
      ["3", "NOT_IN_LIST"],
      ["3", "NUMBER_DOUBLED"],
    ]);
  });
});

describe("with --skip-invalid", () => {
  it("the good ones are issued, the bad ones told, and how many were left out is kept", async () => {
    const rows = goodRows({ type }, 5);
    const bad = rows.map((row, i) => (i % 2 === 1 ? { ...row, holderSex: "" } : row));
    const it = await attempt(csv(bad), { skipInvalid: true });
    expect(await it.hashed).toMatchObject({ skipped: 2, errorFile: it.errors });
    expect(it.intake.skipped).toBe(2);
    const issued = certificatesIn(it.intake);
    expect(issued.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(issued.map((each) => claimsIn(each)["certificateNumber"])).toEqual(
      [0, 2, 4].map((i) => rows[i]?.["certificateNumber"]),
    );
    expect((await faultsOf(it)).map(([line]) => line)).toEqual(["3", "5"]);
  });
});

describe("with --max-errors", () => {
  const bad = (rows: readonly Row[]): Row[] =>
    rows.map((row, i) => (i % 2 === 1 ? { ...row, holderSex: "" } : row));

  it("reading ends once more records are at fault, with those told so far", async () => {
    const text = csv(bad(goodRows({ type }, 40)));
    const it = await attempt(text, { maxErrors: 3, skipInvalid: true });
    await expect(it.hashed).rejects.toMatchObject({
      code: "RECORDS_INVALID",
      detail: `more than 3 by line 9; see ${it.errors}`,
    });
    expect(await faultsOf(it)).toHaveLength(4);
    expectNothingDone(it.intake);
  });

  it("as many as that are no reason to end", async () => {
    const { hashed } = await attempt(csv(bad(goodRows({ type }, 6))), {
      maxErrors: 3,
      skipInvalid: true,
    });
    expect(await hashed).toMatchObject({ skipped: 3 });
  });
});

describe("a number that the agency has issued before", () => {
  it("is refused, named by line and code, also together with other faults of its record", async () => {
    const rows = goodRows({ type }, 5);
    const first = await attempt(csv(rows.slice(0, 2)));
    await first.hashed;
    const [old, bad, fresh] = [rows[1], { ...rows[0], holderSex: "X" }, rows[4]] as Row[];
    const again = await attempt(csv([fresh, old, bad] as Row[]), {
      issued: first.intake.numbers(),
    });
    await expect(again.hashed).rejects.toMatchObject({
      code: "RECORDS_INVALID",
      detail: expect.stringContaining("2 of 3 records"),
    });
    expect((await faultsOf(again)).map(([line, , code]) => [line, code])).toEqual([
      ["3", "NUMBER_ISSUED"],
      ["4", "NOT_IN_LIST"],
      ["4", "NUMBER_ISSUED"],
    ]);
    expectNothingDone(again.intake);
  });

  it("stands with --supersede for a new certificate in its place, unless that is at fault", async () => {
    const rows = goodRows({ type }, 6);
    const first = await attempt(csv(rows.slice(0, 4)));
    await first.hashed;
    const bad = { ...rows[2], holderSex: "X" } as Row;
    const table = csv([rows[5], rows[3], bad, rows[0]] as Row[]);
    const order = { supersede: true, skipInvalid: true, issued: first.intake.numbers() };
    const again = await attempt(table, order);
    expect(await again.hashed).toMatchObject({ replacing: 2, skipped: 1 });
    const root = first.intake.batches[0]?.root;
    expect(again.intake.replaced).toEqual([
      { root, index: 3 },
      { root, index: 0 },
    ]);
    expect(await dryRun(table, order)).toMatchObject({ valid: 3, invalid: 1, replacing: 2 });
  });

  it("is not even looked for while the agency has issued nothing", async () => {
    const issued = {
      key: new Uint8Array(32),
      hasAny: async () => false,
      find: () => Promise.reject(new Error("looked for")),
    };
    const { hashed } = await attempt(csv(goodRows({ type }, 3)), { issued });
    expect(await hashed).toMatchObject({ skipped: 0 });
  });
});

async function dryRun(
  text: string,
  options: HashingOptions = {},
): Promise<Awaited<ReturnType<typeof checkRecords>>> {
  const source = await sourceOf(text);
  const faults = faultFile(`${source.name}.errors.csv`);
  const order = { type, today: TODAY, skipInvalid: false, ...options };
  return checkRecords(order, { faults, openWorkers: workersInProcess, ...options, source });
}

describe("a dry run", () => {
  it("says what would be, and writes only the error file", async () => {
    const rows = goodRows({ type }, 3).map((row, i) => (i === 1 ? { ...row, holderSex: "" } : row));
    const counts = await dryRun(csv(rows));
    const { errorFile } = counts;
    expect(counts).toMatchObject({ valid: 2, invalid: 1, replacing: 0 });
    expect(await readFile(String(errorFile), "utf8")).toMatch(/\n3,holderSex,MISSING_FIELD/);
  });

  it("is no error where nothing could be issued", async () => {
    const bad = goodRows({ type }, 1).map((row) => ({ ...row, holderSex: "" }));
    expect(await dryRun(csv(bad))).toMatchObject({ valid: 0, invalid: 1 });
  });
});
