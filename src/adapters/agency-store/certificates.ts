/** Certificates out of the store, each with its path; whatever is given out was checked against its batch. */
import { rootOfPath } from "../../core/batch/path.ts";
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import type { Hash, Primitives } from "../../core/hashing.ts";
import { suiteHash } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import type { JobSecrets, StoredCertificate } from "../../ports/agency-store.ts";
import { PAGE_CERTIFICATES } from "../../ports/agency-store.ts";
import { certificateLeaves } from "../hashing/certificate-leaves.ts";
import type { FlatCertificates } from "../hashing/flat-certificates.ts";
import { buildFlatTree } from "../hashing/flat-tree.ts";
import { HashingKernel } from "../hashing/hashing-kernel.ts";
import { CHUNK_LEAVES } from "../hashing/tree-layout.ts";
import type { KeptBatch, TreeChunk } from "./batches.ts";
import { leavesIn, pathIn, readLeafPath, readTreeChunk, requireBatch } from "./batches.ts";
import { openPage } from "./certificate-page.ts";
import type { PageContent } from "./page-format.ts";
import { onlyOf } from "./page-parts.ts";
import type { StoreDatabase } from "./store-database.ts";
import type { StoreKeys } from "./store-keys.ts";
import { certificateAt } from "./stored-certificate.ts";
import type { Queries } from "./tables.ts";
import { pageId } from "./tables.ts";

export interface PageReference {
  readonly kept: KeptBatch;
  readonly secrets: JobSecrets;
  /** The page's number in its batch. */
  readonly page: number;
}

const PAGES_PER_CHUNK = CHUNK_LEAVES / PAGE_CERTIFICATES;

export class CertificateReader {
  readonly #database: StoreDatabase;
  readonly #keys: StoreKeys;
  readonly #primitives: Primitives;
  readonly #kernel = new HashingKernel();

  constructor(database: StoreDatabase, keys: StoreKeys, primitives: Primitives) {
    this.#database = database;
    this.#keys = keys;
    this.#primitives = primitives;
  }

