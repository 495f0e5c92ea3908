import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import type { SourceOptions } from "../../../src/adapters/sources/source-options.ts";
import type { SourceRecord } from "../../../src/ports/record-source.ts";
import { recordsOf } from "../../support/records-of.ts";
import type { Content } from "../../support/workbook.ts";
import { textRows, workbook, zip } from "../../support/workbook.ts";

/** The same book as openpyxl 3.0 wrote it, and as LibreOffice 7.4 and Gnumeric 1.12 made it anew. */
const WORKBOOKS = join(import.meta.dirname, "workbooks");

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-xlsx-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Table {
  readonly columns: readonly string[];
  readonly records: readonly SourceRecord[];
}

async function readFileOf(file: string, options: SourceOptions = {}): Promise<Table> {
  const source = await openSource(file, options);
  try {
    return { columns: source.columns, records: await recordsOf(source) };
  } finally {
    await source.close();
  }
}

async function readBytes(bytes: Uint8Array, options?: SourceOptions): Promise<Table> {
  const file = join(folder, `${String(++count)}.xlsx`);
  await writeFile(file, bytes);
  return readFileOf(file, options);
}

const readBook = (content: Content): Promise<Table> => readBytes(workbook(content));
/** A sheet of one column `a` with one cell of data, as given. */
const cell = (xml: string, rest: Omit<Content, "sheet"> = {}): Promise<Table> => {
  const header = `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>`;
  const sheet = `<sheetData>${header}<row r="2">${xml}</row></sheetData>`;
  return readBook({ sheet, ...rest });
};
const valueOf = async (xml: string, rest?: Omit<Content, "sheet">): Promise<unknown> => {
  const { records } = await cell(xml, rest);
  return records[0]?.faults?.[0]?.code ?? records[0]?.cells[0];
};

const COLUMNS = [
  "姓名",
  "证书编号",
  "出生日期",
  "签发时间",
  "邮编",
  "学时",
  "合格",
  "备注",
  "公式",
  "错误",
];
const FIRST = ["张样例", "沪A001", "1990-07-05", "2026-01-31 08:30:00", "007001", "24", "true"];
const SECOND = ["买买提·样例", "沪A002", "2000-02-29", "2026-01-31", "200001", "0.3", "false"];
const THIRD = ["王样例", "沪A003", "1900-03-01", "2026-02-01 23:59:59", "310000", "-12", "true"];

