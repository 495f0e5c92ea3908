/** Tables as they come from an office: what is odd is taken, what is wrong is named, and nothing is half done. */
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { AGENCY, TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const OTHER = "11460000MB1A00001P";
let world: World;
let columns: string[];
/** Three records like those of the batch's own table, with numbers that were never issued. */
let rows: string[][];
let anchored: number;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  const lines = (await readFile(world.records, "utf8")).trimEnd().split("\r\n");
  [columns = [], ...rows] = lines.slice(0, 4).map((line) => line.split(","));
  anchored = (await world.ask(["audit"])).sequence as number;
});

beforeEach(() => {
  renewNumbers();
});

afterAll(() => world.close(), 30_000);

/** A number is issued once. */
let numbers = 0;
function renewNumbers(): void {
  const at = columns.indexOf("certificateNumber");
  const next = (): string => `沪2${String(++numbers).padStart(12, "0")}`;
  rows = rows.map((cells) => cells.map((cell, i) => (i === at ? next() : cell)));
}

/** The table with the cells of some columns of its second record changed. */
function changed(changes: Readonly<Record<string, string>>): string {
  const second = (rows[1] ?? []).map((cell, i) => changes[columns[i] ?? ""] ?? cell);
  return table([columns, rows[0] ?? [], second, rows[2] ?? []]);
}

function table(lines: readonly (readonly string[])[], lineEnd = "\r\n"): string {
  return lines.map((cells) => cells.join(",") + lineEnd).join("");
}

let count = 0;

/** Issues a table from a file of its own; `errors` is where its faults are listed. */
async function issue(
  content: string | Uint8Array,
  exitCode: number,
  more: readonly string[] = [],
): Promise<{ answer: any; input: string; errors: string }> {
  const input = world.file(`table-${String(++count)}.csv`);
  await writeFile(input, content);
  const answer = await world.ask(issueOrder(input, ...more), exitCode);
  return { answer, input, errors: `${input}.errors.csv` };
}

/** A resident's number with the check digit of GB 11643. */
function citizenId(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return first17 + String("10X98765432"[sum % 11]);
}

describe("a table that names another issuer", () => {
  it("is issued from, and those who look are told before it goes on the chain, by whom and where", async () => {
    const other = changed({ issuingAuthorityCode: OTHER });
    const { answer, input } = await issue(other, 0, ["--dry-run"]);
    const examples = [{ line: 3, value: OTHER }];
    const column = "issuingAuthorityCode";
    expect(answer).toMatchObject({ valid: 3, faults: [], errorFile: null });
    expect(answer.warnings).toEqual([{ column, code: "OTHER_ISSUER", count: 1, examples }]);
    const { exitCode, stdout } = await world.run(issueOrder(input));
    expect(exitCode).toBe(0);
    const said = [
      "Job: ",
      "OTHER_ISSUER",
      `line 3: ${OTHER}`,
      "Check --agency",
      "Issued and anchored",
    ];
    const places = said.map((text) => stdout.indexOf(text));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
  });
});

describe("a table that is odd but right", () => {
  it("may begin with a BOM and end its lines as Windows or Unix do", async () => {
    const bom = `\uFEFF${table([columns, ...rows])}`;
    expect((await issue(bom, 0)).answer.certificates).toBe(3);
    renewNumbers();
    expect((await issue(table([columns, ...rows], "\n"), 0)).answer.certificates).toBe(3);
  });

  it("may quote its cells, with commas and quotes in them, and line ends in its header", async () => {
    const [first = "", ...more] = columns;
    const [, ...lines] = changed({ employerName: '"云山""样例"",分公司"' }).split("\r\n");
    const header = [`"${first}\r\n"`, ...more].join(",");
    const { answer } = await issue([header, ...lines].join("\r\n"), 0);
    expect(answer.certificates).toBe(3);
    const second = ["--root", String(answer.batches[0].root), "--index", "1"];
    const { files } = await world.ask(["export", ...second, "--out", world.file("quoted")]);
    const kept = await readFile(String(files[0]), "utf8");
    expect(kept).toContain(JSON.stringify('云山"样例",分公司').slice(1, -1));
  });

  it("may have its columns in any order and empty lines between its records", async () => {
    const turned = [columns, ...rows].map((cells) => cells.toReversed().join(","));
    expect((await issue(`${turned.join("\n\n")}\n`, 0)).answer.certificates).toBe(3);
  });
});

