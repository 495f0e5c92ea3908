/** From a batch folder to certificate files for their holders: the proof is cut from the tree on demand. */
import { batchRoot, leafAt, provePath } from "../core/batch/tree.ts";
import type { BatchTree } from "../core/batch/tree.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { equalBytes, fromHex, toHex } from "../core/encoding/bytes.ts";
import { suiteHash } from "../core/hashing.ts";
import { Problem } from "../core/problem.ts";
import type { BatchJob, BatchStore, IssuedCertificate, Primitives } from "../ports.ts";
import { leafOf } from "./issue/make-certificate.ts";

/** Which certificates of a batch: one by index or by the number on its face, or all. */
export type Selection =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "number"; readonly claim: string; readonly number: string }
  | { readonly kind: "all" };

/**
 * Nobody is handed what was not anchored: each certificate's leaf is recomputed and compared. A folder that
 * lacks a certificate, or whose tree is another's, gives none of what is after the damage.
 * @throws Problem BATCH_DAMAGED, NOT_CONFIRMED for a batch that is not anchored, CERTIFICATE_NOT_FOUND.
 */
export async function* exportCertificates(
  primitives: Primitives,
  store: BatchStore,
  selection: Selection,
): AsyncIterable<CertificateFile> {
  const job = await requireAnchored(store);
  const hash = suiteHash(primitives, job.suite);
  const tree = await store.tree(job.size);
  if (`0x${toHex(batchRoot(tree))}` !== job.root) throw damaged(store, "the tree is another's");
  let count = 0;
  for await (const certificate of store.certificates()) {
    if (certificate.index !== count++ || count > job.size) {
      throw damaged(store, `certificate ${String(certificate.index)} is out of place`);
    }
    if (!isSelected(selection, certificate)) continue;
    if (!equalBytes(leafOf(hash, certificate), leafAt(tree, certificate.index))) {
      throw damaged(store, `certificate ${String(certificate.index)} is not what was anchored`);
    }
    yield toFile(job, tree, certificate);
    if (selection.kind !== "all") return;
  }
  if (count < job.size) throw damaged(store, `it holds ${String(count)} of ${String(job.size)}`);
  if (selection.kind !== "all") throw notFound(store, selection);
}

function damaged({ name }: BatchStore, what: string): Problem {
  return new Problem("BATCH_DAMAGED", `${name}: ${what}`);
}

async function requireAnchored(store: BatchStore): Promise<BatchJob> {
  const job = await store.job();
  if (job === null) throw new Problem("BATCH_DAMAGED", `${store.name}: no job.json`);
  if (job.state !== "anchored") throw new Problem("NOT_CONFIRMED", `${store.name}: ${job.state}`);
  return job;
}

function isSelected(selection: Selection, { index, claims }: IssuedCertificate): boolean {
  if (selection.kind === "all") return true;
  if (selection.kind === "index") return index === selection.index;
  const { claim, number } = selection;
  return claims.some(({ name, value }) => name === claim && value === number);
}

function notFound({ name }: BatchStore, selection: Exclude<Selection, { kind: "all" }>): Problem {
  const wanted = selection.kind === "index" ? `index ${String(selection.index)}` : selection.number;
  return new Problem("CERTIFICATE_NOT_FOUND", `${name}, ${wanted}`);
}

function toFile(job: BatchJob, tree: BatchTree, certificate: IssuedCertificate): CertificateFile {
  const { suite, type, schemaVersion, agency, region, identity, root, size } = job;
  const { index, ...content } = certificate;
  const { chainId, anchor } = identity;
  return {
    suite,
    type,
    schemaVersion,
    agency,
    region,
    ...content,
    batch: {
      chainId,
      anchor,
      root: fromHex(root.slice(2)) as Uint8Array,
      size,
      index,
      path: provePath(tree, index),
    },
  };
}
