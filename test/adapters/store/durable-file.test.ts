import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder, writeDurably } from "../../../src/adapters/store/durable-file.ts";
import { faultFile } from "../../../src/adapters/store/fault-file.ts";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";
import type { RecordFaultCode } from "../../../src/core/catalogue/record-faults.ts";
import type { RecordFault } from "../../../src/core/catalogue/record-fault.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { recordsOf } from "../../support/records-of.ts";

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-durable-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, `file-${String(++count)}`);

describe("a folder to keep things in", () => {
  it("is made with those above it, at once by several, and left as it is where it is there", async () => {
    const inner = join(newFile(), "a", "b");
    await Promise.all([makeFolder(inner), makeFolder(inner), makeFolder(join(inner, "c"))]);
    await writeFile(join(inner, "file"), "x");
    await makeFolder(inner);
    expect(await readdir(inner)).toEqual(["c", "file"]);
  });

  it("says FOLDER_NOT_MADE, and tries once, where nothing can be made", async () => {
    const file = newFile();
    await writeFile(file, "");
    for (const place of ["/proc/home/of/lz", file, join(file, "below", "it")]) {
      const detail = expect.stringContaining(`${place}: E`) as unknown;
      await expect(makeFolder(place)).rejects.toMatchObject({ code: "FOLDER_NOT_MADE", detail });
    }
  });
});

describe("a file that is there whole or not at all", () => {
  it("replaces the old one, leaves nothing beside it, and is its owner's alone", async () => {
    const file = newFile();
    await writeDurably(file, "old");
    await writeDurably(file, "新");
    expect(await readFile(file, "utf8")).toBe("新");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(stat(`${file}.new`)).rejects.toThrow("ENOENT");
  });

  it("is the old one until the new one is complete: what a broken run left beside it is overwritten", async () => {
    const file = newFile();
    await writeDurably(file, "old");
    await writeFile(`${file}.new`, "half of a new one, longer than what comes");
    expect(await readFile(file, "utf8")).toBe("old");
    await writeDurably(file, "new");
    expect(await readFile(file, "utf8")).toBe("new");
  });

  it("keeps bytes as they are", async () => {
    const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
    const file = newFile();
    await writeDurably(file, bytes);
    expect(Buffer.compare(await readFile(file), bytes)).toBe(0);
  });

  it("says DISK_FAILED where there is no folder, where a folder is in its place, where it may not write", async () => {
    const missing = writeDurably(join(folder, "none", "file"), "x");
    await expect(missing).rejects.toMatchObject({ code: "DISK_FAILED" });
    const occupied = newFile();
    await mkdir(join(occupied, "full"), { recursive: true });
    await expect(writeDurably(occupied, "x")).rejects.toMatchObject({
      code: "DISK_FAILED",
      detail: occupied,
    });
    await expect(writeDurably("/dev/full/x", "x")).rejects.toMatchObject({ code: "DISK_FAILED" });
  });
});

describe("an error file", () => {
  const faultOf = (code: RecordFaultCode, field: string, value: string): RecordFault => {
    return { code, field, value, severity: "error", words: RECORD_FAULTS[code] };
  };

  it("is not made while nothing is wrong", async () => {
    const file = newFile();
    expect(await faultFile(file).close()).toBeNull();
    expect((await readdir(folder)).includes(file)).toBe(false);
  });

  it("opens in a spreadsheet: a BOM, a header, and a row for each fault with line, field, code and words", async () => {
    const file = newFile();
    const report = faultFile(file);
    report.write(2, faultOf("CITIZEN_ID_CHECK_DIGIT", "holderIdNumber", "3101**********001X"));
    report.write(7, faultOf("MISSING_FIELD", 'a "b", c', ""));
    expect(await report.close()).toBe(file);
    const text = await readFile(file, "utf8");
    expect(
      text.startsWith(
        "\uFEFFline 行,column 列,code 代码,value 内容,说明,处理,meaning,remedy,claim 照面信息\r\n",
      ),
    ).toBe(true);
    const rows = (await recordsOf(await openSource(file))).map(({ cells }) => cells);
    const { zh, en, remedyZh, remedyEn } = RECORD_FAULTS.CITIZEN_ID_CHECK_DIGIT;
    expect(rows[0]).toEqual([
      ...["2", "holderIdNumber", "CITIZEN_ID_CHECK_DIGIT", "3101**********001X"],
      ...[zh, remedyZh, en, remedyEn, "holderIdNumber"],
    ]);
    expect(rows[1]?.slice(0, 4)).toEqual(["7", 'a "b", c', "MISSING_FIELD", ""]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])(
    "makes a formula that begins with %j harmless",
    async (sign) => {
      const file = newFile();
      const report = faultFile(file);
      const formula = `${sign}cmd|' /C calc'!A0`;
      report.write(2, faultOf("PATTERN", formula, formula));
      await report.close();
      const [record] = await recordsOf(await openSource(file));
      expect(record?.cells[1]).toBe(`'${formula}`);
      expect(record?.cells[3]).toBe(`'${formula}`);
    },
  );

  it("names the column as the agency calls it, and last the claim that it gives", async () => {
    const file = newFile();
    const report = faultFile(file);
    report.write(2, faultOf("PATTERN", "holders[1].name", "x"), "=持证人");
    await report.close();
    const [record] = await recordsOf(await openSource(file));
    expect(record?.cells[1]).toBe("'=持证人");
    expect(record?.cells[8]).toBe("holders[1].name");
  });

  it("is written as the faults come, so that a million of them fill no memory", async () => {
    const file = newFile();
    const report = faultFile(file);
    const fault = faultOf("PATTERN", "holderName", "张*");
    for (let line = 2; line < 20_002; line++) report.write(line, fault);
    expect((await stat(file)).size).toBeGreaterThan(1_000_000);
    await report.close();
    expect(await recordsOf(await openSource(file))).toHaveLength(20_000);
  });

  it("says DISK_FAILED at the end where it can't be written, and stops nobody before", async () => {
    for (const file of [join(folder, "none", "errors.csv"), folder, "/dev/full"]) {
      const report = faultFile(file);
      for (let line = 0; line < 3_000; line++) report.write(line, faultOf("PATTERN", "a", "b"));
      await new Promise((resolve) => setTimeout(resolve, 20));
      report.write(9, faultOf("PATTERN", "a", "b"));
      await expect(report.close()).rejects.toMatchObject({ code: "DISK_FAILED", detail: file });
    }
  });

  it("replaces the one of an earlier run", async () => {
    const file = newFile();
    await writeFile(file, "x".repeat(10_000));
    await chmod(file, 0o600);
    const report = faultFile(file);
    report.write(2, faultOf("PATTERN", "a", "b"));
    await report.close();
    expect(await readFile(file, "utf8")).not.toContain("xxx");
  });
});
