/** Deploys the contracts, gives the national authority its role, and publishes the directory last. */
import { ContractFactory, ZeroAddress } from "ethers";
import type { InterfaceAbi } from "ethers";
import type { Progress } from "../../ports.ts";
import type { Account } from "./account.ts";
import { interfaceOf, loadArtifact } from "./contracts.ts";
import type { ContractName } from "./contracts.ts";
import { REGION_ROLE_BASE } from "./decode-event.ts";
import type { Rpc } from "./rpc.ts";

/** @returns the address of the directory. The account becomes administrator and national authority. */
export async function deployContracts(
  rpc: Rpc,
  account: Account,
  progress?: Progress,
): Promise<string> {
  let done = 0;
  const deploy = async (name: ContractName, args: unknown[]): Promise<string> => {
    const address = await deployContract(account, name, args);
    progress?.("contracts", ++done, 7);
    return address;
  };
  const { number } = (await rpc.ask((provider) => provider.getBlock("latest"))) ?? { number: 0 };
  const manager = await deploy("AccessManager", [account.address]);
  const catalog = await deploy("CertificateCatalog", [manager]);
  const registry = await deploy("AgencyRegistry", [manager, catalog]);
  const anchor = await deploy("BatchAnchor", [registry, catalog]);
  const status = await deploy("StatusRegistry", [registry, anchor]);
  const policy = await deploy("RecognitionPolicy", [manager]);
  await grantNationalRole(account, manager);
  const members = [manager, registry, catalog, anchor, status, policy];
  return deploy("Directory", [...members, ZeroAddress, number]);
}

async function deployContract(
  account: Account,
  name: ContractName,
  args: unknown[],
): Promise<string> {
  const { abi, bytecode }: { abi: InterfaceAbi; bytecode: string } = loadArtifact(name);
  const factory = new ContractFactory(abi, bytecode);
  const { data } = await factory.getDeployTransaction(...args);
  const receipt = await account.execute({ to: null, data });
  return String(receipt.contractAddress).toLowerCase();
}

async function grantNationalRole(account: Account, manager: string): Promise<void> {
  const args = [REGION_ROLE_BASE, account.address, 0];
  const data = interfaceOf("AccessManager").encodeFunctionData("grantRole", args);
  await account.execute({ to: manager, data });
}