describe("a workbook of a spreadsheet program", () => {
  it.each(["libreoffice.xlsx", "gnumeric.xlsx"])(
    "gives text, dates, numbers and what formulas came to: %s",
    async (name) => {
      const table = await readFileOf(join(WORKBOOKS, name), { sheet: "人员" });
      expect(table.columns).toEqual(COLUMNS);
      expect(table.records).toEqual([
        {
          line: 2,
          cells: [...FIRST, "第一行\n第二行", "沪A001-1", ""],
          faults: [{ column: 9, code: "CELL_ERROR" }],
        },
        { line: 3, cells: [...SECOND, "  前后空格 ", "48", "正常"] },
        { line: 5, cells: [...THIRD, "<&\"'>", "true", "正常"] },
      ]);
    },
  );

  it("has faults where formulas were never calculated", async () => {
    const { records } = await readFileOf(join(WORKBOOKS, "openpyxl.xlsx"), { sheet: "人员" });
    expect(records[0]?.faults).toEqual([
      { column: 8, code: "CELL_NOT_CALCULATED" },
      { column: 9, code: "CELL_NOT_CALCULATED" },
    ]);
    expect(records[0]?.cells.slice(0, 7)).toEqual(FIRST);
  });

  it.each(["openpyxl.xlsx", "libreoffice.xlsx"])(
    "gives its first sheet that is not hidden: %s",
    async (name) => {
      expect((await readFileOf(join(WORKBOOKS, name))).columns).toEqual(COLUMNS);
    },
  );

  it("has identity numbers that were typed as numbers, which it has damaged: they are faults", async () => {
    for (const name of ["openpyxl.xlsx", "libreoffice.xlsx", "gnumeric.xlsx"]) {
      const { records } = await readFileOf(join(WORKBOOKS, name), { sheet: "其他" });
      expect(records).toEqual([
        { line: 2, cells: [""], faults: [{ column: 0, code: "CELL_PRECISION" }] },
        { line: 3, cells: ["110101199001011234"] },
        { line: 4, cells: ["123456789012345"] },
      ]);
    }
  });

  it.each(["openpyxl.xlsx", "libreoffice.xlsx", "gnumeric.xlsx"])(
    "is refused where it has merged cells, naming them: %s",
    async (name) => {
      const read = readFileOf(join(WORKBOOKS, name), { sheet: "合并" });
      await expect(read).rejects.toMatchObject({
        code: "CELLS_MERGED",
        detail: expect.stringContaining("A1:B1"),
      });
    },
  );

  it("is refused where it lacks the sheet, naming those it has", async () => {
    const read = readFileOf(join(WORKBOOKS, "libreoffice.xlsx"), { sheet: "名单" });
    await expect(read).rejects.toMatchObject({
      code: "SHEET_UNKNOWN",
      detail: expect.stringContaining("人员, 其他"),
    });
  });

  it("may come on standard input", async () => {
    const input = createReadStream(join(WORKBOOKS, "libreoffice.xlsx"));
    const source = await openSource("-", { sheet: "人员" }, input as AsyncIterable<Buffer>);
    expect((await recordsOf(source)).map(({ line }) => line)).toEqual([2, 3, 5]);
    await source.close();
  });

  it("is another source for another sheet", async () => {
    const file = join(WORKBOOKS, "libreoffice.xlsx");
    const [one, other] = [
      await openSource(file, { sheet: "人员" }),
      await openSource(file, { sheet: "其他" }),
    ];
    expect(one.digest).not.toBe(other.digest);
    await Promise.all([one.close(), other.close()]);
  });
});

describe("a cell of a workbook", () => {
  const styles = (id: number, code = ""): Omit<Content, "sheet"> => ({
    styles: `<numFmts><numFmt numFmtId="200" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="${String(id)}"/></cellXfs>`,
  });

  it.each([
    [
      "a shared string of several styles, without how it is pronounced",
      `<c t="s"><v>1</v></c>`,
      "东京都",
    ],
    ["a shared string with an escape", `<c t="s"><v>2</v></c>`, "a\tb"],
    ["an empty one", `<c/>`, undefined],
    ["a whole number, however it is written", `<c><v>1.2E+3</v></c>`, "1200"],
    [
      "a number as a spreadsheet shows it, not as it computes",
      `<c><v>0.30000000000000004</v></c>`,
      "0.3",
    ],
    ["the largest exact number", `<c><v>999999999999999</v></c>`, "999999999999999"],
    ["a number too large to be exact", `<c><v>1.1010119900101101E+17</v></c>`, "CELL_PRECISION"],
    ["no number at all", `<c><v>x</v></c>`, "CELL_PRECISION"],
    ["an ISO date", `<c t="d"><v>2026-01-31T00:00:00</v></c>`, "2026-01-31"],
    ["an ISO time", `<c t="d"><v>2026-01-31T08:00:00</v></c>`, "2026-01-31 08:00:00"],
    ["text in CDATA", `<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>`, "a<b"],
    ["a formula without a value", `<c><f>A1</f></c>`, "CELL_NOT_CALCULATED"],
  ])("is %s", async (_what, xml, value) => {
    const strings = `<si><t>x</t></si><si><r><t>东京</t></r><r><t>都</t></r><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si><si><t>a_x0009_b</t></si>`;
    expect(await valueOf(xml, { strings })).toBe(value);
  });

  it.each([
    [14, "", "46053", "2026-01-31"],
    [31, "", "46053", "2026-01-31"],
    [57, "", "46053", "2026-01-31"],
    [22, "", "46053.5", "2026-01-31 12:00:00"],
    [200, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "46053", "2026-01-31"],
    [200, "[$-804]yyyy/m/d", "46053", "2026-01-31"],
    [200, "0.00_ ;[Red]-0.00", "46053", "46053"],
    [200, "General&quot;d&quot;", "46053", "46053"],
    [200, "000000", "7001", "007001"],
    [200, "000000", "-7001", "-7001"],
    [0, "", "46053", "46053"],
    [14, "", "1", "1900-01-01"],
    [14, "", "59", "1900-02-28"],
    [14, "", "60", "1900-02-29"],
    [14, "", "61", "1900-03-01"],
    [14, "", "-1", "-1"],
    [14, "", "9999999", "9999999"],
  ])("is shown by its format %i %s: %s is %s", async (id, code, value, text) => {
    expect(await valueOf(`<c s="1"><v>${value}</v></c>`, styles(id, code))).toBe(text);
  });

  it("counts its days from 1904 where the workbook says so", async () => {
    const main = { ...styles(14), workbook: '<workbookPr date1904="1"/>' };
    expect(await valueOf(`<c s="1"><v>44591</v></c>`, main)).toBe("2026-01-31");
  });
});

