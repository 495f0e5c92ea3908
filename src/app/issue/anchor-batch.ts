/**
 * Anchors a hashed batch, once. The signed transaction is on disk before it is sent; 'anchored' is only
 * ever said after a receipt whose event carries this agency and root, at the configured finality.
 */
import { Problem } from "../../core/problem.ts";
import type {
  AnchorReceipt,
  AnchorRequest,
  Anchoring,
  BatchJob,
  BatchStore,
  Progress,
} from "../../ports.ts";

/** How long to look for a receipt, and how to let time pass between two looks. */
export interface Waiting {
  readonly attempts: number;
  pause(): Promise<void>;
  /** Whether a block has as many blocks after it as finality asks for. */
  isFinal(block: number): Promise<boolean>;
}

export interface AnchorTools {
  readonly store: BatchStore;
  readonly anchoring: Anchoring;
  readonly waiting: Waiting;
  readonly progress?: Progress;
}

export function requestOf(job: Pick<BatchJob, keyof AnchorRequest>): AnchorRequest {
  const { type, schemaVersion, suite, root, size, manifestHash } = job;
  return { type, schemaVersion, suite, root, size, manifestHash };
}

/** @throws Problem NOT_CONFIRMED when no receipt came in time: run again, it will not anchor twice. */
export async function anchorBatch(job: BatchJob, tools: AnchorTools): Promise<BatchJob> {
  const sent = await sendOnce(job, tools);
  const receipt = await awaitReceipt(sent, tools);
  const anchored: BatchJob = { ...sent, state: "anchored", receipt };
  await tools.store.saveJob(anchored);
  return anchored;
}

/**
 * Sends the transaction signed before, if it can still be mined. Otherwise looks whether the root is
 * anchored, and only if it is not signs another.
 */
async function sendOnce(job: BatchJob, { anchoring, store }: AnchorTools): Promise<BatchJob> {
  const known = job.transaction;
  if (known !== null && (await anchoring.isPending(known))) {
    await anchoring.send(known);
    return job;
  }
  if ((await anchoring.findReceipt(job.root, null)) !== null) return job;
  const transaction = await anchoring.sign(requestOf(job));
  const signed: BatchJob = { ...job, state: "signed", transaction };
  await store.saveJob(signed);
  await anchoring.send(transaction);
  return signed;
}

async function awaitReceipt(job: BatchJob, tools: AnchorTools): Promise<AnchorReceipt> {
  const { anchoring, waiting, progress } = tools;
  for (let attempt = 1; attempt <= waiting.attempts; attempt++) {
    const receipt = await anchoring.findReceipt(job.root, job.transaction);
    if (receipt !== null && (await waiting.isFinal(receipt.block))) return receipt;
    progress?.("confirmation", attempt, waiting.attempts);
    await waiting.pause();
  }
  throw new Problem("NOT_CONFIRMED", job.transaction?.hash ?? job.root);
}
