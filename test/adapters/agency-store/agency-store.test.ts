import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { numberDigest } from "../../../src/adapters/agency-store/number-digest.ts";
import { wrappingWith } from "../../../src/adapters/keys/file-wrapping.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import { leafOf } from "../../../src/app/issue/make-certificate.ts";
import { primitives } from "../../../src/main/system.ts";
import type { AnchorReceipt } from "../../../src/ports/anchoring.ts";
import type {
  AgencyStore,
  IssueJob,
  OutboxTransaction,
  StoredCertificate,
} from "../../../src/ports/agency-store.ts";
import type { OpenedStore, StoreKind, StorePlaces } from "../../support/agency-stores.ts";
import { listed, openStoreAt, storePlaces } from "../../support/agency-stores.ts";
import {
  AGENCY,
  LEDGER,
  NOT_BEFORE,
  TYPE,
  issue,
  newJob,
  readIn,
  sampleRecords,
} from "../../support/store-issuing.ts";

const SCOPE = { ledger: LEDGER, agency: AGENCY, type: TYPE };
const KINDS: readonly StoreKind[] = ["SQLite", "PostgreSQL"];

describe.each(KINDS)("the agency's store in %s", (kind) => {
  let places: StorePlaces;
  let place: string;
  let opened: OpenedStore[] = [];
  let store: AgencyStore;

  async function open(): Promise<OpenedStore> {
    const one = await openStoreAt(place);
    opened.push(one);
    return one;
  }

  beforeAll(async () => {
    places = await storePlaces(kind);
  });
  afterAll(() => places.end());
  beforeEach(async () => {
    place = await places.newPlace();
    ({ store } = await open());
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.store.close()));
    opened = [];
  });

  it("gives back each certificate as it was put in, with a path to its batch's root", async () => {
    const job = await issue(store, sampleRecords(5000), { batchSize: 4500 });
    const [first, second] = await store.batches(job.id);
    expect(job).toMatchObject({ state: "hashed", batches: 2, certificates: 5000, skipped: 0 });
    expect([first?.issued, second?.issued]).toEqual([4500, 500]);
    for (const [root, index, number] of [
      [first?.root, 0, 0],
      [first?.root, 4499, 4499],
      [second?.root, 63, 4563],
    ] as const) {
      const stored = await store.certificate(root as string, index);
      expect(numberIn(stored)).toBe(`N${String(number).padStart(7, "0")}`);
      expect(stored.certificate).toMatchObject({ index, notBefore: NOT_BEFORE, notAfter: null });
      expect(rootReached(stored)).toBe(root);
    }
  });

  it("reads a whole batch in order, each certificate once", async () => {
    const job = await issue(store, sampleRecords(4200), { batchSize: 10_000, suite: 2 });
    const [batch] = await store.batches(job.id);
    const all = await listed(store.certificates(batch?.root as string));
    expect(all.map(({ certificate }) => certificate.index)).toEqual([...all.keys()]);
    expect(all).toHaveLength(4200);
    expect(all.every((stored) => rootReached(stored) === batch?.root)).toBe(true);
  });

  it("gives a batch's leaves and manifest as they were made", async () => {
    const job = await issue(store, sampleRecords(4100), { batchSize: 4100 });
    const root = (await store.batches(job.id))[0]?.root as string;
    const leaves = concatBytes(...(await listed(store.leaves(root))));
    const { certificate } = await store.certificate(root, 4099);
    expect(leaves).toHaveLength(4100 * 32);
    expect(leaves.slice(-32)).toEqual(leafOf(primitives.keccak256, certificate));
    const manifest = JSON.parse(Buffer.from(await store.manifest(root)).toString()) as object;
    expect(manifest).toMatchObject({ root, size: 4100, suite: "keccak256" });
  });

  it("says of a certificate that is not there that it is not there", async () => {
    const root = await onlyRoot(await issue(store, sampleRecords(3)));
    for (const [where, index] of [
      [root, 3],
      [root, -1],
      [root, 0.5],
      [`0x${"00".repeat(32)}`, 0],
    ] as const) {
      const reading = store.certificate(where, index);
      await expect(reading).rejects.toMatchObject({ code: "CERTIFICATE_NOT_FOUND" });
    }
  });

  it("keeps everything when it is closed and opened again", async () => {
    const job = await issue(store, sampleRecords(10));
    const root = await onlyRoot(job);
    const { store: again } = await open();
    expect(await again.job(job.id)).toEqual(job);
    expect(numberIn(await again.certificate(root, 7))).toBe("N0000007");
  });

  it("keeps jobs with all that they are to do, the newest first", async () => {
    const first = await store.createJob(newJob("a", { supersede: true, suite: 2 }));
    const second = await store.createJob(newJob("b"));
    expect(first.id).toMatch(/^J-\d{8}-[0-9A-Z]{4}$/);
    expect(first).toMatchObject({
      ...newJob("a", { supersede: true, suite: 2 }),
      state: "reading",
    });
    expect((await store.jobs()).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await store.jobFor("a"))?.id).toBe(first.id);
    expect(await store.jobFor("c")).toBeNull();
    await store.setJobState(first.id, "done");
    expect((await store.job(first.id))?.state).toBe("done");
    const unknown = store.setJobState("J-20260101-0000", "done");
    await expect(unknown).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  });

  it("does not count a cancelled job as one that is for the same", async () => {
    const job = await store.createJob(newJob("a"));
    await store.cancelJob(job.id);
    expect(await store.jobFor("a")).toBeNull();
    expect((await store.jobs())[0]?.state).toBe("cancelled");
  });

  it("lets one at a time have its lock, and the next one when it is released", async () => {
    const { store: other } = await open();
    const lock = await store.lock();
    expect(await other.lock()).toBeNull();
    expect(await store.lock()).toBeNull();
    await lock?.release();
    const next = await other.lock();
    expect(next).not.toBeNull();
    await next?.release();
  });

  it("finds issued numbers, several thousand at a time, and tells those never issued", async () => {
    const root = await onlyRoot(await issue(store, sampleRecords(4096)));
    const numbers = await store.numbers(SCOPE);
    const asked = [...sampleRecords(3000), ...sampleRecords(3000, "M")];
    const digests = concatBytes(...asked.map(({ number }) => numberDigest(numbers.key, number)));
    const found = await numbers.find(digests, null);
    expect(found.slice(0, 3000)).toEqual(sampleRecords(3000).map((_, index) => ({ root, index })));
    expect(found.slice(3000).every((each) => each === null)).toBe(true);
    expect(await numbers.find(new Uint8Array(), null)).toEqual([]);
  });

  it("finds the newest of several certificates with one number, and all of them for whoever asks", async () => {
    const old = await issue(store, sampleRecords(5));
    const young = await issue(store, sampleRecords(2));
    const numbers = await store.numbers(SCOPE);
    const digest = numberDigest(numbers.key, "N0000001");
    const [oldRoot, youngRoot] = [await onlyRoot(old), await onlyRoot(young)];
    expect(await numbers.find(digest, null)).toEqual([{ root: youngRoot, index: 1 }]);
    expect(await numbers.find(digest, young.id)).toEqual([{ root: oldRoot, index: 1 }]);
    expect(await numbers.places("N0000001")).toEqual([
      { root: youngRoot, index: 1 },
      { root: oldRoot, index: 1 },
    ]);
  });

  it("keeps the numbers of each agency, type and ledger apart", async () => {
    await issue(store, sampleRecords(2));
    for (const scope of [
      { ...SCOPE, ledger: "1/0x00" },
      { ...SCOPE, agency: "91110000600037341L" },
      { ...SCOPE, type: "11100000000013338W001" },
    ]) {
      const numbers = await store.numbers(scope);
      expect(await numbers.hasAny()).toBe(false);
      expect(await numbers.places("N0000001")).toEqual([]);
    }
    expect(await (await store.numbers(SCOPE)).hasAny()).toBe(true);
  });

  it("counts nothing of a job before it is complete", async () => {
    const job = await store.createJob(newJob("a"));
    const intake = await store.beginReading(job);
    const [root] = await readIn(
      intake,
      { order: { ...job.order, batchSize: 64 } },
      sampleRecords(640),
    );
    const { store: other } = await open();
    const numbers = await other.numbers(SCOPE);
    expect(await numbers.hasAny()).toBe(false);
    expect(await numbers.places("N0000001")).toEqual([]);
    expect(await other.batch(root as string)).toBeNull();
    expect(await intake.complete({ skipped: 3 })).toMatchObject({ state: "hashed", skipped: 3 });
    expect(await numbers.places("N0000001")).toEqual([{ root, index: 1 }]);
  });

  it("begins a reading anew without what a former one had left, however far it came", async () => {
    const kept = await issue(store, sampleRecords(100, "K"));
    const job = await store.createJob(newJob("a"));
    const former = await store.beginReading(job);
    await readIn(former, job, sampleRecords(20_000, "X"));
    await former.addReplacements([{ root: `0x${"01".repeat(32)}`, index: 1 }]);
    const intake = await store.beginReading(job);
    await readIn(intake, job, sampleRecords(10));
    await intake.complete({ skipped: 0 });
    const numbers = await store.numbers(SCOPE);
    expect(await store.batches(job.id)).toHaveLength(1);
    expect(await numbers.places("X0000001")).toEqual([]);
    expect(await listed(store.replacements(job.id))).toEqual([]);
    expect(numberIn(await store.certificate(await onlyRoot(kept), 99))).toBe("K0000099");
    expect(await rowCounts()).toMatchObject({
      page: 3,
      page_key: 3,
      tree_chunk: 2,
      chunk_numbers: 2,
    });
  });

  it("leaves nothing of a job that is discarded, not even the job", async () => {
    const job = await store.createJob(newJob("a"));
    const intake = await store.beginReading(job);
    await readIn(intake, job, sampleRecords(20_000));
    await intake.discard();
    expect(await store.job(job.id)).toBeNull();
    expect(await rowCounts()).toEqual(NO_ROWS);
  });

  it("forgets the certificates and numbers of a cancelled job, and lists it all the same", async () => {
    const kept = await issue(store, sampleRecords(5, "K"));
    const job = await issue(store, sampleRecords(300), { batchSize: 100 });
    const later = await issue(store, sampleRecords(5, "L"));
    const [batch] = await store.batches(job.id);
    await store.cancelJob(job.id);
    const numbers = await store.numbers(SCOPE);
    expect(await store.batches(job.id)).toEqual([]);
    expect(await store.batch(batch?.root as string)).toBeNull();
    expect(await numbers.places("N0000001")).toEqual([]);
    expect((await store.job(job.id))?.state).toBe("cancelled");
    expect(numberIn(await store.certificate(await onlyRoot(kept), 4))).toBe("K0000004");
    expect(numberIn(await store.certificate(await onlyRoot(later), 4))).toBe("L0000004");
    expect(await rowCounts()).toMatchObject({
      page: 2,
      page_key: 2,
      issued_number: 10,
      job_key: 2,
    });
  });

  it("takes in, and forgets, more batches than are indexed or forgotten at once", async () => {
    const job = await issue(store, sampleRecords(600), { batchSize: 2 });
    const numbers = await store.numbers(SCOPE);
    expect(await numbers.places("N0000599")).toHaveLength(1);
    expect(await store.counts()).toMatchObject({ batches: 300, certificates: 600, numbers: 600 });
    await store.cancelJob(job.id);
    expect(await store.counts()).toMatchObject({ batches: 0, certificates: 0, numbers: 0 });
    expect(await rowCounts()).toEqual({ ...NO_ROWS, job: 1 });
  });

  it("keeps what is replaced by root, indices rising", async () => {
    const job = await store.createJob(newJob("a"));
    const intake = await store.beginReading(job);
    const [one, two] = [`0x${"01".repeat(32)}`, `0x${"02".repeat(32)}`];
    await intake.addReplacements([9, 3].map((index) => ({ root: two, index })));
    await readIn(intake, job, sampleRecords(3));
    await intake.addReplacements([
      { root: one, index: 70_000 },
      { root: two, index: 5 },
    ]);
    expect(await intake.complete({ skipped: 0 })).toMatchObject({ replacing: 4 });
    expect(await listed(store.replacements(job.id))).toEqual([
      { root: one, indices: [70_000] },
      { root: two, indices: [3, 5, 9] },
    ]);
  });

  it("gives each chunk's memory back once, and only when it is written", async () => {
    const job = await store.createJob(newJob("a", { batchSize: 1 }));
    const intake = await store.beginReading(job);
    const add = intake.addChunk.bind(intake);
    let released = 0;
    intake.addChunk = (chunk) => {
      const release = (): void => {
        released++;
        for (const bytes of [chunk.nodes, ...chunk.pages.map(({ content }) => content)]) {
          bytes.fill(0);
        }
      };
      return add({ ...chunk, release });
    };
    const roots = await readIn(intake, job, sampleRecords(6));
    await intake.complete({ skipped: 0 });
    expect(released).toBe(6);
    for (const [i, root] of roots.entries()) {
      const stored = await store.certificate(root, 0);
      expect(numberIn(stored)).toBe(`N000000${String(i)}`);
      expect(rootReached(stored)).toBe(root);
    }
  });

  it("refuses chunks that do not fit each other", async () => {
    const job = await store.createJob(newJob("a"));
    const intake = await store.beginReading(job);
    const nodes = new Uint8Array(32);
    const wrong = { issued: 1, nodes, pages: [], numbers: new Uint8Array(16) };
    await expect(async () => intake.addChunk(wrong)).rejects.toThrow(RangeError);
    await readIn(intake, job, sampleRecords(1));
    const batch = { root: "", size: 1, issued: 1, top: nodes, manifest: nodes, manifestHash: "" };
    await expect(async () => intake.endBatch(batch)).rejects.toThrow(RangeError);
    await intake.complete({ skipped: 0 });
    await expect(store.beginReading(job)).rejects.toThrow(RangeError);
  });

  it("keeps a transaction before it is sent, and its state with the job's", async () => {
    const job = await issue(store, sampleRecords(2), { batchSize: 1 });
    const [first, second] = [transactionOf(job, 0), transactionOf(job, 1)];
    await store.outbox.save(first, "signed");
    await store.outbox.save(second, "signed");
    await store.outbox.save({ ...first, state: "sent" }, "sent");
    expect(await store.outbox.transactions(job.id)).toEqual([{ ...first, state: "sent" }, second]);
    expect((await store.job(job.id))?.state).toBe("sent");
    expect(await store.outbox.open(first.account)).toHaveLength(2);
    await store.outbox.save({ ...second, state: "replaced" }, "sent");
    expect(await store.outbox.open(first.account)).toEqual([{ ...first, state: "sent" }]);
    expect(await store.outbox.open("0xelse")).toEqual([]);
  });

  it("is confirmed once every batch has its receipt, and not before", async () => {
    const job = await issue(store, sampleRecords(3), { batchSize: 1 });
    const transactions = [transactionOf(job, 0), { ...transactionOf(job, 1), batches: 2 }];
    for (const transaction of transactions) await store.outbox.save(transaction, "sent");
    const receipts = [0, 1, 2].map(receiptOf);
    await store.outbox.confirm(transactions[0] as OutboxTransaction, receipts.slice(0, 1));
    expect((await store.job(job.id))?.state).toBe("sent");
    await store.outbox.confirm(transactions[1] as OutboxTransaction, receipts.slice(1));
    expect((await store.job(job.id))?.state).toBe("confirmed");
    expect((await store.batches(job.id)).map(({ receipt }) => receipt)).toEqual(receipts);
    expect(await store.outbox.open(transactions[0]?.account ?? "")).toEqual([]);
  });

  it("refuses another store key than the one it was begun with", async () => {
    const other = openStoreAt(place, wrappingWith(new Uint8Array(32).fill(8)));
    await expect(other).rejects.toMatchObject({ code: "STORE_KEY_WRONG" });
  });

  it("refuses a store that a newer version has changed", async () => {
    await sql`INSERT INTO schema_version VALUES (99)`.execute(opened[0]?.database.db as never);
    await expect(openStoreAt(place)).rejects.toMatchObject({ code: "STORE_TOO_NEW" });
  });

  it("is made once where two processes open it for the first time together", async () => {
    place = await places.newPlace();
    const both = await Promise.all([open(), open()]);
    const job = await issue(both[0].store, sampleRecords(1));
    expect(await both[1].store.job(job.id)).toEqual(job);
  });

  const NO_ROWS = {
    ...{ page: 0, page_key: 0, tree_chunk: 0, chunk_numbers: 0, batch: 0, issued_number: 0 },
    ...{ replacement: 0, job: 0, job_key: 0 },
  };

  async function rowCounts(): Promise<Record<string, number>> {
    const db = (opened[0] as OpenedStore).database.db;
    const counts: Record<string, number> = {};
    for (const table of Object.keys(NO_ROWS)) {
      const { rows } = await sql<{
        n: number;
      }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db);
      counts[table] = rows[0]?.n ?? -1;
    }
    return counts;
  }

  async function onlyRoot(job: IssueJob): Promise<string> {
    const [batch, ...others] = await store.batches(job.id);
    expect(others).toEqual([]);
    return batch?.root as string;
  }
});

function numberIn({ certificate }: StoredCertificate): unknown {
  return certificate.claims.find(({ name }) => name === "number")?.value;
}

/** As any outsider would: the leaf from the claims, then the path. */
function rootReached({ batch, certificate, path }: StoredCertificate): string {
  const hash = suiteHash(primitives, batch.suite);
  return `0x${toHex(rootOfPath(hash, leafOf(hash, certificate), path))}`;
}

function transactionOf({ id: job }: IssueJob, firstBatch: number): OutboxTransaction {
  const hash = `0x${String(firstBatch).repeat(64)}`;
  const signed = { hash, raw: "0x02", nonce: firstBatch, signedAt: NOT_BEFORE };
  const account = `0x${"ac".repeat(20)}`;
  return { ...signed, job, firstBatch, batches: 1, state: "signed", account };
}

function receiptOf(sequence: number): AnchorReceipt {
  const hashes = { transaction: "0x01", blockHash: "0x02", head: "0x03" };
  return { ...hashes, block: 7, sequence, gasUsed: 90_000 };
}
