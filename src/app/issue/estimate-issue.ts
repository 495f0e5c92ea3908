/** What an order would come to: nothing is kept but the error file, nothing is sent. */
import type { AnchorPlan, AnchorRequest, Anchoring } from "../../ports/anchoring.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";
import { checkRecords } from "./check-records.ts";
import type { CheckTools } from "./check-records.ts";
import { anyRequest, jobKey } from "./issue-job.ts";
import type { IssueOrder, IssueTools } from "./issue-job.ts";
import { ledgerOf } from "./job-ledger.ts";

export interface IssueEstimate {
  readonly valid: number;
  readonly invalid: number;
  /** How many would take the place of certificates issued before. */
  readonly replacing: number;
  readonly errorFile: string | null;
  readonly batches: number;
  readonly transactions: number;
  /** Of all transactions; null where there is nothing to issue. */
  readonly gas: number | null;
  /** At most, in the chain's smallest unit. */
  readonly fee: bigint | null;
}

export interface EstimateTools
  extends
    Omit<CheckTools, "issued" | "job">,
    Pick<IssueTools, "anchoring" | "random" | "reader" | "identity" | "primitives"> {
  readonly store: Pick<AgencyStore, "numbers" | "jobFor">;
}

/** More than fit into any transaction. */
const MOST_BATCHES = 600;

/** @throws Problem CONTRACT_REFUSED, COLUMN_…, SOURCE_…, RPC_… */
export async function estimateIssue(
  order: IssueOrder,
  tools: EstimateTools,
): Promise<IssueEstimate> {
  const { agency, type } = order;
  const ledger = await ledgerOf(tools.reader);
  const issued = await tools.store.numbers({ ledger, agency, type: type.code });
  // One that broke off, or is done, has its numbers already: they are no fault of the same command.
  const known = await tools.store.jobFor(jobKey(order, tools, ledger));
  const counts = await checkRecords(order, { ...tools, issued, ...(known && { job: known.id }) });
  const batches = Math.ceil(counts.valid / order.batchSize);
  if (batches === 0) return { ...counts, batches, transactions: 0, gas: null, fee: null };
  const requests = Array.from({ length: Math.min(batches, MOST_BATCHES) }, () => {
    return anyRequest(order, tools.random);
  });
  return { ...counts, batches, ...(await costOf(batches, requests, tools.anchoring)) };
}

/** So many full transactions, and one for the rest. */
async function costOf(
  batches: number,
  requests: readonly AnchorRequest[],
  anchoring: Anchoring,
): Promise<Pick<IssueEstimate, "transactions" | "gas" | "fee">> {
  const full = await anchoring.plan(requests);
  const times = Math.floor(batches / full.count);
  const left = batches - times * full.count;
  const none: AnchorPlan = { count: 0, gas: 0, fee: 0n };
  const rest = left === 0 ? none : await anchoring.plan(requests.slice(0, left));
  return {
    transactions: times + (left === 0 ? 0 : 1),
    gas: times * full.gas + rest.gas,
    fee: BigInt(times) * full.fee + rest.fee,
  };
}
