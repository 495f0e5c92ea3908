/**
 * Reads an agency's store again as an outsider would: every certificate, its leaf and its path by the core, each
 * batch's tree by merkletreejs, an implementation independent of the one that made it, and everything beside
 * the chain. No more than one chunk of leaves is held at a time.
 */
import type { Finding } from "../core/audit/findings.ts";
import { manifestHash } from "../core/batch/manifest.ts";
import { Problem } from "../core/problem.ts";
import type { IssueJob, IssuedBatch } from "../ports/agency-store.ts";
import { checkAnchor } from "./check-store/anchor.ts";
import { checkCertificates } from "./check-store/certificates.ts";
import { JobCheck } from "./check-store/job-check.ts";
import type { CheckTally, CheckTools } from "./check-store/job-check.ts";

/** @param tally is counted up meanwhile */
export async function* checkStore(
  tools: CheckTools,
  jobs: readonly IssueJob[],
  tally: CheckTally,
): AsyncIterable<Finding> {
  const total = jobs.reduce((sum, { certificates }) => sum + certificates, 0);
  for (const job of jobs) {
    tally.jobs++;
    yield* checkJob(new JobCheck(tools, job, tally, total));
  }
}

async function* checkJob(check: JobCheck): AsyncIterable<Finding> {
  const { job, tools } = check;
  const batches = await tools.store.batches(job.id);
  const isCounting = job.state !== "reading" && job.state !== "cancelled";
  const issued = batches.reduce((sum, batch) => sum + batch.issued, 0);
  const isFit = isCounting
    ? batches.length === job.batches && issued === job.certificates
    : job.state === "reading" || batches.length === 0;
  if (!isFit) {
    const counts = `${String(issued)} certificates in ${String(batches.length)} batches`;
    const told = `${String(job.certificates)} in ${String(job.batches)}`;
    yield check.finding("COUNT_MISMATCH", null, `${counts}, ${told} told`);
  }
  if (!isCounting) return;
  for (const batch of batches) yield* checkBatch(check, batch);
}

async function* checkBatch(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
  check.count("batches");
  try {
    yield* checkCertificates(check, batch);
    yield* checkManifest(check, batch);
  } catch (error) {
    const isDamage = error instanceof Problem && UNREADABLE.has(error.code);
    if (!isDamage) throw error;
    yield check.finding("BATCH_UNREADABLE", batch, error.detail);
  }
  yield* checkAnchor(check, batch);
}

const UNREADABLE: ReadonlySet<string> = new Set(["BATCH_DAMAGED", "CERTIFICATE_NOT_FOUND"]);

async function* checkManifest(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
  const { store, primitives } = check.tools;
  const hash = manifestHash(primitives.keccak256, await store.manifest(batch.root));
  if (hash === batch.manifestHash) return;
  yield check.finding("MANIFEST_MISMATCH", batch, `it has ${hash}`);
}
