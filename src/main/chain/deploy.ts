/** A new deployment: the contracts, the national authority's role, and the configuration that names it. */
import { deployContracts, deployUseLog } from "../../adapters/chain/deploy.ts";
import type { DeployOptions } from "../../adapters/chain/deploy.ts";
import { connectRpc } from "../../adapters/chain/rpc.ts";
import { writeConfiguration } from "../../config.ts";
import type { ConfigurationFile, Settings } from "../../config.ts";
import type { Governance } from "../../ports/governance.ts";
import type { Progress } from "../../ports/progress.ts";
import { openDeployment } from "./chain-connections.ts";
import type { Chain } from "./chain-connections.ts";
import { authorityAccount, governanceOf } from "./accounts.ts";
import { forgetStore, verifierStoreFile } from "../stores/verifier-store.ts";

export interface DeployOrder {
  readonly rpc: string;
  /** The national authority's; where there is none it is made. */
  readonly keyFile?: string | undefined;
  readonly confirmations: number;
  /** How slowly trust is given, and who is trusted to begin with. */
  readonly terms: Omit<DeployOptions, "predecessor">;
}

export interface NewDeployment {
  readonly chain: Chain;
  /** The account that deployed; the national authority, unless the terms name another. */
  readonly authority: Governance;
  readonly configuration: ConfigurationFile;
  /** Writes the configuration, so that later commands need no flags. @returns where it is. */
  save(): Promise<string>;
}

/** @throws Problem RPC_…, KEY_…, INSUFFICIENT_FUNDS, NOT_CONFIRMED. Close its chain when done. */
export async function deployLedger(
  settings: Settings,
  { rpc: url, keyFile, confirmations, terms }: DeployOrder,
  progress: Progress,
): Promise<NewDeployment> {
  const rpc = await connectRpc(url, settings.timeoutMs);
  try {
    const account = await authorityAccount(settings, rpc, keyFile);
    const directory = await deployContracts(rpc, account, terms, progress);
    const chain = await openDeployment(rpc, directory, confirmations);
    const useLog = await deployUseLog(account);
    const configuration = { rpc: url, chainId: rpc.chainId, directory, confirmations, useLog };
    return {
      chain,
      authority: governanceOf(chain, account),
      configuration,
      save: async () => {
        await forgetStore(verifierStoreFile(settings, chain.reader.identity));
        return writeConfiguration(settings.home, configuration);
      },
    };
  } catch (error) {
    rpc.close();
    throw error;
  }
}
