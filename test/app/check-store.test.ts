import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { checkStore } from "../../src/app/check-store.ts";
import type { CheckTally, CheckTools } from "../../src/app/check-store/job-check.ts";
import { checkNumbers } from "../../src/app/check-store/numbers.ts";
import type { Finding } from "../../src/core/audit/findings.ts";
import type { Anchor, LedgerState } from "../../src/core/ledger/state.ts";
import { batchKey, emptyLedger } from "../../src/core/ledger/state.ts";
import { primitives } from "../../src/main/system.ts";
import type { AnchorReceipt } from "../../src/ports/anchoring.ts";
import type { IssueJob, IssuedBatch, StoredCertificate } from "../../src/ports/agency-store.ts";
import type { OpenedStore } from "../support/agency-stores.ts";
import { listed, openStoreAt } from "../support/agency-stores.ts";
import { LEDGER, issue, newJob, readIn, sampleRecords } from "../support/store-issuing.ts";

let folder: string;
let opened: OpenedStore;
let state: LedgerState;
let tally: CheckTally;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-check-"));
  opened = await openStoreAt(join(folder, "agency.sqlite"));
  state = emptyLedger({ chainId: 31_337, directory: "0x01", anchor: "0x02", predecessors: [] });
});
afterEach(async () => {
  await opened.store.close();
  await rm(folder, { recursive: true });
});

describe("checking an agency's store", () => {
  it("finds nothing where everything is as it was issued and anchored", async () => {
    await anchored(200, 64);
    await issue(opened.store, sampleRecords(5000, "M"), { batchSize: 10_000, suite: 2 });
    const seen: number[] = [];
    const progress = (_: string, done: number): void => void seen.push(done);
    expect(await findings({ progress })).toEqual([]);
    expect(tally).toEqual({ jobs: 2, batches: 5, certificates: 5200, erased: 0, notCompared: 0 });
    expect(seen.at(-1)).toBe(5200);
  });

  it("counts what was erased, and finds nothing wrong with it", async () => {
    const [batch] = await anchored(100);
    await opened.store.erase(batch.root, 70);
    expect(await findings()).toEqual([]);
    expect(tally).toMatchObject({ certificates: 99, erased: 1 });
  });

  it("passes over jobs that are being read or were cancelled", async () => {
    const job = await opened.store.createJob(newJob("a"));
    await readIn(await opened.store.beginReading(job), job, sampleRecords(5000));
    const gone = await issue(opened.store, sampleRecords(3, "C"));
    await opened.store.cancelJob(gone.id);
    expect(await findings()).toEqual([]);
    expect(tally).toMatchObject({ jobs: 2, batches: 0 });
  });

  it("names the job, the batch and the page that can't be read (BATCH_UNREADABLE)", async () => {
    const [batch, other] = await anchored(128, 64);
    await run(
      sql`UPDATE page SET content = substr(content, 2) WHERE id % 262144 = 0 AND id < 524288`,
    );
    const [finding, ...rest] = await findings();
    expect(finding).toMatchObject({ code: "BATCH_UNREADABLE" });
    expect(finding?.place).toBe(`job ${batch.job}, batch ${batch.root}`);
    expect(finding?.detail).toMatch(/page 0/);
    expect(rest).toEqual([]);
    expect(tally).toMatchObject({ batches: 2, certificates: other?.issued });
  });

  it("recomputes leaves, paths and roots itself (CERTIFICATE_MISMATCH, BATCH_ROOT_MISMATCH)", async () => {
    await anchored(10);
    const lies = { certificates: (root: string) => altered(opened.store.certificates(root), 7) };
    const found = await findings({ store: { ...opened.store, ...lies } });
    expect(codes(found)).toEqual(["CERTIFICATE_MISMATCH", "BATCH_ROOT_MISMATCH"]);
    expect(found[0]?.detail).toMatch(/certificate 7: its leaf/);
  });

  it("finds a path that ends elsewhere (CERTIFICATE_MISMATCH)", async () => {
    await anchored(10);
    const certificates = (root: string): AsyncIterable<StoredCertificate> =>
      mapped(opened.store.certificates(root), (stored) => {
        const isOne = stored.certificate.index === 3;
        return isOne ? { ...stored, path: new Uint8Array(128) } : stored;
      });
    const found = await findings({ store: { ...opened.store, certificates } });
    expect(codes(found)).toEqual(["CERTIFICATE_MISMATCH"]);
    expect(found[0]?.detail).toMatch(/certificate 3: its path ends in 0x/);
  });

  it("finds that a certificate is missing (COUNT_MISMATCH)", async () => {
    await anchored(10);
    const certificates = async function* (root: string): AsyncIterable<StoredCertificate> {
      for await (const stored of opened.store.certificates(root)) {
        if (stored.certificate.index !== 9) yield stored;
      }
    };
    const found = await findings({ store: { ...opened.store, certificates } });
    expect(codes(found)).toEqual(["COUNT_MISMATCH"]);
    expect(found[0]?.detail).toMatch(/^9 certificates, 0 erased/);
  });

  it("finds that a job has fewer batches than it says (COUNT_MISMATCH)", async () => {
    await anchored(128, 64);
    await run(sql`DELETE FROM batch WHERE ordinal = 1`);
    expect(codes(await findings())).toEqual(["COUNT_MISMATCH"]);
  });

  it("finds another manifest than the one whose hash was anchored (MANIFEST_MISMATCH)", async () => {
    await anchored(3);
    await run(sql`UPDATE batch SET manifest = substr(manifest, 2)`);
    expect(codes(await findings())).toEqual(["MANIFEST_MISMATCH"]);
  });

  it("finds a certificate that its number does not lead to (NUMBER_NOT_FOUND)", async () => {
    await anchored(3);
    await run(sql`DELETE FROM issued_number WHERE entry = (SELECT min(entry) FROM issued_number)`);
    expect(codes(await findings())).toEqual(["NUMBER_NOT_FOUND", "COUNT_MISMATCH"]);
  });

  it("finds certificates by a number that was issued twice, both of them", async () => {
    await anchored(3);
    await anchored(3);
    expect(await findings()).toEqual([]);
  });

  it("looks up no numbers of a type that nobody knows any more", async () => {
    await anchored(3);
    await run(sql`DELETE FROM issued_number`);
    expect(codes(await findings({ numberClaimOf: () => null }))).toEqual(["COUNT_MISMATCH"]);
  });

  it("finds a batch that is on no chain (BATCH_NOT_ANCHORED)", async () => {
    await anchored(3);
    state.anchors.clear();
    expect(codes(await findings())).toEqual(["BATCH_NOT_ANCHORED"]);
  });

  it("finds a record that says something else (RECORD_MISMATCH, MANIFEST_MISMATCH)", async () => {
    const [batch] = await anchored(3);
    const key = batchKey(batch.agency, batch.root);
    const anchor = state.anchors.get(key) as Anchor;
    state.anchors.set(key, { ...anchor, size: 4 });
    const [record] = await findings();
    expect(record).toMatchObject({ code: "RECORD_MISMATCH", detail: "size: 3, on the chain 4" });
    state.anchors.set(key, { ...anchor, manifestHash: "0x00" });
    expect(codes(await findings())).toEqual(["MANIFEST_MISMATCH"]);
  });

  it("finds a receipt that is missing or of another event (RECEIPT_MISMATCH)", async () => {
    const [batch] = await anchored(3);
    const key = batchKey(batch.agency, batch.root);
    const anchor = state.anchors.get(key) as Anchor;
    state.anchors.set(key, { ...anchor, sequence: anchor.sequence + 1 });
    expect(codes(await findings())).toEqual(["RECEIPT_MISMATCH"]);
    await run(sql`UPDATE batch SET receipt = NULL`);
    expect(codes(await findings())).toEqual(["RECEIPT_MISMATCH"]);
  });

  it("compares batches of another ledger with none, and counts them", async () => {
    await anchored(3);
    state.anchors.clear();
    expect(await findings({ ledger: "1/0x00" })).toEqual([]);
    expect(tally.notCompared).toBe(1);
  });

  it("ends in the problem itself where the store is away, rather than in a finding", async () => {
    await anchored(3);
    const failing = (): never => {
      throw new RangeError("away");
    };
    await expect(findings({ store: { ...opened.store, manifest: failing } })).rejects.toThrow(
      "away",
    );
  });
});

