/** What is read is what was written, or it is said that it isn't. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { AgencyStore } from "../../../src/ports/agency-store.ts";
import type { OpenedStore, StoreKind, StorePlaces } from "../../support/agency-stores.ts";
import { listed, openStoreAt, storePlaces } from "../../support/agency-stores.ts";
import { issue, sampleRecords } from "../../support/store-issuing.ts";

const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];
const SUITES = [1, 2] as const;

describe.each(KINDS)("a store in %s that was damaged", (kind) => {
  let places: StorePlaces;
  let opened: OpenedStore;
  let store: AgencyStore;

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  afterAll(() => places.end());
  beforeEach(async () => {
    opened = await openStoreAt(await places.newPlace());
    ({ store } = opened);
  });
  afterEach(() => store.close());

  it.each(SUITES)("finds a page of which one byte is another, in suite %i", async (suite) => {
    const [root] = await issued(suite);
    await flip("page", "content", 100, sql`id % 262144 = 1`);
    await expectDamaged(store.certificate(root, 64), /page 1: not what was written/);
    await expectDamaged(listed(store.certificates(root)), /page 1/);
    expect((await store.certificate(root, 63)).certificate.index).toBe(63);
  });

  it.each(SUITES)("finds a page's key of which one byte is another, in suite %i", async (suite) => {
    const [root] = await issued(suite);
    await flip("page_key", "key", 3, sql`id % 262144 = 0`);
    await expectDamaged(store.certificate(root, 0), /page 0: not what was written/);
    await flip("page_key", "key", 40, sql`id % 262144 = 1`);
    await expectDamaged(store.certificate(root, 64), /page 1: not what was written/);
  });

  it.each(SUITES)("takes no page for another's, in suite %i", async (suite) => {
    const [root] = await issued(suite);
    for (const table of ["page", "page_key"])
      await swap(table, sql`id % 262144 = 0`, sql`id % 262144 = 1`);
    await expectDamaged(store.certificate(root, 0), /page 0: not what was written/);
  });

  it("takes no page for that of another batch of the same job", async () => {
    const [first] = await issued(1, 64);
    for (const table of ["page", "page_key"]) await swap(table, sql`id = 262144`, sql`id = 524288`);
    await expectDamaged(store.certificate(first, 0), /page 0: not what was written/);
  });

  it("finds a page that is not there", async () => {
    const [root] = await issued();
    await sql`DELETE FROM page WHERE id % 262144 = 1`.execute(opened.database.db);
    await expectDamaged(store.certificate(root, 100), /page 1: not there/);
  });

  it("finds a leaf of which one byte is another", async () => {
    const [root] = await issued();
    await flip("tree_chunk", "nodes", 32 * 7 + 1, sql`1 = 1`);
    await expectDamaged(store.certificate(root, 7), /tree: path/);
    await expectDamaged(listed(store.certificates(root)), /tree: chunk 0/);
  });

  it("finds a node above, which others' paths go through", async () => {
    const [root] = await issued();
    await flip("tree_chunk", "nodes", 32 * 128 + 1, sql`1 = 1`);
    await expectDamaged(store.certificate(root, 2), /tree: path/);
    expect((await store.certificate(root, 0)).certificate.index).toBe(0);
    await expectDamaged(listed(store.certificates(root)), /tree: chunk 0/);
  });

  it("finds a tree that was cut short, or is not there", async () => {
    const [root] = await issued();
    await sql`UPDATE tree_chunk SET nodes = substr(nodes, 1, 320)`.execute(opened.database.db);
    await expectDamaged(store.certificate(root, 0), /chunk 0 of the tree/);
    await sql`DELETE FROM tree_chunk`.execute(opened.database.db);
    await expectDamaged(listed(store.leaves(root)), /chunk 0 of the tree/);
  });

  it("finds that the top of a tree is not that of its root", async () => {
    const [root] = await issued();
    await flip("batch", "top", 1, sql`1 = 1`);
    await expectDamaged(listed(store.certificates(root)), /tree: top/);
  });

  it("finds that a job's key is gone, and reads nothing of it", async () => {
    const place = await places.newPlace();
    const other = await openStoreAt(place);
    const job = await issue(other.store, sampleRecords(3));
    const root = (await other.store.batches(job.id))[0]?.root as string;
    await sql`DELETE FROM job_key`.execute(other.database.db);
    await other.store.close();
    const { store: again } = await openStoreAt(place);
    await expectDamaged(again.certificate(root, 0), /a job without its key/);
    await again.close();
  });

  /** @returns the roots of its batches */
  async function issued(suite: 1 | 2 = 1, batchSize = 4096): Promise<[string, ...string[]]> {
    const job = await issue(store, sampleRecords(128), { suite, batchSize });
    return (await store.batches(job.id)).map(({ root }) => root) as [string, ...string[]];
  }

  async function flip(
    table: string,
    column: string,
    at: number,
    where: RawBuilder<unknown>,
  ): Promise<void> {
    const { db } = opened.database;
    const key = sql.ref(column);
    const { rows } = await sql<{ id: number; bytes: Uint8Array }>`
      SELECT id, ${key} AS bytes FROM ${sql.table(table)} WHERE ${where} LIMIT 1`.execute(db);
    const [row] = rows;
    const bytes = Uint8Array.from(row?.bytes ?? []);
    bytes[at] = (bytes[at] as number) ^ 1;
    await sql`UPDATE ${sql.table(table)} SET ${key} = ${bytes} WHERE id = ${row?.id}`.execute(db);
  }

  /** Gives each of two rows the other's place. */
  async function swap(
    table: string,
    one: RawBuilder<unknown>,
    other: RawBuilder<unknown>,
  ): Promise<void> {
    const { db } = opened.database;
    const idOf = async (where: RawBuilder<unknown>): Promise<number> => {
      const query = sql<{ id: number }>`SELECT id FROM ${sql.table(table)} WHERE ${where}`;
      return (await query.execute(db)).rows[0]?.id ?? -1;
    };
    const [first, second] = [await idOf(one), await idOf(other)];
    const move = (from: number, to: number): Promise<unknown> =>
      sql`UPDATE ${sql.table(table)} SET id = ${to} WHERE id = ${from}`.execute(db);
    await move(first, 999_999_999);
    await move(second, first);
    await move(999_999_999, second);
  }
});

async function expectDamaged(reading: Promise<unknown>, detail: RegExp): Promise<void> {
  const expected = { code: "BATCH_DAMAGED", detail: expect.stringMatching(detail) as unknown };
  await expect(reading).rejects.toMatchObject(expected);
}
