/** A job in an agency's store as it is once its batches are on the chain. */
import type { AnchorReceipt } from "../../src/ports/anchoring.ts";
import type { AgencyStore, IssueJob, IssuedBatch, JobOrder } from "../../src/ports/agency-store.ts";
import { issue } from "./store-issuing.ts";
import type { SampleRecord } from "./store-issuing.ts";

export interface ConfirmedJob {
  readonly job: IssueJob;
  readonly batches: readonly IssuedBatch[];
}

export async function confirmedJob(
  store: AgencyStore,
  records: readonly SampleRecord[],
  order: Partial<JobOrder> = {},
): Promise<ConfirmedJob> {
  const { id } = await issue(store, records, order);
  const receipts = (await store.batches(id)).map((_batch, i): AnchorReceipt => {
    const hashes = { transaction: "0x01", blockHash: "0x02", head: "0x03" };
    return { ...hashes, block: 7, sequence: i + 1, gasUsed: 90_000 };
  });
  await store.outbox.confirm({ job: id, hash: "0x01", firstBatch: 0 }, receipts);
  const job = await store.job(id);
  if (job === null) throw new Error(`the job ${id} is gone`);
  return { job, batches: await store.batches(id) };
}