describe("a sheet", () => {
  it("may have its cells and rows without names, gaps, prefixes and rows of nothing", async () => {
    const { columns, records } = await readBook({
      sheet: `<sheetData><row/><row r="3"><c t="inlineStr"><is><t> a </t></is></c><c r="C3" t="inlineStr"><is><t>c</t></is></c></row><row/><row><c r="B5"><v/></c></row><row r="9"><c r="C9"><v>1</v></c></row></sheetData>`,
    });
    expect(columns).toEqual(["a", "", "c"]);
    expect(records).toEqual([{ line: 9, cells: ["", "", "1"] }]);
  });

  it("may have more shared strings than are kept in memory", async () => {
    const total = 70_000;
    const numbers = Array.from({ length: total }, (_, i) => i);
    const strings = ["a", ...numbers.map(String)].map((text) => `<si><t>${text}</t></si>`).join("");
    const row = (i: number): string => `<row><c t="s"><v>${String(i)}</v></c></row>`;
    const order = [...numbers, 0, 1, 255, 256, total - 1].map((i) => i + 1);
    const sheet = `<sheetData>${[0, ...order].map(row).join("")}</sheetData>`;
    const { records } = await readBook({ sheet, strings });
    expect(records.map(({ cells }) => cells[0])).toEqual(order.map((i) => String(i - 1)));
  });

  it("comes in pages of some hundred records", async () => {
    const rows = ["a", ...Array.from({ length: 2_000 }, (_, i) => String(i))].map((text) => [text]);
    const file = join(folder, "pages.xlsx");
    await writeFile(file, workbook({ sheet: textRows(rows) }));
    const source = await openSource(file);
    const sizes: number[] = [];
    for await (const page of source.pages()) sizes.push(page.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512);
    await source.close();
  });

  it.each([
    ["no row at all", "<sheetData/>", "SOURCE_EMPTY", "xlsx"],
    [
      "a value beside its columns",
      textRows([["a"], ["1", "2"]]),
      "SOURCE_MALFORMED",
      "line 2: a value beside the columns",
    ],
    [
      "more columns than any record",
      textRows([Array.from({ length: 1_001 }, () => "a")]),
      "SOURCE_MALFORMED",
      "line 1: more than 1000 columns",
    ],
    [
      "rows out of order",
      `<sheetData><row r="2"/><row r="1"/></sheetData>`,
      "SOURCE_MALFORMED",
      "row 1 is out of place",
    ],
    [
      "a row past the last",
      `<sheetData><row r="1048577"/></sheetData>`,
      "SOURCE_MALFORMED",
      "row 1048577 is out of place",
    ],
    [
      "a cell past the last",
      `<sheetData><row><c r="XFE1"/></row></sheetData>`,
      "SOURCE_MALFORMED",
      "cell XFE1 is out of place",
    ],
    [
      "a cell without a place",
      `<sheetData><row><c r="A"/></row></sheetData>`,
      "SOURCE_MALFORMED",
      "cell A is out of place",
    ],
    [
      "a shared string that is not there",
      `<sheetData><row><c t="s"><v>7</v></c></row></sheetData>`,
      "SOURCE_MALFORMED",
      "there is no shared string 7",
    ],
    ["XML that isn't", `<sheetData><row></sheetData>`, "SOURCE_MALFORMED", "sheet1.xml"],
    [
      "merged cells in a prefix of its own",
      `<sheetData/><x:mergeCells><x:mergeCell  ref="B2:C9"/></x:mergeCells>`,
      "CELLS_MERGED",
      "B2:C9",
    ],
  ])("is refused where it has %s", async (_what, sheet, code, detail) => {
    await expect(readBook({ sheet })).rejects.toMatchObject({
      code,
      detail: expect.stringContaining(detail),
    });
  });
});

