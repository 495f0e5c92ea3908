import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCsv } from "../../../src/adapters/sources/csv-source.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import type { SourceRecord } from "../../../src/ports.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string | Uint8Array): Promise<string> {
  const file = join(folder, `${String(++count)}.csv`);
  await writeFile(file, content);
  return file;
}

async function read(content: string | Uint8Array): Promise<{
  columns: readonly string[];
  records: SourceRecord[];
}> {
  const source = await openCsv(await fileOf(content));
  const records: SourceRecord[] = [];
  for await (const record of source.records()) records.push(record);
  return { columns: source.columns, records };
}

const BOM = [0xef, 0xbb, 0xbf];

describe("a table as spreadsheets write it", () => {
  it.each([
    ["lines that end as on Windows", "name,number\r\n王,1\r\n李,2\r\n"],
    ["lines that end as on Linux", "name,number\n王,1\n李,2\n"],
    ["lines that end as on an old Macintosh", "name,number\r王,1\r李,2\r"],
    ["no end of the last line", "name,number\n王,1\n李,2"],
    ["quotes around everything", '"name","number"\r\n"王","1"\r\n"李","2"\r\n'],
    ["spaces around the names of columns", " name , number\n王,1\n李,2\n"],
  ])("is read with %s", async (_what, text) => {
    const expected = {
      columns: ["name", "number"],
      records: [
        { line: 2, cells: ["王", "1"] },
        { line: 3, cells: ["李", "2"] },
      ],
    };
    expect(await read(text)).toEqual(expected);
    expect(await read(new Uint8Array([...BOM, ...new TextEncoder().encode(text)]))).toEqual(
      expected,
    );
  });

  it("says at which line each record begins, whatever came before it", async () => {
    const text = 'name,note\n王,"one\ntwo\r\nthree"\n李,x\n\n\n张,"a\nb"\n赵,y\n';
    const { records } = await read(text);
    expect(records.map(({ line, cells: [name] }) => `${String(name)} ${String(line)}`)).toEqual([
      "王 2",
      "李 5",
      "张 8",
      "赵 10",
    ]);
  });

  it("keeps quotes, commas and line breaks of a cell as they are", async () => {
    const { records } = await read('a,b\n"he said ""no"", twice","x\r\ny"\n');
    expect(records[0]?.cells).toEqual(['he said "no", twice', "x\r\ny"]);
  });

  it("gives back any cells that were written, with the same digest for the same bytes", async () => {
    const cell = fc.string({ unit: fc.constantFrom("王", "a", '"', ",", "\n", "\r\n", "𠮷", " ") });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const records = cells.map(([a, b]) => ({ a: `x${a}`, b }));
        const text = [...toCsv(["a", "b"], records)].join("");
        const result = await read(text);
        expect(result.records.map((record) => record.cells)).toEqual(
          records.map(({ a, b }) => [a, b]),
        );
      }),
      { numRuns: 40 },
    );
    const [first, second] = [
      await openCsv(await fileOf("a\n1")),
      await openCsv(await fileOf("a\n1")),
    ];
    expect(first.digest).toBe(second.digest);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    expect((await openCsv(await fileOf("a\n2"))).digest).not.toBe(first.digest);
  });

  it("has no record where there is only a header", async () => {
    expect(await read("name,number\r\n")).toEqual({ columns: ["name", "number"], records: [] });
  });

  it("can be left in the middle", async () => {
    const source = await openCsv(await fileOf(`a\n${"x\n".repeat(100_000)}`));
    for await (const { line } of source.records()) if (line === 5) break;
    for await (const { line } of source.records()) if (line === 3) break;
  });
});

describe("a table that can't be read", () => {
  it("has nothing in it at all", async () => {
    await expect(openCsv(await fileOf(""))).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
    await expect(openCsv(await fileOf("\n\n"))).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
    const bom = openCsv(await fileOf(new Uint8Array(BOM)));
    await expect(bom).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
  });

  it("is not there, or is a folder", async () => {
    for (const file of [join(folder, "none.csv"), folder, join(folder, "none", "x.csv")]) {
      await expect(openCsv(file)).rejects.toMatchObject({ code: "FILE_NOT_FOUND", detail: file });
    }
  });

  it("is in GB18030, not UTF-8: said with about where, in the header or far below", async () => {
    const gb = [0xcd, 0xf5, 0x0a];
    const header = openCsv(await fileOf(new Uint8Array(gb)));
    await expect(header).rejects.toMatchObject({ code: "SOURCE_ENCODING" });
    const far = new TextEncoder().encode(`a\n${"x".repeat(99)}\n`.repeat(2_000));
    const below = read(new Uint8Array([...far, ...gb]));
    await expect(below).rejects.toMatchObject({
      code: "SOURCE_ENCODING",
      detail: expect.stringMatching(/after byte [1-9]\d+$/),
    });
    const cut = read(new Uint8Array([...new TextEncoder().encode("a\n王"), 0xe7, 0x8e]));
    await expect(cut).rejects.toMatchObject({ code: "SOURCE_ENCODING" });
  });

  it.each([
    ["a row with a cell too many", "a,b\n1,2\n1,2,3\n", 3],
    ["a row with a cell too few", "a,b\n1,2\n\n1\n", 4],
    ["a quote that is never closed", 'a,b\n1,"2\n3,4\n', 3],
    ["a quote in the middle of a cell", 'a,b\n1,2"3"\n', 2],
  ])("has %s: said with its line", async (_what, text, line) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining(`line ${String(line)}`),
    });
  });

  it("has a cell of two million characters, of which no more is kept than a record may have", async () => {
    await expect(read(`a,b\n1,${"x".repeat(2_000_000)}\n`)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
    });
  });
});
