/**
 * After a job's batches are confirmed: the certificates that its own stand in for are marked superseded, and
 * the job is done. A run that was broken off before does it again: what is marked already is left alone.
 */
import { isLegalTransition } from "../../core/ledger/statuses.ts";
import { Problem } from "../../core/problem.ts";
import type { Anchoring } from "../../ports/anchoring.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Governance } from "../../ports/governance.ts";
import type { Progress } from "../../ports/progress.ts";
import type { AgencyStore, IssueJob } from "../../ports/agency-store.ts";
import type { Pacing } from "./anchor-tools.ts";

/** Reads and sets statuses as the agency. */
export interface Supersession {
  readonly reader: Pick<ChainReader, "latestBlock" | "statusWord">;
  readonly governance: Pick<Governance, "setStatuses">;
  readonly clock: Clock;
}

export interface SettleTools {
  readonly store: Pick<AgencyStore, "replacements" | "setJobState">;
  readonly supersession: Supersession;
  /** Of the account that sets the statuses. */
  readonly anchoring: Pick<Anchoring, "account" | "nonces">;
  readonly clock: Clock;
  readonly pacing: Pacing;
  readonly progress?: Progress;
}

const SUPERSEDED = 2;
/** Certificates of one batch in one transaction: far below what a block holds, in words of their own too. */
const MAX_INDICES = 400;
const STATUSES_IN_WORD = 64;

/**
 * @returns how many were marked
 * @throws Problem CONTRACT_REFUSED, NOT_CONFIRMED, RPC_…, and what a store can end in
 */
export async function settleReplacements(job: IssueJob, tools: SettleTools): Promise<number> {
  const { store, supersession, progress } = tools;
  let seen = 0;
  let marked = 0;
  for await (const { root, indices } of store.replacements(job.id)) {
    if (seen === 0) await awaitEarlier(tools);
    progress?.("superseding", seen, job.replacing);
    marked += await markSuperseded(job.order.agency, root, indices, supersession);
    seen += indices.length;
  }
  await store.setJobState(job.id, "done");
  return marked;
}

/** What a run that was broken off has sent must be mined first: the statuses it sets can't be read before. */
async function awaitEarlier({ anchoring, clock, pacing }: SettleTools): Promise<void> {
  const end = clock.now() + pacing.patience;
  for (;;) {
    const { used, next } = await anchoring.nonces();
    if (next <= used) return;
    const waited = `${anchoring.account}, transaction number ${String(used)}`;
    if (clock.now() >= end) throw new Problem("NOT_CONFIRMED", waited);
    await pacing.pause();
  }
}

async function markSuperseded(
  agency: string,
  root: string,
  indices: readonly number[],
  { reader, governance, clock }: Supersession,
): Promise<number> {
  const open = await openIndices(agency, root, indices, reader);
  for (let at = 0; at < open.length; at += MAX_INDICES) {
    const some = open.slice(at, at + MAX_INDICES);
    const order = { agency, root, indices: some, status: SUPERSEDED, reason: 0 };
    await governance.setStatuses({ ...order, effectiveFrom: clock.now() });
  }
  return open.length;
}

/** Those that have not ended already: what was revoked stays revoked. */
async function openIndices(
  agency: string,
  root: string,
  indices: readonly number[],
  reader: Supersession["reader"],
): Promise<number[]> {
  const block = await reader.latestBlock();
  const open: number[] = [];
  const words = Map.groupBy(indices, (index) => Math.floor(index / STATUSES_IN_WORD));
  for (const [number, members] of words) {
    const word = await reader.statusWord(agency, root, number, block);
    open.push(...members.filter((index) => isLegalTransition(statusIn(word, index), SUPERSEDED)));
  }
  return open;
}

/** Four bits each, lowest first. */
function statusIn(word: bigint, index: number): number {
  return Number((word >> BigInt(4 * (index % STATUSES_IN_WORD))) & 15n);
}
