/** The catalogue on the chain: published with a plan and a report, listed, and checked against the files. */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { PROJECT } from "../support/command.ts";
import { TYPE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const FILE = "second-class-constructor.json";
const CATALOGUE = join(PROJECT, "catalogue");
let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "no" });
});

afterAll(() => world.close(), 30_000);

interface Definition {
  code: string;
  version: number;
  region: string;
  names: { zh: string; en: string };
  provenance: { kind: string };
}

async function readType(file: string): Promise<Definition> {
  return JSON.parse(await readFile(file, "utf8")) as Definition;
}

/** A folder of its own with one type: the project's, changed. */
async function folderWith(name: string, change: (type: Definition) => void): Promise<string> {
  const folder = world.file(name);
  await mkdir(folder, { recursive: true });
  const type = await readType(join(CATALOGUE, FILE));
  change(type);
  await writeFile(join(folder, "type.json"), JSON.stringify(type));
  return folder;
}

async function countOfTypes(): Promise<number> {
  return ((await world.ask(["catalogue", "list"])) as unknown[]).length;
}

/** The files of types; what else is there, such as templates, is for printing. */
async function typesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".json"));
}

describe("the catalogue on the chain", () => {
  it("is listed with names, region, validity and time, as a table and as JSON", async () => {
    const types = (await world.ask(["catalogue", "list"])) as Record<string, unknown>[];
    expect(types.find(({ type }) => type === TYPE)).toMatchObject({
      version: 1,
      region: "0",
      name: "二级建造师注册证书",
      validity: "from=validFrom;until=validUntil",
      isRetired: false,
    });
    const { stdout } = await world.run(["catalogue", "list"]);
    expect(stdout).toContain(`${TYPE}\t1\t二级建造师注册证书`);
    expect(stdout.split("\n")[0]).toMatch(/^code\tversion\tname\tEnglish name\tregion/);
  });

  it("is listed for one region alone", async () => {
    const local = (await world.ask(["catalogue", "list", "--region", "440000"])) as unknown[];
    expect(local).toMatchObject([{ region: "440000", name: "广东省居住证" }]);
  });

  it("is the same as the files that it was published from, byte for byte, and says so with 0", async () => {
    const files = await typesIn(CATALOGUE);
    expect(await world.ask(["catalogue", "diff"])).toEqual({ same: files.length, differences: [] });
    const one = await world.ask(["catalogue", "diff", join(CATALOGUE, FILE)]);
    expect(one).toEqual({ same: 1, differences: [] });
  });

  it("tells a changed file from one that is only here and one that is only there, and ends with 1", async () => {
    const folder = world.file("changed");
    await cp(CATALOGUE, folder, { recursive: true });
    const file = join(folder, FILE);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"maxLength": 50', '"maxLength": 51'));
    const renamed = join(folder, "marriage-certificate.json");
    const type = await readType(renamed);
    await writeFile(renamed, JSON.stringify({ ...type, version: 2 }));
    const { same, differences } = await world.ask(["catalogue", "diff", folder], 1);
    expect(same).toBe((await typesIn(folder)).length - 2);
    expect(differences).toMatchObject([
      { type: type.code, version: 1, difference: "onlyPublished" },
      { type: type.code, version: 2, difference: "notPublished" },
      { type: TYPE, version: 1, difference: "differs", fields: ["schema"] },
    ]);
    const { stdout, exitCode } = await world.run(["catalogue", "diff", folder]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("不同 changed");
    expect(stdout).toContain("仅链上有 only on the chain");
    expect(stdout).toContain("仅本地有 only here");
  });
});

describe("publishing", () => {
  it("adds the next version of a type, and leaves out what is there already", async () => {
    const folder = await folderWith("next", (type) => (type.version = 2));
    const publish = ["catalogue", "publish", folder, CATALOGUE, "--basis", "测试"];
    const first = await world.ask(publish);
    expect(first).toMatchObject({ toPublish: 1, conflicts: [] });
    expect(first.transactions).toHaveLength(1);
    const again = await world.ask(publish);
    expect(again).toMatchObject({ toPublish: 0, transactions: [] });
    const { stdout } = await world.run(publish);
    expect(stdout).toContain("It is so already");
  });

  it("says in a dry run what it would do, and does nothing", async () => {
    const before = await countOfTypes();
    const folder = await folderWith("dry", (type) => {
      type.version = 3;
    });
    const plan = await world.ask(["catalogue", "publish", folder, "--dry-run"]);
    expect(plan).toMatchObject({ dryRun: true, toPublish: 1, conflicts: [] });
    expect(await countOfTypes()).toBe(before);
  });

  it("refuses another content under a version that is published", async () => {
    const folder = await folderWith("same-version", (type) => (type.names.en = "Otherwise"));
    const { conflicts } = await world.ask(["catalogue", "publish", folder], 65);
    expect(conflicts).toMatchObject([{ code: "VERSION_DIFFERS", type: TYPE }]);
  });

  it("prints the contract call instead of sending it, for an authority of several signatures", async () => {
    const folder = await folderWith("on-paper", (type) => (type.version = 3));
    const before = await countOfTypes();
    const { calls } = await world.ask(["catalogue", "publish", folder, "--call-only"]);
    expect(calls).toMatchObject([{ contract: "CertificateCatalog", data: /^0x/ }]);
    expect(await countOfTypes()).toBe(before);
  });

  it("names the file that is no certificate type, before the chain is asked", async () => {
    const folder = world.file("broken");
    await mkdir(folder);
    await writeFile(join(folder, "broken.json"), "{");
    const { problem } = await world.ask(["catalogue", "publish", folder], 65);
    expect(problem).toMatchObject({ code: "CATALOGUE_INVALID" });
    expect(problem.detail).toContain("broken.json");
    const missing = await world.ask(["catalogue", "publish", "/nowhere"], 65);
    expect(missing.problem.code).toBe("FILE_NOT_FOUND");
  });
});

const GENERATE = ["catalogue", "generate"];

describe("a catalogue of 634 types", () => {
  it("is the same bytes for the same seed, and every type of it is marked as a demonstration", async () => {
    const [a, b, c] = [world.file("seed-a"), world.file("seed-b"), world.file("seed-c")];
    const generate = [...GENERATE, "--count", "30", "--out"];
    await world.ask([...generate, a]);
    await world.ask([...generate, b]);
    await world.ask([...generate, c, "--seed", "2"]);
    const files = await readdir(a);
    expect(files).toHaveLength(30);
    expect(await readdir(b)).toEqual(files);
    expect(await readdir(c)).not.toEqual(files);
    for (const file of files) {
      expect(await readFile(join(b, file), "utf8")).toBe(await readFile(join(a, file), "utf8"));
      expect((await readType(join(a, file))).provenance.kind).toBe("demo");
    }
    const again = await world.ask([...generate, a], 65);
    expect(again.problem.code).toBe("FOLDER_NOT_EMPTY");
    const many = [...GENERATE, "--out", world.file("many"), "--collisions", "9999"];
    expect((await world.ask(many, 64)).problem.detail).toContain("--collisions");
  });

  it("refuses a regional type with a national one's name, and publishes the others only when told to", async () => {
    const out = world.file("country");
    const generated = await world.ask([...GENERATE, "--out", out, "--collisions", "2"]);
    expect(Number(generated.national) + Number(generated.regional)).toBe(634);
    const before = await countOfTypes();
    const publish = ["catalogue", "publish", out];
    const refused = await world.ask(publish, 65);
    expect(refused.problem.code).toBe("CATALOGUE_CONFLICT");
    expect(refused.conflicts).toHaveLength(2);
    for (const { code } of refused.conflicts) expect(code).toBe("NAME_OF_ANOTHER");
    expect(await countOfTypes()).toBe(before);
    const said = await world.run(publish);
    expect(said.exitCode).toBe(65);
    expect(said.stdout).toContain("A regional type has the name of a national one.");
    expect(said.stderr).toContain("--skip-conflicts");
  });

  it("is published with one command in a handful of transactions, and is then the same on the chain", async () => {
    const out = world.file("country");
    const publish = ["catalogue", "publish", out, "--skip-conflicts"];
    const { toPublish, transactions } = await world.ask(publish, 0, { timeLimitMs: 150_000 });
    expect(toPublish).toBe(632);
    expect(transactions.length).toBeLessThan(10);
    const files = (await readdir(out)).map((file) => join(out, file));
    const { same, differences } = await world.ask(["catalogue", "diff", ...files], 1);
    expect({ same, left: differences.length }).toEqual({ same: 632, left: 2 });
    expect((await world.ask(["audit"])).ok).toBe(true);
  });
});
