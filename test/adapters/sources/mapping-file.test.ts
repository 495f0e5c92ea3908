import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readMapping } from "../../../src/adapters/sources/mapping-file.ts";
import { exampleType } from "../../core/catalogue/example-type.ts";

let folder: string;
let count = 0;
const type = exampleType();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-mapping-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string): ReturnType<typeof readMapping> {
  const file = join(folder, `${String(++count)}.json`);
  await writeFile(file, content);
  return readMapping(file, type);
}

const mapping = {
  format: "liangzheng-mapping/1",
  type: type.code,
  schemaVersion: 1,
  claims: { holderName: { column: "姓名" } },
  ignore: [],
};

describe("a mapping file", () => {
  it("is JSON, with a byte order mark or without", async () => {
    expect(await read(JSON.stringify(mapping))).toEqual(mapping);
    expect(await read(`\uFEFF${JSON.stringify(mapping, null, 2)}\n`)).toEqual(mapping);
  });

  it("is MAPPING_INVALID where it is no JSON, or no mapping, naming all places", async () => {
    await expect(read("{")).rejects.toMatchObject({ code: "MAPPING_INVALID" });
    const wrong = { ...mapping, type: "x", claims: { a: { column: "b" } } };
    await expect(read(JSON.stringify(wrong))).rejects.toMatchObject({
      code: "MAPPING_INVALID",
      detail: expect.stringMatching(/type: made for x.*; claims.a: the type has no such claim/),
    });
  });

  it("is FILE_NOT_FOUND where it is missing or a folder, FILE_TOO_LARGE where it is no mapping's size", async () => {
    for (const file of [join(folder, "none"), folder]) {
      await expect(readMapping(file, type)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    }
    await expect(read(" ".repeat(1_000_001))).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
  });
});
