/** Which transactions of an account are under way, and which batches of a job no transaction anchors yet. */
import type { OutboxTransaction } from "../../ports/agency-store.ts";

/** Transactions with one number, of which at most one is ever mined; they anchor the same batches. */
export interface Lot {
  readonly job: string;
  readonly nonce: number;
  readonly firstBatch: number;
  /** None where it only fills a gap in the numbers. */
  readonly batches: number;
  /** The dearest last. */
  transactions: readonly OutboxTransaction[];
  /** Since when the last of them is waited for: seconds since 1970. */
  since: number;
  /** How many looks in a row found the number used, and none of these mined. */
  missed: number;
}

/** Those that can still be mined, by number. */
export function lotsOf(transactions: readonly OutboxTransaction[], now: number): Lot[] {
  const open = transactions.filter(({ state }) => state === "signed" || state === "sent");
  const groups = [...Map.groupBy(open, ({ nonce }) => nonce).values()];
  return groups.map((group) => lotOf(group, now)).sort((a, b) => a.nonce - b.nonce);
}

function lotOf(transactions: readonly OutboxTransaction[], since: number): Lot {
  const { job, nonce, firstBatch, batches } = transactions[0] as OutboxTransaction;
  return { job, nonce, firstBatch, batches, transactions, since, missed: 0 };
}

export function newLot(transaction: OutboxTransaction, now: number): Lot {
  return lotOf([transaction], now);
}

export function newestOf({ transactions }: Lot): OutboxTransaction {
  return transactions[transactions.length - 1] as OutboxTransaction;
}

/** The ordinals of its batches. */
export function ordinalsOf({ firstBatch, batches }: Pick<Lot, "firstBatch" | "batches">): number[] {
  return Array.from({ length: batches }, (_, i) => firstBatch + i);
}

/** The first that are wanted and follow one another, at most so many. */
export function firstRun(
  length: number,
  isWanted: (ordinal: number) => boolean,
  most: number,
): { readonly firstBatch: number; readonly batches: number } | null {
  let firstBatch = 0;
  while (firstBatch < length && !isWanted(firstBatch)) firstBatch++;
  let end = firstBatch;
  while (end < length && end - firstBatch < most && isWanted(end)) end++;
  return end === firstBatch ? null : { firstBatch, batches: end - firstBatch };
}
