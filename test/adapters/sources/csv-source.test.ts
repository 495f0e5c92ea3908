import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import type { SourceRecord } from "../../../src/ports/record-source.ts";
import { recordsOf } from "../../support/records-of.ts";

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
  const source = await openSource(await fileOf(content));
  try {
    return { columns: source.columns, records: await recordsOf(source) };
  } finally {
    await source.close();
  }
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
    expect(records.map(({ line, cells: [name] }) => `${name as string} ${String(line)}`)).toEqual([
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
      await openSource(await fileOf("a\n1")),
      await openSource(await fileOf("a\n1")),
    ];
    expect(first.digest).toBe(second.digest);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    expect((await openSource(await fileOf("a\n2"))).digest).not.toBe(first.digest);
  });

  it("has no record where there is only a header", async () => {
    expect(await read("name,number\r\n")).toEqual({ columns: ["name", "number"], records: [] });
  });

  it("can be left in the middle", async () => {
    const source = await openSource(await fileOf(`a\n${"x\n".repeat(100_000)}`));
    for await (const page of source.pages()) if (page.some(({ line }) => line === 2_000)) break;
    for await (const [first] of source.pages()) {
      expect(first).toEqual({ line: 2, cells: ["x"] });
      break;
    }
    await source.close();
  });

  it("ends in rows of nothing but separators, as spreadsheets leave them: no records", async () => {
    const { records } = await read("a,b\n1,\n,\n2,3\n,\n,\n");
    expect(records.map(({ line }) => line)).toEqual([2, 4]);
  });

  it("may be longer than memory likes: it comes in pages of some hundred records", async () => {
    const source = await openSource(await fileOf(`a\n${"x\n".repeat(20_000)}`));
    const sizes: number[] = [];
    for await (const page of source.pages()) sizes.push(page.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(20_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(512);
    await source.close();
  });
});

describe("a table that can't be read", () => {
  it("has nothing in it at all", async () => {
    await expect(openSource(await fileOf(""))).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
    await expect(openSource(await fileOf("\n\n"))).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
    const bom = openSource(await fileOf(new Uint8Array(BOM)));
    await expect(bom).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
  });

  it("is not there, or is a folder", async () => {
    for (const file of [join(folder, "none.csv"), folder, join(folder, "none", "x.csv")]) {
      await expect(openSource(file)).rejects.toMatchObject({
        code: "FILE_NOT_FOUND",
        detail: file,
      });
    }
  });

  it.each([
    ["a row with a cell too many", "a,b\n1,2\n1,2,3\n", 3],
    ["a row with a cell too few", "a,b\n1,2\n\n1\n", 4],
    ["a quote that is never closed", 'a,b\n1,"2\n3,4\n', 2],
    ["a quote in the middle of a cell", 'a,b\n1,2"3"\n', 2],
    ["something after a closing quote", 'a,b\n1,"2\n"3\n', 3],
    ["more columns than any record", `${"a,".repeat(1_000)}a\n`, 1],
  ])("has %s: said with its line", async (_what, text, line) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining(`line ${String(line)}`),
    });
  });

  it.each([
    ["a cell of two million characters", `a,b\n1,${"x".repeat(2_000_000)}\n`],
    ["a quoted cell of two million", `a,b\n1,"${"x\n".repeat(1_000_000)}"\n`],
    ["a line of two million without end", `a,b\n1,${"x".repeat(2_000_000)}`],
  ])("has %s: no more of it is kept than a record may have", async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringMatching(/line 2: longer than any record$/),
    });
  });

  it("changed while it was read: what was read of it is not used", async () => {
    const rows = "x\n".repeat(2_000_000);
    const file = await fileOf(`a\n${rows}`);
    const source = await openSource(file);
    const reading = (async () => {
      let isFirst = true;
      for await (const _ of source.pages()) {
        if (isFirst) await writeFile(file, `a\n${rows}y\n`);
        isFirst = false;
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "SOURCE_CHANGED", detail: file });
    await writeFile(file, "a\nx\n");
    await expect(recordsOf(source)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
    await source.close();
  });
});

describe("tab-separated text", () => {
  it.each([
    ["known by its name", "x.tsv", "a\tb,c\n1\t2,5\n"],
    ["known by its header, whatever its name", "x.csv", "a\tbc\n1\t2,5\n"],
  ])("is read, %s", async (_what, name, text) => {
    const file = join(folder, name);
    await writeFile(file, text);
    const source = await openSource(file);
    expect(await recordsOf(source)).toEqual([{ line: 2, cells: ["1", "2,5"] }]);
    await source.close();
  });

  it("is read as what it is said to be, which makes another source of the same bytes", async () => {
    const file = await fileOf("a,b\tc\n1,2\t3\n");
    const [csv, tsv] = [await openSource(file), await openSource(file, { format: "tsv" })];
    expect([csv.columns, tsv.columns]).toEqual([
      ["a", "b\tc"],
      ["a,b", "c"],
    ]);
    expect(csv.digest).not.toBe(tsv.digest);
    await Promise.all([csv.close(), tsv.close()]);
  });
});

describe("what is no table", () => {
  it.each([
    ["an old workbook, or one with a password", [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
    ["a PDF", Array.from(Buffer.from("%PDF-1.7"))],
    ["a picture", [0x89, 0x50, 0x4e, 0x47]],
  ])("is refused as SOURCE_FORMAT: %s", async (_what, bytes) => {
    const opened = openSource(await fileOf(new Uint8Array(bytes)));
    await expect(opened).rejects.toMatchObject({ code: "SOURCE_FORMAT" });
  });

  it("is refused where what was said of it does not fit it", async () => {
    const sheet = openSource(await fileOf("a\n1\n"), { sheet: "x" });
    await expect(sheet).rejects.toMatchObject({ code: "USAGE" });
  });
});
