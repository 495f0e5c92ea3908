/** Each certificate of a batch against its leaf and its path, and all of them against the batch's root. */
import { MerkleTree } from "merkletreejs";
import type { Finding } from "../../core/audit/findings.ts";
import { rootOfPath } from "../../core/batch/path.ts";
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import type { Hash } from "../../core/hashing.ts";
import { suiteHash } from "../../core/hashing.ts";
import type { IssuedBatch, StoredCertificate } from "../../ports/agency-store.ts";
import { leafOf } from "../issue/make-certificate.ts";
import type { JobCheck } from "./job-check.ts";
import { NumberCheck } from "./numbers.ts";

/** Leaves of certificates that were erased, and of padding, are taken as they are kept: nothing else is left. */
export async function* checkCertificates(
  check: JobCheck,
  batch: IssuedBatch,
): AsyncIterable<Finding> {
  const { store, primitives } = check.tools;
  const hash = suiteHash(primitives, batch.suite);
  const numbers = await NumberCheck.of(check, batch);
  const certificates = new Upcoming(store.certificates(batch.root));
  const roots: Buffer[] = [];
  let index = 0;
  for await (const bytes of store.leaves(batch.root)) {
    const leaves = hashesOf(bytes);
    for await (const stored of certificates.below(index + leaves.length)) {
      check.count("certificates");
      numbers?.add(stored);
      const leaf = Buffer.from(leafOf(hash, stored.certificate));
      const fault = faultOf(hash, stored, leaf, leaves[stored.certificate.index - index]);
      if (fault !== null) yield check.finding("CERTIFICATE_MISMATCH", batch, fault);
      leaves[stored.certificate.index - index] = leaf;
    }
    if (numbers !== null) yield* numbers.findings(check, batch);
    roots.push(merkleRoot(hash, leaves));
    index += leaves.length;
  }
  yield* checkTree(check, batch, `0x${merkleRoot(hash, roots).toString("hex")}`);
  yield* checkCounts(check, batch, certificates.count, index);
}

function faultOf(
  hash: Hash,
  { batch, certificate, path }: StoredCertificate,
  leaf: Buffer,
  kept: Buffer | undefined,
): string | null {
  const index = `certificate ${String(certificate.index)}`;
  if (kept?.equals(leaf) !== true) return `${index}: its leaf is not the one that is kept`;
  const root = `0x${toHex(rootOfPath(hash, leaf, path))}`;
  return root === batch.root ? null : `${index}: its path ends in ${root}`;
}

function* checkTree(check: JobCheck, batch: IssuedBatch, root: string): Iterable<Finding> {
  if (root !== batch.root) {
    yield check.finding("BATCH_ROOT_MISMATCH", batch, `recomputed ${root}`);
  }
}

async function* checkCounts(
  check: JobCheck,
  batch: IssuedBatch,
  certificates: number,
  leaves: number,
): AsyncIterable<Finding> {
  const erased = (await check.tools.store.erased(batch.root)).length;
  check.count("erased", erased);
  if (certificates + erased === batch.issued && leaves === batch.size) return;
  const found = `${String(certificates)} certificates, ${String(erased)} erased, ${String(leaves)} leaves`;
  const told = `${String(batch.issued)} certificates and ${String(batch.size)} leaves told`;
  yield check.finding("COUNT_MISMATCH", batch, `${found}; ${told}`);
}

/** Certificates in their order, as many at a time as are asked for. */
class Upcoming {
  readonly #certificates: AsyncIterator<StoredCertificate>;
  #next: StoredCertificate | null = null;
  count = 0;

  constructor(certificates: AsyncIterable<StoredCertificate>) {
    this.#certificates = certificates[Symbol.asyncIterator]();
  }

  /** Those whose index is below that. */
  async *below(index: number): AsyncIterable<StoredCertificate> {
    for (;;) {
      this.#next ??= await this.#taken();
      if (this.#next === null || this.#next.certificate.index >= index) return;
      const next = this.#next;
      this.#next = null;
      this.count++;
      yield next;
    }
  }

  async #taken(): Promise<StoredCertificate | null> {
    const next = (await this.#certificates.next()) as IteratorResult<StoredCertificate, undefined>;
    return next.value ?? null;
  }
}

function hashesOf(bytes: Uint8Array): Buffer[] {
  const count = bytes.length / HASH_BYTES;
  return Array.from({ length: count }, (_, i) => {
    return Buffer.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  });
}

function merkleRoot(hash: Hash, leaves: Buffer[]): Buffer {
  const hashBuffer = (bytes: Buffer): Buffer => Buffer.from(hash(bytes));
  return new MerkleTree(leaves, hashBuffer, { sortPairs: true }).getRoot();
}
