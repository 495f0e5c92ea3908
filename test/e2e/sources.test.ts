/** An agency's own tables: from a spreadsheet, a database, standard input; mapped, checked, issued, reissued. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { PROJECT, environmentOf, nodeArguments } from "../support/command.ts";
import { AGENCY, TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { encodeGb18030 } from "../support/gb18030.ts";
import { startPostgres } from "../support/postgres.ts";
import type { Postgres } from "../support/postgres.ts";
import { textRows, workbook } from "../support/workbook.ts";

let world: World;
let postgres: Postgres;
let columns: string[];
let rows: string[][];
/** The root of the batch that was issued from the database. */
let fromDatabase: string;

/** As a registry of constructors might call them. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  holderName: "姓名",
  holderSex: "性别",
  holderBirthDate: "出生日期",
  holderIdNumber: "身份证号码",
  certificateNumber: "证书编号",
  specialties: "注册专业",
  employerName: "聘用企业",
  certificateIdentifier: "电子证照标识",
  issuingAuthority: "发证机关",
  issuingAuthorityCode: "发证机关代码",
  issueDate: "发证日期",
  validFrom: "有效期起",
  validUntil: "有效期至",
};

beforeAll(async () => {
  [world, postgres] = await Promise.all([
    openWorld({ verifier: "no", batch: "yes" }),
    startPostgres(),
  ]);
  const sample = world.file("sample.csv");
  const args = ["sample", "--type", TYPE, "--agency", AGENCY, "--seed", "own", "--count", "12"];
  await world.ask([...args, "--out", sample]);
  const lines = (await readFile(sample, "utf8")).trimEnd().split("\r\n");
  [columns = [], ...rows] = lines.map((line) => line.split(","));
});

afterAll(async () => {
  await postgres.stop();
  await world.close();
});

/** The record as the agency writes it: dates without signs, sexes as codes, a list in the Chinese way. */
function ownWay(cells: readonly string[]): string[] {
  return cells.map((cell, i) => {
    const name = columns[i] ?? "";
    if (name === "holderSex") return cell === "男" ? "1" : "2";
    if (name === "specialties") return cell.replaceAll(";", "、");
    return /Date$|^valid/.test(name) ? cell.replaceAll("-", "/").replace(/\/0/g, "/") : cell;
  });
}

const ownHeader = (): string[] => [...columns.map((name) => OWN_NAMES[name] ?? name), "备注"];
const ownRows = (from: number, to: number): string[][] =>
  rows.slice(from, to).map((cells) => [...ownWay(cells), "无"]);

/** What issues from something else than a file. */
const issue = (...more: string[]): string[] => {
  return ["issue", "--type", TYPE, "--agency", AGENCY, ...more];
};

