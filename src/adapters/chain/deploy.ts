/** Deploys the contracts, appoints the first national authority, and publishes the directory last. */
import { ContractFactory, ZeroAddress } from "ethers";
import type { InterfaceAbi } from "ethers";
import type { Progress } from "../../ports/progress.ts";
import type { Account } from "./account.ts";
import { ADMINISTRATOR_ROLE, delayAdministration } from "./administration.ts";
import { interfaceOf, loadArtifact } from "./contracts.ts";
import type { ContractName } from "./contracts.ts";
import { findDeployment } from "./deployment.ts";
import type { Rpc } from "./rpc.ts";

export interface DeployOptions {
  /** Seconds from the appointment of an authority until it takes effect; 0 where it is left out. */
  readonly appointmentDelay?: number;
  /** Seconds from the announcement of what the administrator does until it can be done; 0 if left out. */
  readonly administrationDelay?: number;
  /** Who administers the contracts from then on, in place of the account that deploys them. */
  readonly administrator?: string;
  /** The first national authority, in place of the account that deploys. */
  readonly authority?: string;
  /** The document that the first appointment rests on. */
  readonly basis?: string;
  /**
   * The directory that this deployment is to succeed. It then has no authority yet: the first is appointed
   * once the old contracts are frozen, so that nothing of the new ones comes before their end.
   */
  readonly predecessor?: string;
}

const CONTRACTS = 7;

/** @returns the address of the directory. @throws Problem DIRECTORY_NOT_FOUND for the predecessor's. */
export async function deployContracts(
  rpc: Rpc,
  account: Account,
  options: DeployOptions = {},
  progress?: Progress,
): Promise<string> {
  const old = options.predecessor === undefined ? null : await statusesOf(rpc, options.predecessor);
  let done = 0;
  const deploy = async (name: ContractName, args: unknown[]): Promise<string> => {
    const address = await deployContract(account, name, args);
    progress?.("contracts", ++done, CONTRACTS);
    return address;
  };
  const { number } = (await rpc.ask((provider) => provider.getBlock("latest"))) ?? { number: 0 };
  const { appointmentDelay = 0, predecessor = ZeroAddress } = options;
  const authorities = await deploy("AuthorityRegistry", [account.address, appointmentDelay]);
  const catalog = await deploy("CertificateCatalog", [authorities]);
  const registry = await deploy("AgencyRegistry", [authorities, catalog]);
  const anchor = await deploy("BatchAnchor", [registry, catalog]);
  const status = await deploy("StatusRegistry", [registry, anchor, old ?? ZeroAddress]);
  const policy = await deploy("RecognitionPolicy", [authorities]);
  if (old === null) await appointFirst(account, authorities, options);
  await handOver(account, authorities, options);
  const members = [authorities, registry, catalog, anchor, status, policy];
  return deploy("Directory", [...members, predecessor, number]);
}

/** Where services say how far their logs of uses have come. @returns its address */
export function deployUseLog(account: Account): Promise<string> {
  return deployContract(account, "UseLog", []);
}

/** The registry of statuses that the new one takes over from. */
async function statusesOf(rpc: Rpc, predecessor: string): Promise<string> {
  const { addresses } = await findDeployment(rpc, predecessor);
  return addresses.StatusRegistry;
}

async function deployContract(
  account: Account,
  name: ContractName | "UseLog",
  args: unknown[],
): Promise<string> {
  const { abi, bytecode }: { abi: InterfaceAbi; bytecode: string } = loadArtifact(name);
  const factory = new ContractFactory(abi, bytecode);
  const { data } = await factory.getDeployTransaction(...args);
  const receipt = await account.execute({ to: null, data });
  return String(receipt.contractAddress).toLowerCase();
}

async function appointFirst(
  account: Account,
  to: string,
  { authority = account.address, basis = "" }: DeployOptions,
): Promise<void> {
  await callRegistry(account, to, "appointNational", [authority, basis]);
}

/** The account that deployed keeps no power over the contracts that another is to administer. */
async function handOver(
  account: Account,
  to: string,
  { administrator = account.address, administrationDelay = 0 }: DeployOptions,
): Promise<void> {
  const isAnother = administrator.toLowerCase() !== account.address;
  if (isAnother || administrationDelay > 0) {
    await delayAdministration(account, to, administrator, administrationDelay);
  }
  if (!isAnother) return;
  await callRegistry(account, to, "renounceRole", [ADMINISTRATOR_ROLE, account.address]);
}

async function callRegistry(
  account: Account,
  to: string,
  method: string,
  args: readonly unknown[],
): Promise<void> {
  const data = interfaceOf("AuthorityRegistry").encodeFunctionData(method, args);
  await account.execute({ to, data });
}
