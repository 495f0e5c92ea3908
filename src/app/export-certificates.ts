/** From the agency's store to certificate files for their holders. Nothing leaves that does not prove itself. */
import { HASH_BYTES, hashPair } from "../core/batch/tree.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { equalBytes, fromHex } from "../core/encoding/bytes.ts";
import type { Hash } from "../core/hashing.ts";
import { suiteHash } from "../core/hashing.ts";
import { leafOfCertificate } from "../core/presentation/disclose.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../core/hashing.ts";
import type { AgencyStore, IssuedBatch, StoredCertificate } from "../ports/agency-store.ts";

/** One certificate by its place, or all of a job. */
export type Selection =
  | { readonly kind: "certificate"; readonly root: string; readonly index: number }
  | { readonly kind: "job"; readonly job: string };

/** One certificate by its place. @throws Problem as exportCertificates */
export async function exportCertificate(
  primitives: Primitives,
  store: Pick<AgencyStore, "certificate">,
  place: { readonly root: string; readonly index: number },
): Promise<CertificateFile> {
  const stored = await store.certificate(place.root, place.index);
  requireConfirmed(stored.batch);
  return new BatchExport(primitives, stored.batch).fileOf(stored);
}

/**
 * Nobody is handed what was not anchored: each certificate's leaf is computed again, and its path followed to
 * the root of a confirmed batch. What follows a damage is not handed out.
 * @throws Problem JOB_NOT_FOUND, NOT_CONFIRMED, BATCH_DAMAGED, CERTIFICATE_NOT_FOUND, CERTIFICATE_ERASED
 */
export async function* exportCertificates(
  primitives: Primitives,
  store: AgencyStore,
  selection: Selection,
): AsyncGenerator<CertificateFile> {
  if (selection.kind === "certificate") {
    yield await exportCertificate(primitives, store, selection);
    return;
  }
  for (const batch of await confirmedBatches(store, selection.job)) {
    yield* exportBatch(primitives, store, batch);
  }
}

/** A job's batches, once all of them are confirmed. @throws Problem JOB_NOT_FOUND, NOT_CONFIRMED */
export async function confirmedBatches(
  store: AgencyStore,
  id: string,
): Promise<readonly IssuedBatch[]> {
  const job = await store.job(id);
  if (job === null) throw new Problem("JOB_NOT_FOUND", id);
  if (job.state !== "confirmed" && job.state !== "done") {
    throw new Problem("NOT_CONFIRMED", `${id}: ${job.state}`);
  }
  const batches = await store.batches(id);
  batches.forEach(requireConfirmed);
  return batches;
}

function requireConfirmed({ root, receipt }: IssuedBatch): void {
  if (receipt === null) throw new Problem("NOT_CONFIRMED", root);
}

/** All of a confirmed batch but what was erased, in index order. @throws Problem as exportCertificates */
export async function* exportBatch(
  primitives: Primitives,
  store: AgencyStore,
  batch: IssuedBatch,
): AsyncGenerator<CertificateFile> {
  const batchExport = new BatchExport(primitives, batch);
  const erased = (await store.erased(batch.root)).length;
  let count = 0;
  for await (const stored of store.certificates(batch.root)) {
    yield batchExport.fileOf(stored);
    count++;
  }
  if (count + erased === batch.issued) return;
  throw damaged(batch, `it has ${String(count + erased)} of ${String(batch.issued)} certificates`);
}

function damaged({ root }: IssuedBatch, what: string): Problem {
  return new Problem("BATCH_DAMAGED", `${root}: ${what}`);
}

/** A node from which the root was reached, and what is left of the path there. */
interface ProvenNode {
  readonly place: number;
  readonly node: Uint8Array;
  readonly rest: Uint8Array;
}

/** Checks the certificates of one batch, and makes their files. */
class BatchExport {
  readonly #batch: IssuedBatch;
  readonly #hash: Hash;
  readonly #root: Uint8Array;
  /** Of the last certificate, by level. */
  #proven: ProvenNode[] = [];

  constructor(primitives: Primitives, batch: IssuedBatch) {
    this.#batch = batch;
    this.#hash = suiteHash(primitives, batch.suite);
    this.#root = fromHex(batch.root.slice(2)) as Uint8Array;
  }

  fileOf({ certificate, path }: StoredCertificate): CertificateFile {
    const { suite, type, schemaVersion, agency, region, identity, size } = this.#batch;
    const { index, ...content } = certificate;
    const { chainId, anchor } = identity;
    const batch = { chainId, anchor, root: this.#root, size, index, path };
    const file = { suite, type, schemaVersion, agency, region, ...content, batch };
    if (this.#isProven(index, leafOfCertificate(this.#hash, file), path)) return file;
    throw damaged(this.#batch, `certificate ${String(index)} is not what was anchored`);
  }

  /**
   * Whether the path leads from the leaf to the root. Neighbours share most of their paths: it is followed no
   * further than to a node from which the last certificate's led there, with the same left to go.
   */
  #isProven(index: number, leaf: Uint8Array, path: Uint8Array): boolean {
    const passed: ProvenNode[] = [];
    let [node, place, rest] = [leaf, index, path];
    for (let count = this.#batch.size; count > 1; count = Math.ceil(count / 2)) {
      const here = { node, place, rest };
      const known = this.#proven[passed.length];
      if (known !== undefined && isSame(known, here)) {
        this.#proven.splice(0, passed.length, ...passed);
        return true;
      }
      passed.push(here);
      const hasSibling = (place ^ 1) < count;
      if (hasSibling) node = hashPair(this.#hash, node, rest.subarray(0, HASH_BYTES));
      if (hasSibling) rest = rest.subarray(HASH_BYTES);
      place >>>= 1;
    }
    const isProven = place === 0 && rest.length === 0 && equalBytes(node, this.#root);
    if (isProven) this.#proven = passed;
    return isProven;
  }
}

function isSame(a: ProvenNode, b: ProvenNode): boolean {
  return a.place === b.place && equalBytes(a.node, b.node) && equalBytes(a.rest, b.rest);
}
