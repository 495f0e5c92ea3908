/** Which ledger a job is for, so that it goes on at no other. */
import { Problem } from "../../core/problem.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { IssueJob } from "../../ports/agency-store.ts";

export type LedgerReader = Pick<ChainReader, "block" | "firstBlock" | "identity">;

/**
 * The chain's number and the hash of the ledger's first block: the same for a ledger and all that succeed
 * it, another for a local chain that was started anew.
 * @throws Problem RPC_…, CHAIN_INCONSISTENT where the node does not have that block
 */
export async function ledgerOf({ block, firstBlock, identity }: LedgerReader): Promise<string> {
  const first = await block(firstBlock);
  if (first === null) throw new Problem("CHAIN_INCONSISTENT", `no block ${String(firstBlock)}`);
  return `${String(identity.chainId)}/${first.hash}`;
}

/** @throws Problem WRONG_CHAIN, LEDGER_RESTARTED */
export async function requireLedger(job: IssueJob, reader: LedgerReader): Promise<void> {
  const { chainId, directory } = job.identity;
  const here = reader.identity;
  if (here.chainId !== chainId) {
    const chains = `${job.id} is for chain ${String(chainId)}, the node is on ${String(here.chainId)}`;
    throw new Problem("WRONG_CHAIN", chains);
  }
  if ((await ledgerOf(reader)) !== job.ledger) throw new Problem("LEDGER_RESTARTED", job.id);
  if (here.directory === directory) return;
  throw new Problem("WRONG_CHAIN", `${job.id} is for the ledger ${directory}`);
}
