/**
 * Somebody who can write to the database alters the log behind the service's back. The real contract has the
 * heads, the real databases have the lines, and the check names what was done.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Account } from "../../../src/adapters/chain/account.ts";
import { deployUseLog } from "../../../src/adapters/chain/deploy.ts";
import { DEVELOPMENT_KEY } from "../../../src/adapters/chain/development.ts";
import { connectRpc } from "../../../src/adapters/chain/rpc.ts";
import type { Rpc } from "../../../src/adapters/chain/rpc.ts";
import { useAnchoring, useAnchors } from "../../../src/adapters/chain/use-log-anchor.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import { anchorUses } from "../../../src/app/uses/anchor-uses.ts";
import { checkUseLog } from "../../../src/app/uses/check-use-log.ts";
import type { UseLogCheck } from "../../../src/app/uses/check-use-log.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { decodeEntry, encodeEntry, encodeHeader } from "../../../src/core/uses/entry.ts";
import { Strand, firstHash, nextHash } from "../../../src/core/uses/strand.ts";
import { primitives, systemClock, systemRandomness } from "../../../src/main/system.ts";
import type { UseAnchoring, UseAnchors } from "../../../src/ports/use-log.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import { startNodeProcess } from "../../support/node-process.ts";
import type { NodeProcess } from "../../support/node-process.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { LEDGER, someUse } from "../../support/uses.ts";

let node: NodeProcess;
let rpc: Rpc;
let contract: string;
let anchoring: UseAnchoring;
let anchors: UseAnchors;

beforeAll(async () => {
  node = await startNodeProcess();
  rpc = await connectRpc(node.url);
  const account = new Account(rpc, walletSigner(DEVELOPMENT_KEY));
  contract = await deployUseLog(account);
  anchors = useAnchors(rpc, contract);
});
beforeEach(() => {
  // Another account for each test: what one anchored is not the other's.
  const key = `0x${toHex(systemRandomness(32))}`;
  anchoring = useAnchoring(rpc, contract, new Account(rpc, walletSigner(key)));
});
afterAll(async () => {
  rpc.close();
  await node.close();
});

describe.each(["SQLite", "PostgreSQL"] as const)("a log of uses in %s", (kind) => {
  let places: StorePlaces;
  let service: OpenedServiceStore;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  beforeEach(async () => {
    service = await openServiceAt(await places.newPlace());
  });
  afterEach(() => service.store.close());
  afterAll(() => places.end());

  /** Writes a strand of so many lines. @returns its id and its number in the database */
  async function write(count: number): Promise<{ readonly id: string; readonly strand: number }> {
    const id = toHex(systemRandomness(6));
    const strand = new Strand(primitives.sha256, { id, ...LEDGER, startedAt: 1_800_000_000 });
    await extend(strand, count);
    return { id, strand: Number.parseInt(id, 16) };
  }

  async function extend(strand: Strand, count: number): Promise<void> {
    const lines = Array.from({ length: count }, (_, i) => {
      const use = someUse({ at: 1_800_000_000 + i });
      const { at, certificate, client } = use;
      const keys = { at, certificate, client, call: null };
      return { strand: strand.header, ...strand.append(use), ...keys };
    });
    await Promise.all(lines.map((line) => service.store.uses.append(line)));
  }

  const anchor = () => anchorUses({ log: service.store.uses, anchoring, clock: systemClock });

  const check = (isCompared = true): Promise<UseLogCheck> => {
    const anchored = { anchors, accounts: [anchoring.account] };
    return checkUseLog({
      log: service.store.uses,
      primitives,
      anchored: isCompared ? anchored : null,
    });
  };

  const found = async (isCompared = true): Promise<string[]> => {
    const { findings } = await check(isCompared);
    return findings.map(
      ({ code, strand, from, to }) => `${code} ${strand} ${String(from)}-${String(to)}`,
    );
  };

  /** Makes all hashes anew from a line on, as somebody who knows how they are made would. */
  async function makeHashesAnew(id: string, strand: number): Promise<void> {
    let hash = firstHash(
      primitives.sha256,
      encodeHeader({ id, ...LEDGER, startedAt: 1_800_000_000 }),
    );
    for (const { number, entry } of await service.store.uses.lines(id, 1, 1_000)) {
      hash = nextHash(primitives.sha256, hash, entry);
      await service.database.db
        .updateTable("use_line")
        .set({ hash })
        .where("strand", "=", strand)
        .where("number", "=", number)
        .execute();
    }
  }

  async function edit(id: string, strand: number, number: number): Promise<void> {
    const [line] = await service.store.uses.lines(id, number, 1);
    const { use } = decodeEntry(line?.entry ?? new Uint8Array());
    const entry = encodeEntry({ strand: id, number }, { ...use, verdict: "rejected" });
    await service.database.db
      .updateTable("use_line")
      .set({ entry })
      .where("strand", "=", strand)
      .where("number", "=", number)
      .execute();
  }

  it("has nothing wrong as it was written, and the chain vouches for what was anchored", async () => {
    await write(5);
    await write(3);
    expect(await anchor()).toMatchObject({ strands: 2, shorter: [] });
    await write(1);
    expect(await check()).toEqual({ strands: 3, lines: 9, erased: 0, anchored: 8, findings: [] });
    expect(await check(false)).toMatchObject({ lines: 9, anchored: 0, findings: [] });
  });

  it("is anchored again only where it has grown", async () => {
    const strand = new Strand(primitives.sha256, {
      id: toHex(systemRandomness(6)),
      ...LEDGER,
      startedAt: 1,
    });
    await extend(strand, 2);
    expect((await anchor())?.transactions).toHaveLength(1);
    expect(await anchor()).toEqual({ strands: 0, transactions: [], shorter: [] });
    await extend(strand, 2);
    expect((await anchor())?.strands).toBe(1);
    expect(
      (await anchors.anchorsOf(anchoring.account, strand.header.id)).map(({ length }) => length),
    ).toEqual([2, 4]);
    expect(await check()).toMatchObject({ anchored: 4, findings: [] });
  });

  it("is anchored by one at a time", async () => {
    await write(2);
    await service.store.uses.claimAnchoring(systemClock.now(), systemClock.now() + 60);
    expect(await anchor()).toBeNull();
    await service.store.uses.releaseAnchoring();
    expect((await anchor())?.strands).toBe(1);
  });

  it("goes on where anchoring was killed after it had sent", async () => {
    const { id } = await write(2);
    await anchoring.anchor(await service.store.uses.unanchored());
    expect(await anchor()).toMatchObject({ strands: 0, transactions: [] });
    expect(await anchors.anchorsOf(anchoring.account, id)).toHaveLength(1);
    expect(await service.store.uses.unanchored()).toEqual([]);
  });

  it("tells a line that was edited", async () => {
    const { id, strand } = await write(6);
    await edit(id, strand, 4);
    expect(await found(false)).toEqual([`EDITED ${id} 4-4`]);
  });

  it("tells a line that was edited and all hashes made anew: by the chain alone", async () => {
    const { id, strand } = await write(6);
    await anchor();
    await edit(id, strand, 4);
    await makeHashesAnew(id, strand);
    expect(await found(false)).toEqual([]);
    expect(await found()).toEqual([`NOT_AS_ANCHORED ${id} 1-6`]);
  });

  it("tells a line that was taken out", async () => {
    const { id, strand } = await write(6);
    await service.database.db
      .deleteFrom("use_line")
      .where("strand", "=", strand)
      .where("number", "=", 3)
      .execute();
    expect(await found()).toEqual([`MISSING ${id} 3-3`]);
  });

  it("tells lines that changed places", async () => {
    const { id, strand } = await write(6);
    const { db } = service.database;
    const move = (from: number, to: number) =>
      db
        .updateTable("use_line")
        .set({ number: to })
        .where("strand", "=", strand)
        .where("number", "=", from)
        .execute();
    await move(2, 99);
    await move(5, 2);
    await move(99, 5);
    expect((await found()).filter((it) => it.startsWith("MOVED"))).toEqual([
      `MOVED ${id} 2-2`,
      `MOVED ${id} 5-5`,
    ]);
  });

  it("tells an end that was cut off, and one of which the store was made to forget it", async () => {
    const { id, strand } = await write(6);
    await anchor();
    const { db } = service.database;
    await db.deleteFrom("use_line").where("strand", "=", strand).where("number", ">", 4).execute();
    expect(await found(false)).toEqual([`CUT_OFF ${id} 5-6`]);
    await db.updateTable("use_strand").set({ length: 4 }).where("strand", "=", strand).execute();
    await db.deleteFrom("use_anchor").where("strand", "=", strand).execute();
    expect(await found(false)).toEqual([]);
    expect(await found()).toEqual([`CUT_OFF ${id} 5-6`]);
    expect(await anchor()).toMatchObject({ strands: 0, shorter: [id] });
  });

  it("tells a whole strand that is gone, and one whose header is", async () => {
    const [gone, headless] = [await write(6), await write(2)];
    await anchor();
    const { db } = service.database;
    await db.deleteFrom("use_line").where("strand", "=", gone.strand).execute();
    await db.deleteFrom("use_strand").execute();
    expect(await found()).toEqual([
      `STRAND_MISSING ${headless.id} 0-0`,
      `STRAND_MISSING ${gone.id} 0-0`,
    ]);
    expect(await found(false)).toEqual([`STRAND_MISSING ${headless.id} 0-0`]);
  });

  it("tells lines that were put under an anchored head, hashes and all", async () => {
    const { id, strand } = await write(4);
    await anchor();
    const { db } = service.database;
    await db
      .updateTable("use_line")
      .set({ number: 9 })
      .where("strand", "=", strand)
      .where("number", "=", 4)
      .execute();
    const [last] = await service.store.uses.lines(id, 9, 1);
    const { use } = decodeEntry(last?.entry ?? new Uint8Array());
    await db
      .updateTable("use_line")
      .set({ number: 5, entry: encodeEntry({ strand: id, number: 5 }, use) })
      .where("strand", "=", strand)
      .where("number", "=", 9)
      .execute();
    const extra = {
      strand,
      number: 4,
      at: 1,
      certificate: null,
      client: null,
      hash: new Uint8Array(32),
    };
    const entry = encodeEntry({ strand: id, number: 4 }, someUse());
    await db
      .insertInto("use_line")
      .values({ ...extra, entry })
      .execute();
    await db.updateTable("use_strand").set({ length: 5 }).where("strand", "=", strand).execute();
    await makeHashesAnew(id, strand);
    expect(await found(false)).toEqual([]);
    expect(await found()).toEqual([`NOT_AS_ANCHORED ${id} 1-4`]);
  });

  it("tells an end that somebody added", async () => {
    const { id, strand } = await write(2);
    const entry = encodeEntry({ strand: id, number: 3 }, someUse());
    const [, second] = await service.store.uses.lines(id, 1, 2);
    const hash = nextHash(primitives.sha256, second?.hash ?? new Uint8Array(), entry);
    const extra = { strand, number: 3, at: 1, certificate: null, client: null };
    await service.database.db
      .insertInto("use_line")
      .values({ ...extra, entry, hash })
      .execute();
    expect(await found()).toEqual([`ADDED ${id} 3-3`]);
  });

  it("is sound after lines were erased in due time, and tells where somebody erased what was not due", async () => {
    const { id, strand } = await write(6);
    await anchor();
    const limits = { now: 1_800_000_000 + 10 * 86_400, useDays: 5 };
    expect(await service.store.retention.erase(limits)).toContainEqual({ what: "uses", count: 6 });
    expect(await check()).toMatchObject({ lines: 0, erased: 6, findings: [] });
    const hash = new Uint8Array(32);
    await service.database.db
      .updateTable("use_strand")
      .set({ erased_number: 5, erased_hash: hash })
      .where("strand", "=", strand)
      .execute();
    expect(await found()).toEqual([`ERASED_EARLY ${id} 1-5`, `CUT_OFF ${id} 6-6`]);
  });

  it("goes through logs that are longer than it reads at once", async () => {
    await write(2_345);
    await anchor();
    expect(await check()).toMatchObject({ lines: 2_345, anchored: 2_345, findings: [] });
  });
});

