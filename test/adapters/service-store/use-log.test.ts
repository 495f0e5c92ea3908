/** The use log in both databases: kept in order, found again, never with a gap. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { encodeHeader } from "../../../src/core/uses/entry.ts";
import { Strand } from "../../../src/core/uses/strand.ts";
import type { StrandHeader, Use } from "../../../src/core/uses/use.ts";
import { primitives } from "../../../src/main/system.ts";
import type { KeptLine, NewLine, UseCursor, UseLog } from "../../../src/ports/use-log.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { LEDGER, someUse } from "../../support/uses.ts";

const START = 1_800_000_000;

function headerOf(id: string): StrandHeader {
  return { id, ...LEDGER, startedAt: START };
}

class Writer {
  readonly strand: Strand;
  readonly #log: UseLog;

  constructor(log: UseLog, id: string) {
    this.#log = log;
    this.strand = new Strand(primitives.sha256, headerOf(id));
  }

  next(changes: Partial<Use> = {}, call: Uint8Array | null = null): NewLine {
    const use = someUse(changes);
    const keys = { at: use.at, certificate: use.certificate, client: use.client, call };
    return { strand: this.strand.header, ...this.strand.append(use), ...keys };
  }

  write(changes: Partial<Use> = {}): Promise<boolean> {
    return this.#log.append(this.next(changes));
  }

  writeMany(count: number, changes: Partial<Use> = {}): Promise<boolean[]> {
    return Promise.all(Array.from({ length: count }, () => this.write(changes)));
  }
}

describe.each(["SQLite", "PostgreSQL"] as const)("the use log in %s", (kind) => {
  let places: StorePlaces;
  let place: string;
  const opened: OpenedServiceStore[] = [];

  const open = async (): Promise<UseLog> => {
    const one = await openServiceAt(place);
    opened.push(one);
    return one.store.uses;
  };

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  beforeEach(async () => {
    place = await places.newPlace();
  });
  afterEach(async () => {
    for (const { store } of opened.splice(0)) await store.close();
  });
  afterAll(() => places.end());

  it("finds what was kept for a client's call, and nothing of another call, client or time", async () => {
    const log = await open();
    const [one, other] = [new Writer(log, "0000000000aa"), new Writer(log, "0000000000bb")];
    const call = new Uint8Array(8).fill(7);
    const [client, at] = ["C-WINDOW03", 1_800_000_000];
    const lines = [
      one.next({ client, at: at + 1 }, call),
      one.next({ client, at }, new Uint8Array(8)),
      one.next({ client, at }),
      one.next({ client: "C-WINDOW04", at }, call),
      one.next({ client, at: at - 1 }, call),
      other.next({ client, at }, call),
    ];
    await Promise.all(lines.map((line) => log.append(line)));
    const found = await log.ofCall({ client, call, since: at });
    const places = found.map(({ strand, number }) => [strand, number]);
    expect(places).toEqual([
      ["0000000000bb", 1],
      ["0000000000aa", 1],
    ]);
    expect(found[0]?.entry).toEqual(lines[5]?.entry);
  });

  it("keeps lines as they were written, and finds each by its place", async () => {
    const log = await open();
    const writer = new Writer(log, "0000000000aa");
    const line = writer.next();
    expect(await log.append(line)).toBe(true);
    const { number, entry, hash } = line;
    const kept = { strand: "0000000000aa", number, entry, hash };
    expect(await log.find({ strand: "0000000000aa", number: 1 })).toEqual(kept);
    expect(await log.find({ strand: "0000000000aa", number: 2 })).toBeNull();
    expect(await log.find({ strand: "ffffffffffff", number: 1 })).toBeNull();
    const strand = {
      id: "0000000000aa",
      header: encodeHeader(headerOf("0000000000aa")),
      length: 1,
    };
    expect(await log.strands()).toEqual([{ ...strand, erased: null }]);
  });

  it("keeps hundreds of one moment, of two processes, each strand whole and in its order", async () => {
    const logs = await Promise.all([open(), open()]);
    const writers = logs.map((log, i) => new Writer(log, `00000000000${String(i + 1)}`));
    const kept = await Promise.all(writers.map((writer) => writer.writeMany(613)));
    expect(kept.flat().every((isKept) => isKept)).toBe(true);
    for (const { strand } of writers) {
      const lines = await logs[0].lines(strand.header.id, 1, 1_000);
      expect(lines.map(({ number }) => number)).toEqual(
        Array.from({ length: 613 }, (_, i) => i + 1),
      );
    }
  });

  it("keeps no line after one that is missing", async () => {
    const log = await open();
    const writer = new Writer(log, "0000000000aa");
    expect(await writer.write()).toBe(true);
    writer.next();
    expect(await writer.writeMany(3)).toEqual([false, false, false]);
    expect(await log.lines("0000000000aa", 1, 10)).toHaveLength(1);
  });

  it("lets nobody else write or begin a strand", async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(await new Writer(one, "0000000000aa").writeMany(2)).toEqual([true, true]);
    expect(await new Writer(other, "0000000000aa").write()).toBe(false);
    expect(await one.strands()).toMatchObject([{ length: 2 }]);
  });

  it("keeps the others where one strand is refused in the same moment", async () => {
    const log = await open();
    const [good, bad] = [new Writer(log, "0000000000aa"), new Writer(log, "0000000000bb")];
    bad.next();
    expect(await Promise.all([good.write(), bad.write(), good.write()])).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("lists the newest first, page after page, without leaving any out", async () => {
    const log = await open();
    const writers = ["0000000000aa", "0000000000bb"].map((id) => new Writer(log, id));
    for (const writer of writers) {
      for (let i = 0; i < 7; i++) await writer.write({ at: START + Math.floor(i / 3) });
    }
    const seen: string[] = [];
    for (let after: UseCursor | undefined; ;) {
      const page = await log.list({ most: 4, ...(after !== undefined && { after }) });
      seen.push(...page.map(({ strand, number }) => `${strand} ${String(number)}`));
      const last = page.at(-1);
      if (last === undefined) break;
      const at = START + Math.floor((last.number - 1) / 3);
      after = { at, strand: last.strand, number: last.number };
    }
    expect(seen).toHaveLength(14);
    expect(new Set(seen).size).toBe(14);
    expect(seen[0]).toBe("0000000000bb 7");
    expect(seen.at(-1)).toBe("0000000000aa 1");
  });

  it("lists the uses of one certificate, of one client, and of a time", async () => {
    const log = await open();
    const writer = new Writer(log, "0000000000aa");
    const mine = new Uint8Array(16).fill(9);
    await writer.write({ certificate: mine, at: START });
    await writer.write({ client: "C-22222222", at: START + 1 });
    await writer.write({ client: null, certificate: null, at: START + 2 });
    const numbers = async (filter: object): Promise<number[]> => {
      return (await log.list({ most: 10, ...filter })).map(({ number }) => number);
    };
    expect(await numbers({ certificate: mine })).toEqual([1]);
    expect(await numbers({ client: "C-22222222" })).toEqual([2]);
    expect(await numbers({ from: START + 1 })).toEqual([3, 2]);
    expect(await numbers({ to: START + 1 })).toEqual([2, 1]);
    expect(await numbers({ from: START + 1, to: START + 1 })).toEqual([2]);
    expect(await numbers({})).toEqual([3, 2, 1]);
  });

  it("lists the uses of one certificate from every part of long strands, the newest first", async () => {
    const log = await open();
    const mine = new Uint8Array(16).fill(9);
    const [one, other] = [new Writer(log, "0000000000aa"), new Writer(log, "0000000000bb")];
    for (const place of [0, 1022, 0, 3]) {
      await one.writeMany(place, { at: START });
      await one.write({ certificate: mine, at: START });
    }
    await other.write({ certificate: mine, at: START });
    const filter = { certificate: mine, to: START };
    const found = await log.list({ most: 3, ...filter });
    const places = ({ strand, number }: KeptLine): [string, number] => [strand, number];
    expect(found.map(places)).toEqual([
      ["0000000000bb", 1],
      ["0000000000aa", 1029],
      ["0000000000aa", 1025],
    ]);
    const after = { at: START, strand: "0000000000aa", number: 1025 };
    expect((await log.list({ most: 3, ...filter, after })).map(places)).toEqual([
      ["0000000000aa", 1024],
      ["0000000000aa", 1],
    ]);
  });

  it("tells which strands are longer than what was anchored", async () => {
    const log = await open();
    const [one, other] = [new Writer(log, "0000000000aa"), new Writer(log, "0000000000bb")];
    await one.writeMany(2);
    await other.writeMany(3);
    const heads = await log.unanchored();
    expect(heads.map(({ strand, length }) => [strand, length])).toEqual([
      ["0000000000aa", 2],
      ["0000000000bb", 3],
    ]);
    expect(heads[0]?.hash).toEqual((await log.find({ strand: "0000000000aa", number: 2 }))?.hash);
    await log.markAnchored(heads);
    await log.markAnchored(heads);
    expect(await log.unanchored()).toEqual([]);
    await other.write();
    expect(await log.unanchored()).toMatchObject([{ strand: "0000000000bb", length: 4 }]);
    await log.markAnchored([]);
  });

  it("gives the duty of anchoring to one, until it is given back or its time is over", async () => {
    const logs = await Promise.all([open(), open()]);
    const claims = Array.from({ length: 20 }, (_, i) =>
      (logs[i % 2] as UseLog).claimAnchoring(100, 200),
    );
    expect((await Promise.all(claims)).filter((has) => has)).toHaveLength(1);
    expect(await logs[0].claimAnchoring(199, 300)).toBe(false);
    expect(await logs[1].claimAnchoring(200, 300)).toBe(true);
    await logs[1].releaseAnchoring();
    expect(await logs[0].claimAnchoring(201, 300)).toBe(true);
  });

  it("shows strands of which somebody took the header away", async () => {
    const log = await open();
    await new Writer(log, "0000000000bb").write();
    await new Writer(log, "0000000000aa").write();
    const { database } = opened[0] as OpenedServiceStore;
    await database.db.deleteFrom("use_strand").where("strand", "=", 0xaa).execute();
    expect(await log.strands()).toMatchObject([
      { id: "0000000000aa", header: null },
      { id: "0000000000bb", length: 1 },
    ]);
  });

  it("belongs to the key that it was begun with", async () => {
    const logs = await Promise.all([open(), open()]);
    const [mine, another] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(await logs[0].isOfKey(mine)).toBe(true);
    expect(await logs[1].isOfKey(another)).toBe(false);
    expect(await logs[1].isOfKey(mine)).toBe(true);
  });

  describe("when the time of uses is over", () => {
    const DAY = 86_400;
    const limits = { now: START + 10 * DAY, useDays: 5 };

    it("erases each strand up to its last anchored line of that time, and no further", async () => {
      const log = await open();
      const writer = new Writer(log, "0000000000aa");
      await writer.writeMany(3, { at: START });
      await log.markAnchored(await log.unanchored());
      await writer.writeMany(2, { at: START + DAY });
      await log.markAnchored(await log.unanchored());
      await writer.write({ at: START + 2 * DAY });
      await writer.writeMany(2, { at: START + 9 * DAY });
      await log.markAnchored(await log.unanchored());
      const { hash } = (await log.find({ strand: "0000000000aa", number: 5 })) as KeptLine;
      const { retention } = (opened[0] as OpenedServiceStore).store;
      expect(await retention.outlived(limits)).toContainEqual({ what: "uses", count: 5 });
      expect(await retention.erase(limits)).toContainEqual({ what: "uses", count: 5 });
      expect((await log.lines("0000000000aa", 1, 10)).map(({ number }) => number)).toEqual([
        6, 7, 8,
      ]);
      expect(await log.strands()).toMatchObject([{ length: 8, erased: { number: 5, hash } }]);
      expect(await retention.erase(limits)).toContainEqual({ what: "uses", count: 0 });
      expect(await writer.write({ at: START + 10 * DAY })).toBe(true);
    });

    it("erases nothing that the chain does not vouch for", async () => {
      const log = await open();
      await new Writer(log, "0000000000aa").writeMany(3, { at: START });
      const { retention } = (opened[0] as OpenedServiceStore).store;
      expect(await retention.erase(limits)).toContainEqual({ what: "uses", count: 0 });
      expect(await log.lines("0000000000aa", 1, 10)).toHaveLength(3);
    });

    it("erases a whole strand in small steps", async () => {
      const log = await open();
      await new Writer(log, "0000000000aa").writeMany(1_205, { at: START });
      await log.markAnchored(await log.unanchored());
      const { retention } = (opened[0] as OpenedServiceStore).store;
      expect(await retention.erase(limits)).toContainEqual({ what: "uses", count: 1_205 });
      expect(await log.lines("0000000000aa", 1, 10)).toEqual([]);
    });
  });
});
