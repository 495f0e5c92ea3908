/** Finding a deployment by the one address that a client is configured with. */
import type { Interface } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import type { Block } from "../../ports.ts";
import type { ContractName } from "./contracts.ts";
import { interfaceOf } from "./contracts.ts";
import type { Rpc } from "./rpc.ts";

export type Addresses = Readonly<Record<ContractName, string>>;

export interface Deployment {
  readonly rpc: Rpc;
  readonly addresses: Addresses;
  readonly identity: LedgerIdentity;
  readonly firstBlock: number;
}

const PROTOCOL_VERSION = 1n;
const MEMBERS: readonly (readonly [ContractName, string])[] = [
  ["AccessManager", "accessManager"],
  ["CertificateCatalog", "certificateCatalog"],
  ["AgencyRegistry", "agencyRegistry"],
  ["BatchAnchor", "batchAnchor"],
  ["StatusRegistry", "statusRegistry"],
  ["RecognitionPolicy", "recognitionPolicy"],
];

/** @throws Problem DIRECTORY_NOT_FOUND where there is no contract, or another, at the address. */
export async function findDeployment(rpc: Rpc, directory: string): Promise<Deployment> {
  const address = directory.toLowerCase();
  const read = (method: string): Promise<unknown> => readDirectory(rpc, address, method);
  if ((await read("protocolVersion")) !== PROTOCOL_VERSION) throw notFound(directory);
  const entries = await Promise.all(
    MEMBERS.map(
      async ([name, method]) => [name, String(await read(method)).toLowerCase()] as const,
    ),
  );
  const addresses = { ...Object.fromEntries(entries), Directory: address } as Addresses;
  return {
    rpc,
    addresses,
    identity: { chainId: rpc.chainId, directory: address, anchor: addresses.BatchAnchor },
    firstBlock: Number(await read("firstBlock")),
  };
}

async function readDirectory(rpc: Rpc, to: string, method: string): Promise<unknown> {
  const contract = interfaceOf("Directory");
  const data = contract.encodeFunctionData(method);
  const answer = await callView(rpc, { to, data }, "latest").catch((error: unknown) => {
    throw isRefusal(error) ? notFound(to) : error;
  });
  if (typeof answer !== "string" || answer === "0x") throw notFound(to);
  return decode(contract, method, answer, to);
}

function callView(
  rpc: Rpc,
  call: { readonly to: string; readonly data: string },
  at: "latest" | { readonly blockHash: string },
): Promise<unknown> {
  return rpc.ask((provider) => provider.send("eth_call", [call, at]));
}

function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.code === "CONTRACT_REFUSED";
}

function decode(contract: Interface, method: string, answer: string, to: string): unknown {
  try {
    return contract.decodeFunctionResult(method, answer)[0] as unknown;
  } catch {
    throw notFound(to);
  }
}

function notFound(address: string): Problem {
  return new Problem("DIRECTORY_NOT_FOUND", address);
}

/** Reads a contract at the block of that hash (EIP-1898), so that two histories are never mixed. */
export async function readAt(
  { rpc, addresses }: Deployment,
  name: ContractName,
  method: string,
  args: readonly unknown[],
  block: Block | "latest",
): Promise<unknown> {
  const contract = interfaceOf(name);
  const data = contract.encodeFunctionData(method, args);
  const at = block === "latest" ? block : { blockHash: block.hash };
  const call = { to: addresses[name], data };
  try {
    const answer = await callView(rpc, call, at);
    return contract.decodeFunctionResult(method, answer as string)[0] as unknown;
  } catch (error) {
    if (error instanceof Problem && !isRefusal(error)) throw error;
    throw new Problem("RPC_FAULT", `the node's answer to ${name}.${method} can't be read`, error);
  }
}