/** Issues what is put into standard input. */
async function issueFrom(input: Uint8Array | string, args: readonly string[]): Promise<any> {
  const [name = "", ...rest] = args;
  const child = spawn(process.execPath, nodeArguments(name, [...rest, "--json"]), {
    cwd: PROJECT,
    env: environmentOf(world.home),
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
  child.stdin.end(input);
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, ...JSON.parse(output) };
}

describe("an agency's workbook with its own columns", () => {
  let file: string;
  let mapping: string;

  beforeAll(async () => {
    file = world.file("register.xlsx");
    mapping = world.file("mapping.json");
    await writeFile(file, workbook({ sheet: textRows([ownHeader(), ...ownRows(0, 3)]) }));
  });

  it("has a mapping proposed from its header and its values", async () => {
    const said = await world.run(["map", "suggest", file, "--type", TYPE]);
    expect(said.stdout).toMatch(/性别\tholderSex 性别\t同名 name\tcodes \d/);
    expect(said.stdout).toContain("Not used: 备注");
    const answer = await world.ask(["map", "suggest", file, "--type", TYPE, "--out", mapping]);
    expect(answer).toMatchObject({ withoutColumn: [], file: mapping });
    const written = JSON.parse(await readFile(mapping, "utf8"));
    expect(written).toEqual(answer.mapping);
    expect(written.claims).toMatchObject({
      issueDate: { column: "发证日期", date: "YYYY/M/D" },
      specialties: { column: "注册专业" },
    });
    const again = await world.ask(["map", "suggest", file, "--type", TYPE, "--out", mapping], 65);
    expect(again.problem.code).toBe("FILE_EXISTS");
  });

  it("is checked against it, and against a changed export", async () => {
    const check = ["map", "check", file, "--type", TYPE];
    expect(await world.ask([...check, "--mapping", mapping])).toMatchObject({
      records: 3,
      valid: 3,
    });
    const without = await world.ask(check, 65);
    expect(without.problem.code).toBe("MAPPING_MISFIT");
    expect(without.columns.unknown).toContain("姓名");
    const changed = world.file("changed.xlsx");
    const [first = [], ...others] = ownRows(0, 3);
    const sheet = textRows([
      [...ownHeader(), "电话"],
      [...first.with(1, "9"), ""],
      ...others.map((cells) => [...cells, ""]),
    ]);
    await writeFile(changed, workbook({ sheet }));
    const said = await world.run(["map", "check", changed, "--type", TYPE, "--mapping", mapping]);
    expect(said.exitCode).toBe(65);
    expect(said.stdout).toContain("doesn't name: 电话");
    expect(said.stdout).toMatch(/1\t性别\tCODE_UNKNOWN\t.*line 2: \*\*\*/);
  });

  it("is issued with it, after a dry run that says what it costs", async () => {
    const args = issueOrder(file, "--mapping", mapping);
    expect(await world.ask([...args, "--dry-run"])).toMatchObject({
      valid: 3,
      invalid: 0,
      batches: 1,
      replacing: 0,
    });
    expect((await world.ask(["jobs", "list"])).jobs).toHaveLength(1);
    const { certificates, batches } = await world.ask(args);
    expect(certificates).toBe(3);
    const first = ["--root", String(batches[0].root), "--index", "0"];
    const { files } = await world.ask(["export", ...first, "--out", world.file("own")]);
    const kept = await readFile(String(files[0]), "utf8");
    expect(kept).toContain(rows[0]?.[columns.indexOf("certificateIdentifier")]);
  });

  it("that is wrong is told in the agency's own words", async () => {
    const bad = world.file("bad.xlsx");
    const [first = [], ...others] = ownRows(3, 6);
    const sheet = textRows([ownHeader(), first.with(1, "9"), ...others]);
    await writeFile(bad, workbook({ sheet }));
    const answer = await world.ask(issueOrder(bad, "--mapping", mapping), 65);
    expect(answer.faults).toMatchObject([{ column: "性别", code: "CODE_UNKNOWN", count: 1 }]);
    expect(await readFile(`${bad}.errors.csv`, "utf8")).toMatch(
      /\n2,性别,CODE_UNKNOWN,\*\*\*,.*,holderSex\r\n$/,
    );
    const said = await world.run(issueOrder(bad, "--mapping", mapping, "--max-errors", "0"));
    expect(said.exitCode).toBe(65);
    expect(said.stdout).toMatch(/1\t性别\tCODE_UNKNOWN/);
    expect(said.stderr).toContain("more than 0 by line 2");
  });

  it("has a mapping that is of this type, or is refused", async () => {
    const other = world.file("other.json");
    await writeFile(other, (await readFile(mapping, "utf8")).replace(TYPE, "x"));
    const { problem } = await world.ask(issueOrder(file, "--mapping", other), 65);
    expect(problem.code).toBe("MAPPING_INVALID");
  });
});

describe("a table in GB18030 on standard input", () => {
  it("is issued once, also when it is piped in twice", async () => {
    const text = [columns, ...rows.slice(6, 9)].map((cells) => `${cells.join("\t")}\r\n`).join("");
    const args = issueOrder("-", "--errors", world.file("piped.errors.csv"));
    const first = await issueFrom(encodeGb18030(text), args);
    expect(first).toMatchObject({ exitCode: 0, certificates: 3, wasDone: false });
    const again = await issueFrom(encodeGb18030(text), args);
    expect(again).toMatchObject({ exitCode: 0, wasDone: true, job: first.job });
    const other = await issueFrom(`${text}\n`, args);
    expect(other).toMatchObject({ exitCode: 65, faults: [{ code: "NUMBER_ISSUED", count: 3 }] });
    const wrong = await issueFrom(encodeGb18030(text), [...args, "--encoding", "utf-8"]);
    expect(wrong).toMatchObject({ exitCode: 65, problem: { code: "SOURCE_ENCODING" } });
  });
});

describe("a database", () => {
  const query = `SELECT * FROM register ORDER BY "certificateNumber"`;

  beforeAll(async () => {
    const names = columns.map((name) => `"${name}"`).join(", ");
    const values = rows
      .slice(9, 12)
      .map((cells) => `(${cells.map((cell) => `'${cell}'`).join(", ")})`);
    await postgres.run(`CREATE TABLE register (${columns.map((name) => `"${name}" text`).join(", ")});
      INSERT INTO register (${names}) VALUES ${values.join(", ")}`);
  });

  it("is asked, with the password from elsewhere, and what it answers is issued once", async () => {
    const queryFile = world.file("query.sql");
    await writeFile(queryFile, query);
    const env = { PGPASSWORD: postgres.password };
    const args = issue("--source", postgres.openUrl(), "--query-file", queryFile);
    const { certificates, batches } = await world.ask(args, 0, { env });
    expect(certificates).toBe(3);
    fromDatabase = batches[0].root as string;
    const again = await world.ask(issue("--source", postgres.url(), "--query", query));
    expect(again.wasDone).toBe(true);
  });

  it("that refuses is told with its words and without the password", async () => {
    const ran = await world.run(
      issue("--source", postgres.url(), "--query", "DROP TABLE register"),
    );
    expect(ran.exitCode).toBe(65);
    expect(ran.stderr).toContain("[SOURCE_QUERY]");
    expect(ran.stderr).toContain("read-only transaction");
    expect(ran.stdout + ran.stderr).not.toContain(encodeURIComponent(postgres.password));
    const unreachable = await world.ask(
      issue("--source", "postgres://lz@127.0.0.1:1/x", "--query", query),
      69,
    );
    expect(unreachable.problem.code).toBe("SOURCE_UNREACHABLE");
  });

  it.each([
    ["a file and a database", ["--input", "x.csv", "--source", "postgres://x/y"]],
    ["neither", []],
    ["a database without a query", ["--source", "postgres://x/y"]],
    [
      "a database with two queries",
      ["--source", "postgres://x/y", "--query", "a", "--query-file", "b"],
    ],
    ["a file with a query", ["--input", "x.csv", "--query", "SELECT 1"]],
    ["a file as a database", ["--source", "x.csv"]],
    ["a database as a file", ["--input", "postgres://x/y", "--query", "SELECT 1"]],
    [
      "a sheet of a database",
      ["--source", "postgres://x/y", "--query", "SELECT 1", "--sheet", "x"],
    ],
    ["an encoding that is none", ["--input", "x.csv", "--encoding", "latin1"]],
  ])("is not asked where the command says %s", async (_what, flags) => {
    const { problem } = await world.ask(issue(...flags), 64);
    expect(problem.code).toBe("USAGE");
  });
});

describe("a certificate that is issued anew with its number", () => {
  it("is refused, unless it supersedes the old one: then the old one is superseded on the chain", async () => {
    const input = world.file("renewed.csv");
    const text = [columns, ...rows.slice(9, 11)].map((cells) => `${cells.join(",")}\r\n`).join("");
    await writeFile(input, text);
    const refused = await world.ask(issueOrder(input), 65);
    expect(refused.faults).toMatchObject([{ code: "NUMBER_ISSUED", count: 2 }]);
    const dry = await world.ask(issueOrder(input, "--supersede", "--dry-run"));
    expect(dry).toMatchObject({ valid: 2, replacing: 2 });
    const answer = await world.ask(issueOrder(input, "--supersede"));
    expect(answer).toMatchObject({ certificates: 2, superseded: 2 });
    const again = await world.ask(issueOrder(input, "--supersede"));
    expect(again).toMatchObject({ job: answer.job, wasDone: true });
    const number = rows[9]?.[columns.indexOf("certificateNumber")] ?? "";
    const statusOf = async (...which: string[]): Promise<string> => {
      return (await world.ask(["status", "show", ...which])).name;
    };
    expect(await statusOf("--root", fromDatabase.slice(0, 12), "--index", "0")).toBe("superseded");
    expect(await statusOf("--number", number)).toBe("active");
    expect(await world.ask(["audit"])).toMatchObject({ ok: true, findings: [] });
  });
});
