/** A catalogue's files that are damaged, or not those that were published: named, and nothing is done. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { PROJECT } from "../support/command.ts";
import { TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const FILE = "second-class-constructor.json";
let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
});

afterAll(() => world.close(), 30_000);

/** The project's catalogue, with the text of one file changed. */
async function catalogueWith(name: string, change: (text: string) => string): Promise<string> {
  const folder = world.file(name);
  await cp(join(PROJECT, "catalogue"), folder, { recursive: true });
  const file = join(folder, FILE);
  await writeFile(file, change(await readFile(file, "utf8")));
  return folder;
}

describe("a catalogue", () => {
  it("with a file cut short is CATALOGUE_INVALID, naming the file", async () => {
    const folder = await catalogueWith("cut", (text) => text.slice(0, 200));
    const { problem } = await world.ask(["sample", "--list", "--catalogue", folder], 65);
    expect(problem).toMatchObject({
      code: "CATALOGUE_INVALID",
      detail: expect.stringContaining(FILE),
      remedy: { zh: expect.anything(), en: expect.anything() },
    });
  });

  it("that differs from what its authority published is SCHEMA_MISMATCH, and nothing is issued", async () => {
    const folder = await catalogueWith("other", (text) =>
      text.replace('"maxLength": ', '"maxLength": 1'),
    );
    const before = await world.ask(["jobs", "list"]);
    const order = issueOrder(world.records, "--catalogue", folder);
    const { problem } = await world.ask(order, 65);
    expect(problem).toMatchObject({
      code: "SCHEMA_MISMATCH",
      detail: expect.stringContaining(TYPE),
    });
    expect(await world.ask(["jobs", "list"])).toEqual(before);
  });
});