/** A job whose batches are all confirmed, on the chain of `state`. */
async function anchored(count: number, batchSize = 4096): Promise<[IssuedBatch, ...IssuedBatch[]]> {
  const { store } = opened;
  const job = await issue(store, sampleRecords(count), { batchSize });
  const batches = await store.batches(job.id);
  const receipts = batches.map((batch) => anchor(batch));
  await store.outbox.confirm({ job: job.id, hash: "0x01", firstBatch: 0 }, receipts);
  return (await store.batches(job.id)) as [IssuedBatch, ...IssuedBatch[]];
}

function anchor(batch: IssuedBatch): AnchorReceipt {
  const { agency, root, type, schemaVersion, size, suite, manifestHash } = batch;
  const sequence = state.anchors.size + 1;
  const position = { block: 7, logIndex: 0, time: 1, transaction: "0x01" };
  const record = { agency, root, type, schemaVersion, size, suite, manifestHash, sequence };
  const event = {
    kind: "BatchAnchored",
    ...record,
    time: 1,
    operator: "0x03",
    head: "0x04",
  } as const;
  state.anchors.set(batchKey(agency, root), { ...event, position, assurance: 4 });
  return { transaction: "0x01", block: 7, blockHash: "0x05", sequence, head: "0x04", gasUsed: 1 };
}

async function findings(changes: Partial<CheckTools> = {}): Promise<Finding[]> {
  tally = { jobs: 0, batches: 0, certificates: 0, erased: 0, notCompared: 0 };
  const numberClaimOf = (): string => "number";
  const tools = {
    store: opened.store,
    state,
    ledger: LEDGER,
    primitives,
    numberClaimOf,
    ...changes,
  };
  const jobs: readonly IssueJob[] = await tools.store.jobs();
  return [
    ...(await listed(checkStore(tools, jobs, tally))),
    ...(await listed(checkNumbers(tools.store))),
  ];
}

function codes(found: readonly Finding[]): string[] {
  return found.map(({ code }) => code);
}

async function run(statement: ReturnType<typeof sql>): Promise<void> {
  await statement.execute(opened.database.db);
}

function altered(
  certificates: AsyncIterable<StoredCertificate>,
  index: number,
): AsyncIterable<StoredCertificate> {
  return mapped(certificates, (stored) => {
    const { certificate } = stored;
    if (certificate.index !== index) return stored;
    return { ...stored, certificate: { ...certificate, notBefore: certificate.notBefore + 1 } };
  });
}

async function* mapped<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncIterable<T> {
  for await (const item of items) yield change(item);
}
