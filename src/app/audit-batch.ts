/**
 * Recomputes the root of a batch folder with merkletreejs, an implementation independent of the one that
 * made it, and compares it with the chain.
 */
import { MerkleTree } from "merkletreejs";
import type { Finding } from "../core/audit/findings.ts";
import { manifestHash } from "../core/batch/manifest.ts";
import type { Hash } from "../core/hashing.ts";
import { suiteHash } from "../core/hashing.ts";
import { findAnchor } from "../core/ledger/anchors.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import type { BatchStore, Primitives } from "../ports.ts";
import { leafOf } from "./issue/make-certificate.ts";

/** @throws Problem BATCH_DAMAGED when the folder can't be read. */
export async function auditBatch(
  store: BatchStore,
  state: LedgerState,
  primitives: Primitives,
): Promise<Finding[]> {
  const place = `folder ${store.name}`;
  const job = await store.job();
  const anchor = job === null ? undefined : findAnchor(state, job.agency, job.root);
  if (job === null || anchor === undefined) {
    return [{ code: "BATCH_NOT_ANCHORED", place, detail: job?.root ?? "no job" }];
  }
  const root = await recomputeRoot(store, suiteHash(primitives, job.suite));
  const findings: Finding[] = [];
  if (root !== anchor.root) {
    const detail = `recomputed ${root}, anchored ${anchor.root}`;
    findings.push({ code: "BATCH_ROOT_MISMATCH", place, detail });
  }
  const manifest = manifestHash(primitives.keccak256, await store.manifest());
  if (manifest !== anchor.manifestHash) {
    findings.push({ code: "MANIFEST_MISMATCH", place, detail: manifest });
  }
  return findings;
}

async function recomputeRoot(store: BatchStore, hash: Hash): Promise<string> {
  const leaves: Buffer[] = [];
  for await (const certificate of store.certificates()) {
    leaves.push(Buffer.from(leafOf(hash, certificate)));
  }
  const hashBuffer = (bytes: Buffer): Buffer => Buffer.from(hash(bytes));
  return new MerkleTree(leaves, hashBuffer, { sortPairs: true }).getHexRoot();
}
