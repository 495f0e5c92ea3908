import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import type { SourceRecord } from "../../../src/ports/record-source.ts";
import { encodeGb18030 } from "../../support/gb18030.ts";
import { recordsOf } from "../../support/records-of.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-jsonl-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<{
  columns: readonly string[];
  records: SourceRecord[];
}> {
  const file = join(folder, `${String(++count)}.any`);
  await writeFile(file, content);
  const source = await openSource(file);
  try {
    return { columns: source.columns, records: await recordsOf(source) };
  } finally {
    await source.close();
  }
}

describe("records as lines of JSON", () => {
  it("keep their types, and have all members that any of them has", async () => {
    const lines = [
      '{"name":"张样例","points":3,"end":null}',
      "",
      '{"name":"王样例","isLocal":true,"owners":[{"ownerName":"李"}]}',
    ];
    const expected = {
      columns: ["name", "points", "end", "isLocal", "owners"],
      records: [
        { line: 1, cells: ["张样例", 3, null, "", ""] },
        { line: 3, cells: ["王样例", "", "", true, [{ ownerName: "李" }]] },
      ],
    };
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(await read(lines.join(end))).toEqual(expected);
      expect(await read(`\uFEFF${lines.join(end)}${end}`)).toEqual(expected);
    }
    expect(await read(encodeGb18030(lines.join("\n")))).toEqual(expected);
  });

  it("may be many, and come in pages of some hundred", async () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => JSON.stringify({ i }));
    const { records } = await read(lines.join("\n"));
    expect(records.map(({ cells: [i] }) => i)).toEqual(lines.map((_, i) => i));
  });

  it("take a member called __proto__ for what it is: a column nobody knows", async () => {
    const { columns, records } = await read('{"a":"1"}\n{"__proto__":{"b":"2"},"a":"3"}\n');
    expect(columns).toEqual(["a", "__proto__"]);
    expect(records[0]?.cells).toEqual(["1", ""]);
  });

  it.each([
    ["a line that is no JSON", '{"a":1}\n{"a":\n', "line 2: a JSON object expected"],
    ["a line that is a list", '{"a":1}\n[1]\n', "line 2: a JSON object expected"],
    ["a line that is null", '{"a":1}\nnull\n', "line 2: a JSON object expected"],
    ["two objects on a line", '{"a":1} {"a":2}\n', "line 1: a JSON object expected"],
    [
      "a line longer than any record",
      `{"a":1}\n{"a":"${"x".repeat(1_500_000)}"}\n`,
      "line 2: longer than any record",
    ],
    [
      "a last line longer than any record",
      `{"a":1}\n{"a":"${"x".repeat(999_999)}"}`,
      "line 2: longer than any record",
    ],
    [
      "members in members in members",
      `{"a":${'{"a":'.repeat(9)}1${"}".repeat(9)}}\n`,
      "line 1: nested too deeply",
    ],
    [
      "lists a hundred thousand deep",
      `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n`,
      "line 1: nested too deeply",
    ],
    [
      "more members than any record",
      Array.from({ length: 1_001 }, (_, i) => `{"${String(i)}":1}`).join("\n"),
      "line 1001: too many different members",
    ],
  ])("are refused before any is used where there is %s", async (_what, text, detail) => {
    await expect(read(text)).rejects.toMatchObject({
      code: "SOURCE_MALFORMED",
      detail: expect.stringContaining(detail),
    });
  });

  it("are none where there is an empty object", async () => {
    await expect(read("{}\n")).rejects.toMatchObject({ code: "SOURCE_EMPTY" });
  });
});
