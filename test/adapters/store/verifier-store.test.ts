import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { openVerifierStore } from "../../../src/adapters/store/verifier-store.ts";
import type { VerifierStore } from "../../../src/adapters/store/verifier-store.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { ZERO_HASH } from "../../../src/core/ledger/state.ts";
import type { Cursor } from "../../../src/ports.ts";
import { IDENTITY, tellUsualStory } from "../../support/ledger-story.ts";

let folder: string;
let events: readonly LedgerEvent[];
let now = 1_000;
const clock = { now: () => now };
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-store-"));
  ({ events } = tellUsualStory(await loadPrimitives()));
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, `${String(++count)}.db`);
const cursorAt = (number: number): Cursor => ({
  number,
  hash: ZERO_HASH,
  time: number,
  identity: IDENTITY,
});

async function allOf(store: VerifierStore): Promise<LedgerEvent[]> {
  const all: LedgerEvent[] = [];
  for await (const event of store.events(-1)) all.push(event);
  return all;
}

describe("the events that a verifier keeps", () => {
  it("are none in a new store", async () => {
    const store = await openVerifierStore(":memory:", clock);
    expect(await store.cursor()).toBeNull();
    expect(await allOf(store)).toEqual([]);
    await store.close();
  });

  it("are there again after a restart, in their order, with the place", async () => {
    const file = newFile();
    const first = await openVerifierStore(file, clock);
    await first.append(events.slice(0, 3), cursorAt(3));
    await first.append(events.slice(3), cursorAt(20));
    await first.close();
    const second = await openVerifierStore(file, clock);
    expect(await second.cursor()).toEqual(cursorAt(20));
    expect(await allOf(second)).toEqual(events);
    await second.close();
  });

  it("are read whole, also where they are thousands", async () => {
    const store = await openVerifierStore(":memory:", clock);
    const [event] = events as [LedgerEvent];
    const many = Array.from({ length: 2_000 }, (_, i): LedgerEvent => {
      return { ...event, position: { ...event.position, block: i >> 3, logIndex: i & 7 } };
    });
    await store.append(many.toReversed(), cursorAt(250));
    expect(await allOf(store)).toEqual(many);
    await store.close();
  });

  it("and the place go in together or not at all", async () => {
    const store = await openVerifierStore(newFile(), clock);
    await store.append(events.slice(0, 2), cursorAt(2));
    const twice = store.append([...events.slice(2, 4), ...events.slice(0, 1)], cursorAt(9));
    await expect(twice).rejects.toThrow();
    expect(await store.cursor()).toEqual(cursorAt(2));
    expect(await allOf(store)).toEqual(events.slice(0, 2));
    await store.append(events.slice(2), cursorAt(9));
    expect(await allOf(store)).toEqual(events);
    await store.close();
  });
});

describe("a store that can't be opened", () => {
  it("says DISK_FAILED and which: no folder, a folder, another kind of file", async () => {
    const text = newFile();
    await writeFile(text, "this is no database, but it is long enough to be looked at ".repeat(50));
    for (const file of [join(folder, "none", "x.db"), folder, text]) {
      await expect(openVerifierStore(file, clock)).rejects.toMatchObject({
        code: "DISK_FAILED",
        detail: file,
      });
    }
  });
});

describe("the presentations that a verifier has seen", () => {
  it("are first ones once, until they have run out anyway", async () => {
    const store = await openVerifierStore(":memory:", clock);
    expect(await store.isFirstUse("a", 1_300)).toBe(true);
    expect(await store.isFirstUse("a", 1_300)).toBe(false);
    expect(await store.isFirstUse("b", 1_300)).toBe(true);
    now = 1_300;
    expect(await store.isFirstUse("a", 1_600)).toBe(false);
    now = 1_301;
    expect(await store.isFirstUse("a", 1_601)).toBe(true);
    expect(await store.isFirstUse("a", 1_601)).toBe(false);
    await store.close();
  });

  it("are first ones for exactly one of two hundred callers at once, over two verifiers", async () => {
    const file = newFile();
    const stores = [await openVerifierStore(file, clock), await openVerifierStore(file, clock)];
    const uses = Array.from({ length: 200 }, (_, i) => {
      return (stores[i % 2] as VerifierStore).isFirstUse("one", now + 300);
    });
    expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
    for (const store of stores) await store.close();
  });

  it("are remembered over a restart", async () => {
    const file = newFile();
    const first = await openVerifierStore(file, clock);
    expect(await first.isFirstUse("kept", now + 300)).toBe(true);
    await first.close();
    const second = await openVerifierStore(file, clock);
    expect(await second.isFirstUse("kept", now + 300)).toBe(false);
    await second.close();
  });
});
