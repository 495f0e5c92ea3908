/** What a job has come to: its batches and the transactions that anchored them. */
import type { Issued } from "../../app/issue/issue-job.ts";
import type { AgencyStore, IssuedBatch } from "../../ports/agency-store.ts";
import { foundJson } from "./fault-words.ts";
import type { FoundCounts } from "./fault-words.ts";
import type { Output } from "../terminal/output.ts";

/** Batches that --json lists: of a million there are enough in the store. */
const MOST_BATCHES = 1_000;

export interface MinedSummary {
  readonly hash: string;
  readonly block: number;
  readonly gasUsed: number;
  /** How many batches it anchored. */
  readonly batches: number;
}

/** The transactions that anchored these batches, in order. */
export function minedOf(batches: readonly IssuedBatch[]): MinedSummary[] {
  const receipts = batches.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]));
  const groups = Map.groupBy(receipts, ({ transaction }) => transaction);
  return [...groups].map(([hash, group]) => {
    const { block = 0, gasUsed = 0 } = group[0] ?? {};
    return { hash, block, gasUsed, batches: group.length };
  });
}

/** As --json has them. */
export function batchesJson(batches: readonly IssuedBatch[]): unknown {
  return batches.slice(0, MOST_BATCHES).map(({ root, size, issued, receipt }) => {
    const { sequence = null, block = null } = receipt ?? {};
    return { root, size, issued, sequence, block };
  });
}

export async function showIssued(
  output: Output,
  store: Pick<AgencyStore, "batches">,
  issued: Issued,
  found: FoundCounts,
): Promise<void> {
  const { job, wasDone, superseded } = issued;
  const { id, state, certificates, skipped } = job;
  const batches = await store.batches(id);
  const transactions = minedOf(batches);
  sayIssued(output, issued);
  sayBatches(output, batches);
  output.say(`下一步 Next: ./lz export --job ${id} --all --out FOLDER, ./lz jobs show ${id}`);
  output.result({
    ...{ job: id, state, wasDone, certificates, skipped, superseded, ...foundJson(found) },
    ...{ batches: batchesJson(batches), batchCount: batches.length, transactions },
  });
}

function sayIssued(output: Output, { job, wasDone, superseded }: Issued): void {
  const { certificates, skipped } = job;
  output.say(
    wasDone
      ? `此前已上链，未重复 Anchored before; nothing was done again.`
      : `已签发并上链 Issued and anchored ${String(certificates)} certificates.`,
  );
  if (skipped > 0) output.say(`跳过不合格记录 Invalid records skipped: ${String(skipped)}`);
  if (superseded > 0) {
    output.say(`旧证照已标记为换发 Older certificates superseded: ${String(superseded)}`);
  }
}

/** A batch or two by name, more of them by number. */
function sayBatches(output: Output, batches: readonly IssuedBatch[]): void {
  const transactions = minedOf(batches);
  const gas = transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
  output.say(
    `批次 Batches: ${String(batches.length)}    交易 Transactions: ${String(transactions.length)}, ${String(gas)} gas`,
  );
  if (batches.length > 2) return;
  for (const { root, receipt } of batches) {
    output.say(`根 Root: ${root}`);
    if (receipt === null) continue;
    const { transaction, block, sequence } = receipt;
    output.say(
      `交易 Transaction: ${transaction}, block ${String(block)}, number ${String(sequence)} in the log`,
    );
  }
}
