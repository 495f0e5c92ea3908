import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openNumberIndex } from "../../../src/adapters/store/issued-numbers.ts";
import type { NumberIndex } from "../../../src/adapters/store/issued-numbers.ts";

const KEY = new Uint8Array(32).fill(7);
const SCOPE = { ledger: "31337/0xaa", agency: "11310000MB1A00001C", type: "11100000000013338W001" };
const [FIRST, SECOND] = [`0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`];

let folder: string;
let count = 0;
const newFile = (): string => join(folder, `${String(++count)}.sqlite`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-numbers-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function* each(numbers: Iterable<string>): AsyncIterable<string> {
  yield* numbers;
}

async function withIndex<T>(file: string, work: (index: NumberIndex) => Promise<T>): Promise<T> {
  const index = await openNumberIndex(file, KEY);
  try {
    return await work(index);
  } finally {
    await index.close();
  }
}

describe("the numbers that an agency has issued", () => {
  it("are found again with their place, also after a restart", async () => {
    const file = newFile();
    await withIndex(file, async (index) => {
      const numbers = index.numbersOf(SCOPE);
      expect(await numbers.find(["沪A1"])).toEqual([null]);
      expect(await numbers.has(FIRST)).toBe(false);
      await numbers.add(FIRST, each(["沪A1", "沪A2"]));
      await numbers.add(SECOND, each(["沪A3"]));
    });
    await withIndex(file, async (index) => {
      const numbers = index.numbersOf(SCOPE);
      expect(await numbers.has(FIRST)).toBe(true);
      expect(await numbers.find(["沪A3", "沪A9", "沪A2", "沪A3"])).toEqual([
        { root: SECOND, index: 0 },
        null,
        { root: FIRST, index: 1 },
        { root: SECOND, index: 0 },
      ]);
      expect(await numbers.find([])).toEqual([]);
    });
  });

  it("are remembered once: the same batch again changes nothing", async () => {
    await withIndex(":memory:", async (index) => {
      const numbers = index.numbersOf(SCOPE);
      await numbers.add(FIRST, each(["沪A1"]));
      await numbers.add(FIRST, each(["沪A2"]));
      expect(await numbers.find(["沪A1", "沪A2"])).toEqual([{ root: FIRST, index: 0 }, null]);
    });
  });

  it("stand for the certificate that was issued with them last", async () => {
    await withIndex(":memory:", async (index) => {
      const numbers = index.numbersOf(SCOPE);
      await numbers.add(FIRST, each(["沪A1", "沪A2"]));
      await numbers.add(SECOND, each(["沪A0", "沪A2"]));
      expect(await numbers.find(["沪A1", "沪A2"])).toEqual([
        { root: FIRST, index: 0 },
        { root: SECOND, index: 1 },
      ]);
    });
  });

  it("are of one type, one agency and one ledger", async () => {
    await withIndex(":memory:", async (index) => {
      await index.numbersOf(SCOPE).add(FIRST, each(["沪A1"]));
      for (const other of [{ type: "x" }, { agency: "x" }, { ledger: "31337/0xbb" }]) {
        const numbers = index.numbersOf({ ...SCOPE, ...other });
        expect(await numbers.find(["沪A1"])).toEqual([null]);
        expect(await numbers.has(FIRST)).toBe(false);
        await numbers.add(FIRST, each(["沪A2"]));
      }
      expect(await index.numbersOf(SCOPE).find(["沪A2"])).toEqual([null]);
    });
  });

  it("are remembered whole or not at all", async () => {
    await withIndex(":memory:", async (index) => {
      const numbers = index.numbersOf(SCOPE);
      const broken = async function* (): AsyncIterable<string> {
        for (let i = 0; i < 12_000; i++) yield `沪A${String(i)}`;
        throw new Error("the folder is damaged");
      };
      await expect(numbers.add(FIRST, broken())).rejects.toMatchObject({ code: "DISK_FAILED" });
      expect(await numbers.has(FIRST)).toBe(false);
      expect(await numbers.find(["沪A1"])).toEqual([null]);
      const many = Array.from({ length: 12_000 }, (_, i) => `沪A${String(i)}`);
      await numbers.add(FIRST, each(many));
      const places = await numbers.find(many);
      expect(places.map((place) => place?.index)).toEqual(many.map((_, i) => i));
    });
  });

  it("are nowhere in the file, nor what could be tried out without the key", async () => {
    const file = newFile();
    const number = "110101199001011234";
    await withIndex(file, (index) => index.numbersOf(SCOPE).add(FIRST, each([number])));
    const bytes = readFileSync(file).toString("latin1") + readFileSync(file).toString("utf8");
    expect(bytes).not.toContain(number);
  });
});

describe("an index that can't be trusted is not used", () => {
  it("where the key is another: KEY_MALFORMED, since nothing would be found", async () => {
    const file = newFile();
    await withIndex(file, (index) => index.numbersOf(SCOPE).add(FIRST, each(["沪A1"])));
    const other = openNumberIndex(file, new Uint8Array(32));
    await expect(other).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });

  it("where the file is no database: DISK_FAILED", async () => {
    const file = newFile();
    await writeFile(file, "not a database, but long enough to be looked at".repeat(40));
    await expect(openNumberIndex(file, KEY)).rejects.toMatchObject({ code: "DISK_FAILED" });
    const missing = openNumberIndex(join(folder, "none", "x.sqlite"), KEY);
    await expect(missing).rejects.toMatchObject({ code: "DISK_FAILED" });
  });
});