describe("a table with the wrong columns is refused, naming them", () => {
  const without = (cells: readonly string[]): string[] => cells.slice(1);
  const doubled = (cells: readonly string[]): string[] => [...cells, cells[0] ?? ""];

  it.each([
    ["COLUMN_MISSING", without, "holderName", "lz map suggest"],
    ["COLUMN_UNKNOWN", (cells: string[]) => [...cells, "salary"], "salary", "lz map suggest"],
    ["COLUMN_DOUBLED", doubled, "holderName", "改正"],
  ])("as %s", async (code, change, name, remedy) => {
    const { answer, input } = await issue(table([columns, ...rows].map(change)), 65);
    expect(answer.problem.code).toBe(code);
    expect(answer.problem.detail).toBe(`${input}: ${name}`);
    expect(answer.problem.remedy.zh).toContain(remedy);
  });
});

describe("a record that is wrong is named by row, field, value and remedy", () => {
  it.each([
    ["a wrong check digit", { holderIdNumber: "119901197102020013" }, "holderIdNumber"],
    ["a date that doesn't exist", { issueDate: "2026-02-30" }, "issueDate"],
    [
      "a resident's number of one not born yet",
      { holderIdNumber: citizenId("11990120910101001") },
      "holderIdNumber",
    ],
    ["an empty cell that must be filled", { holderName: "" }, "holderName"],
    [
      "an identifier of another agency's making",
      { issuingAuthorityCode: "11460000MB1A00001X" },
      "issuingAuthorityCode",
    ],
    ["a key that is no thumbprint", { holderKey: "abc" }, "holderKey"],
  ])("such as %s", async (_what, change, field) => {
    const isKey = field === "holderKey";
    const content = isKey
      ? table([
          [...columns, "holderKey"],
          ...rows.map((cells, i) => [...cells, i === 1 ? "abc" : ""]),
        ])
      : changed(change);
    const { answer, errors } = await issue(content, 65);
    expect(answer.problem.code).toBe("RECORDS_INVALID");
    expect(answer.problem.detail).toBe(`1 of 3 records; see ${errors}`);
    const [, ...faults] = (await readFile(errors, "utf8")).trimEnd().split("\r\n");
    const cells = faults.map((line) => line.split(","));
    expect(cells.map(([line]) => line)).toEqual(cells.map(() => "3"));
    expect(cells.map(([, name]) => name)).toContain(field);
    for (const [, , code, , zh, remedy, en] of cells) {
      expect(code).toMatch(/^[A-Z_]+$/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(remedy).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/[a-z]/);
    }
  });

  it("also where a quoted line end, itself a fault in a text, moves the next one further down", async () => {
    const odd = (cells: string[] = [], column: string, value: string): string[] =>
      cells.map((cell, i) => (columns[i] === column ? value : cell));
    const lines = [
      columns,
      odd(rows[0], "employerName", '"一\r\n二"'),
      odd(rows[1], "holderSex", "?"),
    ];
    const { answer, errors } = await issue(table(lines), 65);
    expect(answer.problem.detail).toContain("2 of 2 records");
    const listed = await readFile(errors, "utf8");
    expect(listed).toMatch(/\n2,employerName,TEXT_CONTROL_CHARACTER,/);
    expect(listed).toMatch(/\n4,holderSex,/);
  });

  it("and the same certificate number twice", async () => {
    const { errors } = await issue(table([columns, rows[0] ?? [], rows[0] ?? []]), 65);
    expect(await readFile(errors, "utf8")).toMatch(/\n3,certificateNumber,NUMBER_DOUBLED,/);
  });

  it("and a number that the agency has issued before", async () => {
    const lines = (await readFile(world.records, "utf8")).split("\r\n").slice(0, 3);
    const { answer, errors } = await issue(lines.join("\r\n"), 65);
    expect(answer.problem.detail).toContain("2 of 2 records");
    expect(answer.faults).toMatchObject([{ code: "NUMBER_ISSUED", count: 2 }]);
    expect(await readFile(errors, "utf8")).toMatch(/\n3,certificateNumber,NUMBER_ISSUED,/);
  });

  it("and every fault of every record is collected in one run", async () => {
    const bad = rows.map((cells) =>
      cells.map((cell, i) => (columns[i] === "holderSex" ? "?" : cell)),
    );
    const { answer, errors } = await issue(table([columns, ...bad]), 65, ["--skip-invalid"]);
    expect(answer.problem.detail).toContain("3 of 3 records");
    const faults = (await readFile(errors, "utf8")).trimEnd().split("\r\n");
    expect(faults.length).toBeGreaterThanOrEqual(4);
  });
});

