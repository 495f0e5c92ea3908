import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { AgencyStore, StoredCertificate } from "../../../src/ports/agency-store.ts";
import type { OpenedStore, StoreKind, StorePlaces } from "../../support/agency-stores.ts";
import { listed, openStoreAt, storePlaces } from "../../support/agency-stores.ts";
import { AGENCY, LEDGER, TYPE, issue, sampleRecords } from "../../support/store-issuing.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];

describe.each(KINDS)("erasing from a store in %s", (kind) => {
  let places: StorePlaces;
  let place: string;
  let opened: OpenedStore;
  let store: AgencyStore;
  let root: string;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  afterAll(() => places.end());
  beforeEach(async () => {
    place = await places.newPlace();
    opened = await openStoreAt(place);
    ({ store } = opened);
    const job = await issue(store, sampleRecords(200), { suite: kind === "SQLite" ? 1 : 2 });
    root = (await store.batches(job.id))[0]?.root as string;
  });
  afterEach(() => store.close());

  it("takes one certificate away and leaves every other with the proof it had", async () => {
    const before = await all();
    expect(await store.erase(root, 70)).toBe(true);
    const after = await all();
    expect(after).toEqual(before.filter(({ certificate }) => certificate.index !== 70));
    expect(await store.certificate(root, 71)).toEqual(before[71]);
    const erased = store.certificate(root, 70);
    await expect(erased).rejects.toMatchObject({ code: "CERTIFICATE_ERASED" });
    expect(await store.erased(root)).toEqual([70]);
  });

  it("keeps the leaf, which proves the others", async () => {
    const before = await leaves();
    await store.erase(root, 0);
    expect(await leaves()).toEqual(before);
  });

  it("says when it was erased before, and when it was never there", async () => {
    await store.erase(root, 199);
    expect(await store.erase(root, 199)).toBe(false);
    const erasing = store.erase(root, 200);
    await expect(erasing).rejects.toMatchObject({ code: "CERTIFICATE_NOT_FOUND" });
  });

  it("does not find it by its number any more, nor anybody else less", async () => {
    await store.erase(root, 5);
    const numbers = await store.numbers({ ledger: LEDGER, agency: AGENCY, type: TYPE });
    expect(await numbers.places("N0000005")).toEqual([]);
    expect(await numbers.places("N0000006")).toEqual([{ root, index: 6 }]);
    expect(await store.counts()).toMatchObject({ certificates: 200, erased: 1, numbers: 199 });
  });

  it("leaves an empty page where all of its certificates were erased", async () => {
    for (let index = 192; index < 200; index++) await store.erase(root, index);
    expect(await all()).toHaveLength(192);
    expect(await store.erased(root)).toEqual([192, 193, 194, 195, 196, 197, 198, 199]);
    const erased = store.certificate(root, 195);
    await expect(erased).rejects.toMatchObject({ code: "CERTIFICATE_ERASED" });
    expect((await keys()).at(-1)?.every((byte) => byte === 0)).toBe(true);
  });

  it("destroys the key: no byte of it is left in the store", async () => {
    const old = await keys();
    await store.erase(root, 70);
    const young = await keys();
    expect(young[0]).toEqual(old[0]);
    expect(young[1]).not.toEqual(old[1]);
    await store.close();
    const kept = await storeBytes();
    expect(kept.includes(old[0]?.subarray(0, 16) as Buffer)).toBe(true);
    expect(kept.includes(old[1]?.subarray(0, 16) as Buffer)).toBe(false);
    ({ store } = await openStoreAt(place));
  });

  it("destroys a cancelled job's key likewise", async () => {
    const job = await issue(store, sampleRecords(1));
    const { rows } = await sql<{ wrapped: Uint8Array }>`
      SELECT wrapped FROM job_key ORDER BY job`.execute(opened.database.db);
    const [kept, gone] = rows.map(({ wrapped }) => Buffer.from(wrapped));
    await store.cancelJob(job.id);
    await store.close();
    const bytes = await storeBytes("job_key");
    expect(bytes.includes(kept as Buffer)).toBe(true);
    expect(bytes.includes(gone as Buffer)).toBe(false);
    ({ store } = await openStoreAt(place));
  });

  async function keys(): Promise<Buffer[]> {
    const { rows } = await sql<{ key: Uint8Array }>`SELECT key FROM page_key ORDER BY id`.execute(
      opened.database.db,
    );
    return rows.map(({ key }) => Buffer.from(key));
  }

  async function leaves(): Promise<Uint8Array[]> {
    return listed(store.leaves(root));
  }

  /** The whole file; of a database in PostgreSQL the table's own file. */
  async function storeBytes(table = "page_key"): Promise<Buffer> {
    const { postgres } = places;
    if (postgres === null) return readFileSync(place);
    const name = new URL(place).pathname.slice(1);
    const query = `CHECKPOINT; SELECT pg_read_binary_file(pg_relation_filepath('${table}')) AS bytes`;
    const [row] = await postgres.run(query, name);
    return row?.["bytes"] as Buffer;
  }

  function all(): Promise<StoredCertificate[]> {
    return listed(store.certificates(root));
  }
});
