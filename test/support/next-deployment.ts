/** One deployment after the other on the chain of a world: each opened, governed and estimated. */
import { chainReader } from "../../src/adapters/chain/chain-reader.ts";
import { deployContracts } from "../../src/adapters/chain/deploy.ts";
import { findDeployment } from "../../src/adapters/chain/deployment.ts";
import type { Deployment } from "../../src/adapters/chain/deployment.ts";
import { estimatedGovernance, governance } from "../../src/adapters/chain/governance.ts";
import type { MigrationTools } from "../../src/app/migrate.ts";
import type { ChainReader } from "../../src/ports/chain-reader.ts";
import type { ChangeReceipt, Governance } from "../../src/ports/governance.ts";
import type { LedgerWorld } from "./ledger-world.ts";

/** A deployment as its authority and its readers have it. */
export interface Ledger {
  readonly deployment: Deployment;
  readonly reader: ChainReader;
  readonly governance: Governance;
  readonly estimates: Governance<number>;
}

/** @returns the new directory, which does not count as the successor's before the old one is frozen */
export async function deployNext(
  { rpc, authority }: LedgerWorld,
  old: Pick<Ledger, "deployment">,
): Promise<string> {
  const predecessor = old.deployment.addresses.Directory;
  return deployContracts(rpc, authority, { predecessor });
}

export async function openLedger(
  { rpc, authority }: LedgerWorld,
  directory: string,
): Promise<Ledger> {
  const deployment = await findDeployment(rpc, directory);
  return {
    deployment,
    reader: chainReader(deployment),
    governance: governance(deployment, authority),
    estimates: estimatedGovernance(deployment, authority.address),
  };
}

/** What `lz migrate` would be told, with one account that is administrator and national authority. */
export function migrationOf(
  world: LedgerWorld,
  old: Ledger,
  directory: string,
  change: (governance: Governance) => Governance = (governance) => governance,
): MigrationTools<ChangeReceipt> {
  return {
    old: old.reader,
    administrator: change(old.governance),
    directory,
    basis: "账本迁移方案",
    open: async () => {
      const { reader, governance: own, estimates } = await openLedger(world, directory);
      const governor = change(own);
      return { chain: reader, administrator: governor, authority: governor, estimates };
    },
  };
}