describe("an archive that is made to do harm, or is broken", () => {
  it("is refused before it is unpacked where it would fill memory or time", async () => {
    const archive = workbook({
      sheet: `<sheetData>${" ".repeat(50_000_000)}</sheetData>`,
    });
    expect(archive.length).toBeLessThan(100_000);
    const before = process.memoryUsage.rss();
    await expect(readBytes(archive)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringMatching(/sheet1.xml: unpacked it is larger than any table$/),
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it("is refused where it claims to be smaller than it is", async () => {
    const relations = Buffer.from(`<Relationships>${" ".repeat(100_000)}</Relationships>`);
    const archive = zip([{ name: "_rels/.rels", content: relations, claimedSize: 100 }]);
    await expect(readBytes(archive)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining("_rels/.rels"),
    });
  });

  it("is refused where a small part is large", async () => {
    const content = Array.from(
      { length: 400_000 },
      (_, i) => `<!-- ${String(i * i)} ${String(i)} ${String(i * 7)} -->`,
    ).join("\n");
    const archive = zip([
      {
        name: "_rels/.rels",
        content: `<Relationships>${content}${"x".repeat(8_000_000)}</Relationships>`,
      },
    ]);
    await expect(readBytes(archive)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining("larger than any table"),
    });
  });

  it.each([
    ["has an entity of its own", `<row>&a;</row>`, "sheet1.xml"],
    [
      "has a text longer than any record",
      `<row><c><v>${"1".repeat(1_200_000)}</v></c></row>`,
      "a text longer than any record",
    ],
  ])("is refused where its XML %s", async (_what, xml, detail) => {
    const parts = { sheet: `<sheetData>${xml}</sheetData>` };
    await expect(readBook(parts)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining(detail),
    });
  });

  it("is refused where its XML declares a document type, and entities with it", async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Relationships>&b;</Relationships>`;
    await expect(readBytes(zip([{ name: "_rels/.rels", content: bomb }]))).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining("a document type, which no workbook has"),
    });
  });

  it.each([
    ["is cut short", (bytes: Buffer) => bytes.subarray(0, -100)],
    [
      "has lost its middle",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 200), bytes.subarray(400)]),
    ],
  ])("is refused where it %s", async (_what, damage) => {
    const archive = workbook({ sheet: textRows([["a"], ["1"]]) });
    await expect(readBytes(damage(archive))).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
  });

  it("is refused where a part is not what its checksum says", async () => {
    const archive = workbook({ sheet: textRows([["a"], ["1"]]), checksum: 1 });
    await expect(readBytes(archive)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringMatching(/sheet1.xml: not a whole workbook$/),
    });
  });

  it("is refused where it holds something else, lacks a part, or has one twice", async () => {
    const none = zip([{ name: "_rels/.rels", content: "<Relationships/>" }]);
    await expect(readBytes(none)).rejects.toMatchObject({ code: "SOURCE_FORMAT" });
    await expect(readBytes(zip([{ name: "a.txt", content: "a" }]))).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
    });
    const twice = zip([
      { name: "a", content: "" },
      { name: "a", content: "" },
    ]);
    await expect(readBytes(twice)).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
    const many = zip(Array.from({ length: 10_001 }, (_, i) => ({ name: String(i), content: "" })));
    await expect(readBytes(many)).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
  });

  it("is noticed where the file changed after it was opened", async () => {
    const file = join(folder, "changing.xlsx");
    await writeFile(file, workbook({ sheet: textRows([["a"], ["1"]]) }));
    const source = await openSource(file);
    await writeFile(file, (await readFile(file)).fill(0));
    await expect(recordsOf(source)).rejects.toMatchObject({ code: "SOURCE_MALFORMED" });
    await source.close();
  });
});
