import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { EncodingSurvey } from "../../../src/adapters/sources/encoding.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import type { SourceOptions } from "../../../src/adapters/sources/source-options.ts";
import { encodeGb18030 } from "../../support/gb18030.ts";
import { recordsOf } from "../../support/records-of.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-encoding-"));
});
afterAll(() => rm(folder, { recursive: true }));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

async function read(bytes: Uint8Array, options: SourceOptions = {}): Promise<unknown[][]> {
  const file = join(folder, `${String(++count)}.csv`);
  await writeFile(file, bytes);
  const source = await openSource(file, options);
  try {
    return [[...source.columns], ...(await recordsOf(source)).map(({ cells }) => [...cells])];
  } finally {
    await source.close();
  }
}

const TABLE = "姓名,证书编号\n张样例,沪A1\n𠮷野样例,沪A2\n";
const CELLS = [
  ["姓名", "证书编号"],
  ["张样例", "沪A1"],
  ["𠮷野样例", "沪A2"],
];
const MARK = new Uint8Array([0xef, 0xbb, 0xbf]);
const GB_MARK = new Uint8Array([0x84, 0x31, 0x95, 0x33]);

describe("the encoding of a table is found", () => {
  it.each([
    ["UTF-8", () => utf8(TABLE)],
    ["UTF-8 with a byte order mark", () => joined(MARK, utf8(TABLE))],
    ["GB18030", () => encodeGb18030(TABLE)],
    ["GB18030 with a mark", () => joined(GB_MARK, encodeGb18030(TABLE))],
    [
      "GB18030 as iconv writes it",
      () => execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030"], { input: TABLE }),
    ],
  ])("where it is %s", async (_what, bytes) => {
    expect(await read(bytes())).toEqual(CELLS);
  });

  it("where all is ASCII but for one name far below, in either", async () => {
    const rows = `${"x".repeat(99)}\n`.repeat(6_000);
    for (const encode of [utf8, encodeGb18030]) {
      const cells = await read(joined(utf8(`a\n${rows}`), encode("王样例\n")));
      expect(cells.at(-1)).toEqual(["王样例"]);
    }
  });

  it("the same for any text, however its bytes are cut into chunks", () => {
    const text = fc.string({
      unit: fc.constantFrom("姓", "名", "a", ",", "𠮷", "é", "\n"),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (content, size) => {
        const survey = new EncodingSurvey();
        const bytes = Buffer.from(content);
        for (let at = 0; at < bytes.length; at += size) survey.push(bytes.subarray(at, at + size));
        expect(survey.found()).toBe("utf-8");
      }),
    );
  });

  it("and any Chinese text in GB18030 is read back as it was", async () => {
    const names = fc.string({
      unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
      minLength: 4,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 3, maxLength: 9 }), async (cells) => {
        const read3 = await read(encodeGb18030(`姓名\n${cells.join("\n")}\n`));
        expect(read3.slice(1)).toEqual(cells.map((cell) => [cell]));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the encoding of a table can be said", () => {
  it("and is then held to: bytes of the other are SOURCE_ENCODING", async () => {
    expect(await read(encodeGb18030(TABLE), { encoding: "gb18030" })).toEqual(CELLS);
    await expect(read(encodeGb18030(TABLE), { encoding: "utf-8" })).rejects.toMatchObject({
      code: "SOURCE_ENCODING",
      detail: expect.stringMatching(/as utf-8: line 1, after byte 0$/),
    });
  });

  it("which decides where the bytes are both: 小 in GB18030 is a Cyrillic letter in UTF-8", async () => {
    const bytes = encodeGb18030("小\n");
    expect(await read(bytes)).toEqual([["\u0421"]]);
    expect(await read(bytes, { encoding: "gb18030" })).toEqual([["小"]]);
  });

  it("but not of a workbook", async () => {
    const archive = Buffer.from("PK\x03\x04 and so on");
    await expect(read(archive, { encoding: "gb18030" })).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("a table whose text is damaged is refused, with the line, and not read as something else", () => {
  const far = `${"样".repeat(30)}\n`.repeat(5_000);

  it.each([
    [
      "a byte in a UTF-8 table",
      () => joined(utf8(`姓名\n${far}张`), new Uint8Array([0xff]), utf8("样例\n")),
      5_002,
    ],
    [
      "the first byte of a UTF-8 table with a mark",
      () => joined(MARK, new Uint8Array([0xce]), utf8("姓名\n")),
      1,
    ],
    ["an end in the middle of a character", () => utf8(TABLE).subarray(0, -14), 3],
    [
      "a byte in a GB18030 table",
      () => joined(encodeGb18030(`姓名\n${far}张`), new Uint8Array([0xff, 10])),
      5_002,
    ],
    ["an end in the middle of a GB18030 character", () => encodeGb18030(TABLE).subarray(0, -15), 3],
  ])("where it is %s", async (_what, bytes, line) => {
    await expect(read(bytes())).rejects.toMatchObject({
      code: "SOURCE_ENCODING",
      detail: expect.stringMatching(new RegExp(`line ${String(line)}, after byte \\d+$`)),
    });
  });

  it("where it is UTF-16, as spreadsheets save 'Unicode text'", async () => {
    const utf16 = Buffer.from(`\uFEFF${TABLE}`, "utf16le");
    await expect(read(utf16)).rejects.toMatchObject({
      code: "SOURCE_ENCODING",
      detail: expect.stringContaining("UTF-16"),
    });
    await expect(read(Buffer.from(utf16).swap16())).rejects.toMatchObject({
      code: "SOURCE_ENCODING",
    });
  });
});

describe("characters that GB18030 has had codes for since 2022", () => {
  it.each([
    ["fe51", "\u{20087}"],
    ["fe59", "\u9fb4"],
    ["fe91", "\u{241fe}"],
    ["fea0", "\u9fbb"],
    ["a6d9", "\ufe10"],
    ["a6f3", "\ufe19"],
  ])("are those characters and not private ones: %s", async (hex, character) => {
    const bytes = joined(encodeGb18030("姓名\n王"), Buffer.from(hex, "hex"), utf8("\n"));
    expect(await read(bytes)).toEqual([["姓名"], [`王${character}`]]);
  });
});
