/** Gives a job up, where none of its batches can ever be anchored any more. */
import { Problem } from "../../core/problem.ts";
import type { Anchoring } from "../../ports/anchoring.ts";
import type { AgencyStore, IssueJob, OutboxTransaction } from "../../ports/agency-store.ts";
import { withLock } from "./issue-job.ts";
import { requireLedger } from "./job-ledger.ts";
import type { LedgerReader } from "./job-ledger.ts";

/** What a job needs that has signed transactions. */
export interface CancelTools {
  readonly anchoring: Anchoring;
  readonly reader: LedgerReader;
}

/**
 * @param openChain called only where transactions were signed: before that no chain is needed
 * @throws Problem JOB_NOT_CANCELLABLE saying why, STORE_BUSY, WRONG_CHAIN, LEDGER_RESTARTED, RPC_…
 */
export async function cancelJob(
  id: string,
  store: AgencyStore,
  openChain: (job: IssueJob) => Promise<CancelTools>,
): Promise<void> {
  await withLock(store, async () => {
    const job = await store.job(id);
    if (job === null) throw new Problem("JOB_NOT_FOUND", id);
    if (job.state === "cancelled") return;
    const signed = await store.outbox.transactions(id);
    if (job.state === "confirmed" || job.state === "done") throw anchored(job, "all of it");
    if (signed.length > 0) await requireDead(job, signed, store, await openChain(job));
    await store.cancelJob(id);
  });
}

async function requireDead(
  job: IssueJob,
  signed: readonly OutboxTransaction[],
  store: AgencyStore,
  { anchoring, reader }: CancelTools,
): Promise<void> {
  await requireLedger(job, reader);
  for (const transaction of signed) await requireUnminable(job, transaction, anchoring);
  const roots = (await store.batches(job.id)).map(({ root }) => root);
  const [found] = await anchoring.findAnchors(roots);
  if (found !== undefined) throw anchored(job, `batch ${found.request.root}`);
}

/** Its number is used by another transaction, as the chain says now. */
async function requireUnminable(
  { id }: IssueJob,
  transaction: OutboxTransaction,
  anchoring: Anchoring,
): Promise<void> {
  if (transaction.account !== anchoring.account) {
    const whose = `${transaction.hash} was signed by ${transaction.account}; name its key with --key`;
    throw new Problem("JOB_NOT_CANCELLABLE", `${id}: ${whose}`);
  }
  const { used } = await anchoring.nonces();
  if (transaction.nonce < used) return;
  throw new Problem("JOB_NOT_CANCELLABLE", `${id}: ${transaction.hash} may still be mined`);
}

function anchored({ id }: IssueJob, what: string): Problem {
  return new Problem("JOB_NOT_CANCELLABLE", `${id}: ${what} is anchored`);
}
