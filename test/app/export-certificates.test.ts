import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MerkleTree } from "merkletreejs";
import { leafOf } from "../../src/app/issue/make-certificate.ts";
import {
  confirmedBatches,
  exportBatch,
  exportCertificate,
  exportCertificates,
} from "../../src/app/export-certificates.ts";
import { rootOfPath } from "../../src/core/batch/path.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { primitives } from "../../src/main/system.ts";
import type { AgencyStore, IssuedBatch, StoredCertificate } from "../../src/ports/agency-store.ts";
import type { OpenedStore, StorePlaces } from "../support/agency-stores.ts";
import { listed, openStoreAt, storePlaces } from "../support/agency-stores.ts";
import { confirmedJob } from "../support/confirmed-job.ts";
import type { ConfirmedJob } from "../support/confirmed-job.ts";
import { issue, sampleRecords } from "../support/store-issuing.ts";

let places: StorePlaces;
let opened: OpenedStore;
let store: AgencyStore;
let issued: ConfirmedJob;

beforeAll(async () => {
  places = await storePlaces("SQLite");
  opened = await openStoreAt(await places.newPlace());
  ({ store } = opened);
  issued = await confirmedJob(store, sampleRecords(301), { batchSize: 150 });
});
afterAll(async () => {
  await store.close();
  await places.end();
});

/** The store, with one certificate of a batch changed as it is read. */
function altered(change: (stored: StoredCertificate) => StoredCertificate | null): AgencyStore {
  return {
    ...store,
    certificate: async (root, index) => change(await store.certificate(root, index)) as never,
    async *certificates(root) {
      for await (const stored of store.certificates(root)) {
        const changed = change(stored);
        if (changed !== null) yield changed;
      }
    },
  };
}

const firstBatch = (): IssuedBatch => issued.batches[0] as IssuedBatch;
const damaged = (detail: string) => ({
  code: "BATCH_DAMAGED",
  detail: expect.stringContaining(detail),
});

describe("exporting a job", () => {
  it("gives every certificate of every batch, each with a path that leads to its root", async () => {
    const selection = { kind: "job", job: issued.job.id } as const;
    const files = await listed(exportCertificates(primitives, store, selection));
    expect(files).toHaveLength(301);
    for (const file of files) {
      const hash = suiteHash(primitives, file.suite);
      const { index, path, root } = file.batch;
      const leaf = leafOf(hash, { ...file, index });
      expect(toHex(rootOfPath(hash, leaf, path))).toBe(toHex(root));
    }
    expect(files.map(({ batch }) => batch.index)).toEqual(
      Array.from({ length: 301 }, (_, i) => i % 150),
    );
  });

  it("works for both suites, and merkletreejs agrees with a batch of each", async () => {
    for (const suite of [1, 2] as const) {
      const { batches } = await confirmedJob(store, sampleRecords(13, `S${String(suite)}`), {
        suite,
      });
      const batch = batches[0] as IssuedBatch;
      const hash = suiteHash(primitives, suite);
      const files = await listed(exportBatch(primitives, store, batch));
      const leaves = files.map((file) =>
        Buffer.from(leafOf(hash, { ...file, index: file.batch.index })),
      );
      const tree = new MerkleTree(leaves, (data: Buffer) => Buffer.from(hash(data)), {
        sortPairs: true,
      });
      expect(`0x${tree.getRoot().toString("hex")}`).toBe(batch.root);
    }
  });

  it("leaves out what was erased, and nothing else", async () => {
    const { batches, job } = await confirmedJob(store, sampleRecords(5, "E"));
    await store.erase(batches[0]?.root ?? "", 2);
    const files = await listed(exportCertificates(primitives, store, { kind: "job", job: job.id }));
    expect(files.map(({ batch }) => batch.index)).toEqual([0, 1, 3, 4]);
    const place = { root: batches[0]?.root ?? "", index: 2 };
    await expect(exportCertificate(primitives, store, place)).rejects.toMatchObject({
      code: "CERTIFICATE_ERASED",
    });
  });

  it("gives nothing of a job that is not confirmed yet: NOT_CONFIRMED", async () => {
    const { id } = await issue(store, sampleRecords(3, "U"));
    const problem = { code: "NOT_CONFIRMED", detail: `${id}: hashed` };
    const selection = { kind: "job", job: id } as const;
    await expect(listed(exportCertificates(primitives, store, selection))).rejects.toMatchObject(
      problem,
    );
    const [batch] = await store.batches(id);
    const place = { kind: "certificate", root: batch?.root ?? "", index: 0 } as const;
    await expect(listed(exportCertificates(primitives, store, place))).rejects.toMatchObject({
      code: "NOT_CONFIRMED",
    });
  });

  it("says so where there is no such job: JOB_NOT_FOUND", async () => {
    await expect(confirmedBatches(store, "J-NONE")).rejects.toMatchObject({
      code: "JOB_NOT_FOUND",
    });
  });
});

describe("exporting one certificate", () => {
  it("gives it with what its batch says", async () => {
    const { root, size } = firstBatch();
    const selection = { kind: "certificate", root, index: 41 } as const;
    const [file] = await listed(exportCertificates(primitives, store, selection));
    expect(file).toMatchObject({ agency: firstBatch().agency, batch: { index: 41, size } });
    expect(`0x${toHex(file?.batch.root ?? new Uint8Array())}`).toBe(root);
  });
});

describe("what does not prove itself is not handed out: BATCH_DAMAGED", () => {
  const at = (index: number, change: (stored: StoredCertificate) => StoredCertificate | null) => {
    return altered((stored) => (stored.certificate.index === index ? change(stored) : stored));
  };
  const name = { salt: new Uint8Array(16), name: "holderName", value: "别人" };

  it.each<[string, (stored: StoredCertificate) => StoredCertificate]>([
    ["another claim", (s) => ({ ...s, certificate: { ...s.certificate, claims: [name] } })],
    ["another term", (s) => ({ ...s, certificate: { ...s.certificate, notAfter: 9e9 } })],
    ["a path cut short", (s) => ({ ...s, path: s.path.slice(32) })],
    [
      "a path with one hash more",
      (s) => ({ ...s, path: new Uint8Array([...s.path, ...s.path.slice(0, 32)]) }),
    ],
    ["a bit of its path turned", (s) => ({ ...s, path: s.path.with(40, (s.path[40] ?? 0) ^ 1) })],
    [
      "the last bit of its path turned",
      (s) => ({ ...s, path: s.path.with(-1, (s.path.at(-1) ?? 0) ^ 1) }),
    ],
  ])("%s", async (_what, change) => {
    for (const index of [0, 1, 77]) {
      const files = exportBatch(primitives, at(index, change), firstBatch());
      await expect(listed(files)).rejects.toMatchObject(
        damaged(`certificate ${String(index)} is not`),
      );
    }
  });

  it("a certificate that is missing", async () => {
    const files = exportBatch(
      primitives,
      at(7, () => null),
      firstBatch(),
    );
    await expect(listed(files)).rejects.toMatchObject(damaged("149 of 150"));
  });

  it("one by itself, too", async () => {
    const other = at(5, (stored) => ({ ...stored, path: new Uint8Array() }));
    await expect(
      exportCertificate(primitives, other, { root: firstBatch().root, index: 5 }),
    ).rejects.toMatchObject(damaged("certificate 5"));
  });
});
