import { describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CatalogueReading } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { exampleDefinition } from "../../core/catalogue/example-type.ts";

async function readFolder(files: Readonly<Record<string, unknown>>): Promise<CatalogueReading> {
  const folder = await mkdtemp(join(tmpdir(), "catalogue-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(
        join(folder, name),
        typeof content === "string" ? content : JSON.stringify(content),
      );
    }
    return await readCatalogue(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const versionOf = (version: number) => ({ ...exampleDefinition(), version });

describe("a catalogue folder", () => {
  it("gives its types by code and version, whatever the files are called", async () => {
    const other = { ...exampleDefinition(), code: "11100000MB1A90019A001" };
    const reading = await readFolder({
      "a.json": versionOf(2),
      "b.json": versionOf(1),
      "c.json": other,
      "notes.txt": "x",
    });
    expect(reading.faults).toEqual([]);
    expect(reading.types.map(({ code, version }) => `${code} v${String(version)}`)).toEqual([
      "11100000MB1A90019A001 v1",
      "11100000MB1A90019A099 v1",
      "11100000MB1A90019A099 v2",
    ]);
  });

  it("says NOT_JSON, TYPE_TWICE and what else is wrong with which file, and reads the others", async () => {
    const reading = await readFolder({
      "a.json": versionOf(1),
      "b.json": versionOf(1),
      "c.json": "{",
      "d.json": {},
    });
    expect(reading.types).toHaveLength(1);
    expect([...new Set(reading.faults.map(({ file, code }) => `${file} ${code}`))]).toEqual([
      "b.json TYPE_TWICE",
      "c.json NOT_JSON",
      "d.json DEFINITION_SHAPE",
    ]);
  });

  it("rejects when the folder is not there", async () => {
    await expect(readCatalogue("/nowhere/at/all")).rejects.toThrow("ENOENT");
  });
});
