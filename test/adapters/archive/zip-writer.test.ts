import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";
import { createBeside } from "../../../src/adapters/archive/beside-file.ts";
import { createFolder } from "../../../src/adapters/archive/whole-folder.ts";
import { createZip } from "../../../src/adapters/archive/zip-writer.ts";
import { seededBytes } from "../../support/seeded.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-archive-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const here = (name: string): string => join(folder, name);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As another program reads it, checksums included. */
async function unzip(file: string): Promise<Map<string, Buffer>> {
  const zip = await yauzl.openPromise(file);
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    entries.set(entry.fileName, await buffer(stream));
  }
  return entries;
}

describe("an archive", () => {
  it("holds what was put in, under its name, as another program reads it", async () => {
    const zip = await createZip(here("a.zip"));
    const contents = new Map([
      ["5d0c46f0/000041.lzc.json", bytesOf('{"a":1}')],
      ["张三.json", new Uint8Array()],
      ["noise", seededBytes("noise", 3_000_000)],
    ]);
    for (const [name, content] of contents) await zip.add(name, content);
    await zip.finish();
    const entries = await unzip(here("a.zip"));
    expect([...entries.keys()]).toEqual([...contents.keys()]);
    for (const [name, content] of contents) {
      expect(entries.get(name)?.equals(Buffer.from(content))).toBe(true);
    }
    expect(await readdir(folder)).toEqual(["a.zip"]);
    expect((await stat(here("a.zip"))).mode & 0o777).toBe(0o600);
  });

  it("takes more entries than 16 bits count", async () => {
    const zip = await createZip(here("many.zip"));
    for (let i = 0; i < 70_000; i++) await zip.add(String(i), bytesOf(String(i)));
    await zip.finish();
    const reader = await yauzl.openPromise(here("many.zip"));
    expect(reader.entryCount).toBe(70_000);
    let last = "";
    for await (const entry of reader.eachEntry()) last = entry.fileName;
    expect(last).toBe("69999");
  });

  it("has the same bytes for the same entries, whenever it is made", async () => {
    for (const name of ["one.zip", "two.zip"]) {
      const zip = await createZip(here(name));
      await zip.add("a", bytesOf("a"));
      await zip.finish();
    }
    expect((await readFile(here("one.zip"))).equals(await readFile(here("two.zip")))).toBe(true);
  });

  it("is not there until it is whole, and leaves nothing where it is given up", async () => {
    await writeFile(here("a.zip"), "the one before");
    const zip = await createZip(here("a.zip"));
    await zip.add("a", bytesOf("a"));
    expect(await readFile(here("a.zip"), "utf8")).toBe("the one before");
    await zip.discard();
    expect(await readdir(folder)).toEqual(["a.zip"]);
  });

  it("ends in FOLDER_NOT_MADE where there can be no folder for it", async () => {
    await writeFile(here("file"), "");
    const zip = createZip(here("file/a.zip"));
    await expect(zip).rejects.toMatchObject({ code: "FOLDER_NOT_MADE" });
  });
});

describe("a large file", () => {
  it("is put in its place at the end, in the order of what was written", async () => {
    const file = await createBeside(here("sub/a.ndjson"));
    const parts = [bytesOf("a"), seededBytes("large", 1_500_000), bytesOf("b")];
    for (const part of parts) await file.write(part);
    expect(existsSync(here("sub/a.ndjson"))).toBe(false);
    await file.finish();
    expect((await readFile(here("sub/a.ndjson"))).equals(Buffer.concat(parts))).toBe(true);
  });

  it("replaces what a killed process left beside", async () => {
    await writeFile(here("a.part"), "x".repeat(100));
    const file = await createBeside(here("a"));
    await file.write(bytesOf("new"));
    await file.finish();
    expect(await readFile(here("a"), "utf8")).toBe("new");
  });
});

describe("a folder", () => {
  it("is there once all its files are", async () => {
    const writer = await createFolder(here("batch"));
    for (let i = 0; i < 100; i++) await writer?.add(`${String(i)}.json`, bytesOf(String(i)));
    expect(existsSync(here("batch"))).toBe(false);
    await writer?.finish();
    expect((await readdir(here("batch"))).length).toBe(100);
    expect(await readFile(here("batch/99.json"), "utf8")).toBe("99");
  });

  it("is begun anew where a killed process left half of it, and kept where it is whole", async () => {
    const killed = await createFolder(here("batch"));
    await killed?.add("old.json", bytesOf("old"));
    const writer = await createFolder(here("batch"));
    await writer?.add("new.json", bytesOf("new"));
    await writer?.finish();
    expect(await readdir(here("batch"))).toEqual(["new.json"]);
    expect(await createFolder(here("batch"))).toBeNull();
  });

  it("leaves nothing where it is given up", async () => {
    const writer = await createFolder(here("batch"));
    await writer?.add("a", bytesOf("a"));
    await writer?.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it("ends in DISK_FAILED where a file can't be written, and says where", async () => {
    const writer = await createFolder(here("batch"));
    await writer?.add("no/such/place", bytesOf("a"));
    const detail = here("batch/no/such/place");
    await expect(writer?.finish()).rejects.toMatchObject({ code: "DISK_FAILED", detail });
    await writer?.discard();
  });
});