describe("a file that is no such table is refused", () => {
  it.each([
    ["without a record", "SOURCE_EMPTY", () => table([columns])],
    ["without anything", "SOURCE_EMPTY", () => ""],
    [
      "in another encoding than UTF-8 and GB18030",
      "SOURCE_ENCODING",
      () => Buffer.from("\uFEFF姓名\n", "utf16le"),
    ],
    [
      "with a row that is cut short",
      "SOURCE_MALFORMED",
      () => table([columns, ...rows]).slice(0, -60),
    ],
    [
      "with a quote that never ends",
      "SOURCE_MALFORMED",
      () => `${table([columns])}"${table(rows)}`,
    ],
  ])("%s", async (_what, code, content) => {
    const { answer, input } = await issue(content(), 65);
    expect(answer.problem.code).toBe(code);
    expect(answer.problem.detail).toContain(input);
    const dry = await world.ask(issueOrder(input, "--dry-run"), 65);
    expect(dry.problem.code).toBe(code);
  });
});

describe("an order that can't be carried out is refused before anything is kept", () => {
  const order = async (
    changes: Readonly<Record<string, string>>,
    exitCode: number,
  ): Promise<any> => {
    const input = world.file(`order-${String(++count)}.csv`);
    await writeFile(input, table([columns, ...rows]));
    const usual = { type: TYPE, agency: AGENCY, input };
    const flags = Object.entries({ ...usual, ...changes }).flatMap(([k, v]) => [`--${k}`, v]);
    return (await world.ask(["issue", ...flags], exitCode)).problem;
  };

  it.each([
    ["an unknown type", { type: "驾照" }, 65, "TYPE_UNKNOWN"],
    ["an unknown agency", { agency: "11460000MB1A00001P" }, 65, "AGENCY_UNKNOWN"],
    ["a missing table", { input: "/nowhere.csv" }, 65, "FILE_NOT_FOUND"],
    ["a folder for a table", { input: "/tmp" }, 65, "FILE_NOT_FOUND"],
    ["a missing operator's key", { key: "/nowhere.key" }, 64, "KEY_NOT_FOUND"],
    ["a missing catalogue", { catalogue: "/nowhere" }, 65, "FILE_NOT_FOUND"],
  ])("for %s", async (_what, changes, exitCode, code) => {
    const problem = await order(changes, exitCode);
    expect(problem.code).toBe(code);
    const [value = ""] = Object.values(changes);
    expect(problem.detail).toContain(value);
  });

  it("for a key that is not the agency's operator's", async () => {
    const problem = await order({ key: world.file("home/keys/authority.key") }, 65);
    expect(problem.code).toBe("CONTRACT_REFUSED");
    expect(problem.detail).toContain("is no operator of");
  });

  it("for a type that the agency may not issue", async () => {
    const type = "11100000000013338W011";
    const input = world.file("not-granted.csv");
    await world.ask(["sample", "--type", type, "--agency", AGENCY, "--out", input]);
    const problem = await order({ type, input }, 65);
    expect(problem.code).toBe("CONTRACT_REFUSED");
    expect(problem.detail).toContain("NotEntitled");
  });

  it("for an error file that can't be written", async () => {
    const below = `${world.records}/below`;
    const { answer } = await issue(changed({ holderSex: "?" }), 70, ["--errors", `${below}.csv`]);
    expect(answer.problem.code).toBe("DISK_FAILED");
  });
});

describe("after all of this", () => {
  it("only what was said to be issued is on the chain, and the audit agrees", async () => {
    const audit = await world.ask(["audit"]);
    expect(audit).toMatchObject({ ok: true, findings: [], sequence: anchored + 5 });
    const { jobs } = await world.ask(["jobs", "list"]);
    expect(jobs.map(({ state }: { state: string }) => state)).toEqual(Array(6).fill("done"));
  });
});