  /** @throws Problem CERTIFICATE_NOT_FOUND, CERTIFICATE_ERASED, BATCH_DAMAGED */
  async certificate(root: string, index: number): Promise<StoredCertificate> {
    const reference = await this.reference(root, index);
    const { kept } = reference;
    const content = await this.page(this.#database.db, reference);
    const place = content.places.indexOf(index % PAGE_CERTIFICATES);
    if (place < 0) throw new Problem("CERTIFICATE_ERASED", `${root} ${String(index)}`);
    const { leaf, path } = await readLeafPath(this.#database, kept, index);
    this.#requireRoot(kept, leaf, path);
    this.#requireLeaves(reference, leaf, onlyOf(content, place));
    const certificate = certificateAt(content.certificates, place, index);
    return { batch: kept.batch, certificate, path };
  }

  /** In index order, without those that were erased. */
  async *certificates(root: string): AsyncIterable<StoredCertificate> {
    const kept = await requireBatch(this.#database, root);
    const secrets = await this.#keys.secrets(kept.job);
    const { issued } = kept.batch;
    const pages = Math.ceil(issued / PAGE_CERTIFICATES);
    this.#requireTop(kept);
    for (let page = 0, chunk: TreeChunk | null = null; page < pages; page++) {
      if (page % PAGES_PER_CHUNK === 0)
        chunk = await this.#wholeChunk(kept, page / PAGES_PER_CHUNK);
      const reference = { kept, secrets, page };
      const content = await this.page(this.#database.db, reference);
      this.#requirePage(reference, chunk as TreeChunk, content);
      yield* certificatesOf(kept, chunk as TreeChunk, content);
    }
  }

  /** @throws Problem CERTIFICATE_NOT_FOUND */
  async reference(root: string, index: number): Promise<PageReference> {
    const kept = await requireBatch(this.#database, root);
    if (!Number.isSafeInteger(index) || index < 0 || index >= kept.batch.issued) {
      throw new Problem("CERTIFICATE_NOT_FOUND", `${root} has no certificate ${String(index)}`);
    }
    const secrets = await this.#keys.secrets(kept.job);
    return { kept, secrets, page: Math.floor(index / PAGE_CERTIFICATES) };
  }

  /** @throws Problem BATCH_DAMAGED */
  async page(db: Queries, reference: PageReference): Promise<PageContent> {
    const { kept, secrets, page } = reference;
    const row = await db
      .selectFrom("page")
      .innerJoin("page_key", "page_key.id", "page.id")
      .select(["page.content", "page_key.key"])
      .where("page.id", "=", pageId(kept.id, page))
      .executeTakeFirst();
    if (row === undefined) throw this.#damaged(reference, "not there");
    const firstIndex = page * PAGE_CERTIFICATES;
    if (row.content.length === 0) return NOTHING;
    const content = openPage(secrets, { batch: kept.batch.ordinal, firstIndex }, row);
    if (content === null) throw this.#damaged(reference, "not what was written");
    return content;
  }

  /** A chunk whose nodes are all those of its leaves. */
  async #wholeChunk(kept: KeptBatch, number: number): Promise<TreeChunk> {
    const chunk = await readTreeChunk(this.#database, kept, number);
    const leaves = chunk.nodes.subarray(0, leavesIn(kept.batch.size, number) * HASH_BYTES);
    const { nodes } = buildFlatTree(this.#kernel, kept.batch.suite, leaves);
    const root = kept.top.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES);
    const isWhole = isSame(nodes, chunk.nodes) && isSame(root, nodes.subarray(-HASH_BYTES));
    if (isWhole) return chunk;
    throw this.#damagedTree(kept, `chunk ${String(number)}`);
  }

  #requireTop(kept: KeptBatch): void {
    const { batch, top } = kept;
    const chunks = Math.ceil(batch.size / CHUNK_LEAVES);
    const { nodes } = buildFlatTree(
      this.#kernel,
      batch.suite,
      top.subarray(0, chunks * HASH_BYTES),
    );
    const isWhole = isSame(nodes, top) && `0x${toHex(nodes.subarray(-HASH_BYTES))}` === batch.root;
    if (!isWhole) throw this.#damagedTree(kept, "top");
  }

  #requireRoot(kept: KeptBatch, leaf: Uint8Array, path: Uint8Array): void {
    const hash: Hash = suiteHash(this.#primitives, kept.batch.suite);
    const root = rootOfPath(hash, leaf, path);
    if (`0x${toHex(root)}` !== kept.batch.root) throw this.#damagedTree(kept, "path");
  }

  #requirePage(reference: PageReference, { nodes }: TreeChunk, content: PageContent): void {
    const { places, certificates } = content;
    if (places.length === 0) return;
    const isWhole = places.length === (places.at(-1) as number) + 1;
    const parts = isWhole ? [certificates] : Array.from(places, (_, at) => onlyOf(content, at));
    for (const part of parts) {
      const at = (part.firstIndex % CHUNK_LEAVES) * HASH_BYTES;
      const leaves = nodes.subarray(at, at + part.count * HASH_BYTES);
      this.#requireLeaves(reference, leaves, part);
    }
  }

  /** @param kept those of certificates that follow each other, as the tree has them */
  #requireLeaves(reference: PageReference, kept: Uint8Array, certificates: FlatCertificates): void {
    const { suite } = reference.kept.batch;
    if (isSame(certificateLeaves(this.#kernel, suite, certificates), kept)) return;
    throw this.#damaged(reference, "a certificate is not its leaf's");
  }

  #damaged({ kept, page }: PageReference, what: string): Problem {
    const where = `${this.#database.name}: ${kept.batch.root}, page ${String(page)}`;
    return new Problem("BATCH_DAMAGED", `${where}: ${what}`);
  }

  #damagedTree({ batch }: KeptBatch, what: string): Problem {
    return new Problem("BATCH_DAMAGED", `${this.#database.name}: ${batch.root}, tree: ${what}`);
  }
}

const NOTHING: PageContent = {
  places: new Uint8Array(),
  certificates: {
    count: 0,
    firstIndex: 0,
    names: { bytes: new Uint8Array(), ends: new Uint32Array(1) },
    claimStarts: new Uint32Array(1),
    nameNumbers: new Uint16Array(),
    salts: new Uint8Array(),
    values: { bytes: new Uint8Array(), ends: new Uint32Array(1) },
    validities: new Float64Array(),
    holders: new Uint8Array(),
  },
};

function* certificatesOf(
  kept: KeptBatch,
  chunk: TreeChunk,
  { places, certificates }: PageContent,
): Iterable<StoredCertificate> {
  for (const [i, place] of places.entries()) {
    const index = certificates.firstIndex + place;
    const certificate = certificateAt(certificates, i, index);
    yield { batch: kept.batch, certificate, path: pathIn(kept, chunk, index) };
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
