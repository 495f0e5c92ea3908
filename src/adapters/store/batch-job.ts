/** The job of a batch as its folder keeps it: read with care, since everything after it relies on it. */
import type { AnchorReceipt, BatchJob, SignedTransaction } from "../../ports.ts";

const HASH = /^0x[0-9a-f]{64}$/;

export function jobToText(job: BatchJob): string {
  return `${JSON.stringify(job, null, 2)}\n`;
}

/** @throws Error for a text that is no job. */
export function jobFromText(text: string): BatchJob {
  const job = JSON.parse(text) as BatchJob;
  if (!isJob(job)) throw new TypeError("not a job");
  return job;
}

const SUITES: readonly unknown[] = [1, 2];

function isJob(job: BatchJob): boolean {
  return (
    ["hashed", "signed", "anchored"].includes(job.state) &&
    [job.key, job.agency, job.region, job.type].every(isText) &&
    [job.schemaVersion, job.size, job.skipped].every(isCount) &&
    SUITES.includes(job.suite) &&
    [job.root, job.manifestHash].every(isHash) &&
    isCount(job.identity.chainId) &&
    [job.identity.directory, job.identity.anchor].every(isText) &&
    (job.transaction === null ? job.state !== "signed" : isTransaction(job.transaction)) &&
    (job.receipt === null ? job.state !== "anchored" : isReceipt(job.receipt))
  );
}

function isTransaction({ hash, raw, nonce }: SignedTransaction): boolean {
  return isText(hash) && isText(raw) && isCount(nonce);
}

function isReceipt({ transaction, block, sequence, head }: AnchorReceipt): boolean {
  return isText(transaction) && isCount(block) && isCount(sequence) && isHash(head);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && HASH.test(value);
}
