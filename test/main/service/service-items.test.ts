import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalogue } from "../../../src/main/catalogue.ts";
import { loadServiceItems } from "../../../src/main/service/service-items.ts";

const SAMPLE = join(import.meta.dirname, "../../../catalogue/service-items/items.json");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-items-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(text: string) {
  const file = join(folder, "items.json");
  await writeFile(file, text);
  return loadServiceItems(file, await loadCatalogue());
}

describe("the service items that a configuration names", () => {
  it("are those of the file; none where no file is named", async () => {
    const types = await loadCatalogue();
    const items = await loadServiceItems(SAMPLE, types);
    expect(items.find("招标投标资格审查")?.code).toBe("460000-JS-0102");
    expect((await loadServiceItems(null, types)).all).toEqual([]);
  });

  it("that are faulty are SERVICE_ITEMS_INVALID, with file, place and what is wrong", async () => {
    await expect(load("{")).rejects.toMatchObject({
      code: "SERVICE_ITEMS_INVALID",
      detail: expect.stringMatching(/items\.json: NOT_JSON, the file is not JSON/),
    });
    await expect(load('[{"code":"X"}]')).rejects.toMatchObject({
      detail: expect.stringMatching(/\[0\]: ITEM_SHAPE, .*must have required property/),
    });
    await expect(load(JSON.stringify(Array.from({ length: 9 }, () => 7)))).rejects.toMatchObject({
      detail: expect.stringMatching(/and 4 more$/),
    });
  });

  it("that are not there are FILE_NOT_FOUND", async () => {
    const missing = loadServiceItems(join(folder, "none.json"), []);
    await expect(missing).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });
});