describe("the contract of use logs", () => {
  it("refuses a strand that is not longer than it was", async () => {
    const head = { strand: "0000000000aa", length: 2, hash: new Uint8Array(32).fill(1) };
    await anchoring.anchor([head]);
    const refused = anchoring.anchor([head]);
    await expect(refused).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: "UseLogNotLonger(strand: 170, length: 2, anchored: 2)",
    });
    expect(await anchoring.lengthOf("0000000000aa")).toBe(2);
    expect(await anchoring.lengthOf("0000000000bb")).toBe(0);
    expect(await anchors.strandsOf(anchoring.account)).toEqual(["0000000000aa"]);
  });

  it("is told from an address where there is none, or another", async () => {
    for (const address of [`0x${"11".repeat(20)}`, anchoring.account]) {
      const nowhere = useAnchors(rpc, address).strandsOf(anchoring.account);
      await expect(nowhere).rejects.toMatchObject({ code: "USE_LOG_NOT_FOUND" });
    }
  });

  it("is read in pages, however many strands there are", async () => {
    const heads = Array.from({ length: 100 }, (_, i) => i);
    for (let round = 0; round < 6; round++) {
      await anchoring.anchor(
        heads.map((i) => {
          const strand = (round * 100 + i + 1).toString(16).padStart(12, "0");
          return { strand, length: 1, hash: new Uint8Array(32).fill(7) };
        }),
      );
    }
    const strands = await anchors.strandsOf(anchoring.account);
    expect(strands).toHaveLength(600);
    expect(new Set(strands).size).toBe(600);
  });
});
