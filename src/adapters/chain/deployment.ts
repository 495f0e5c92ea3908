/** Finding a deployment, and all that it succeeds, by the one address that a client is configured with. */
import { ZeroAddress } from "ethers";
import type { Interface, Result } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import type { Block } from "../../ports/chain-reader.ts";
import { CONTRACT_NAMES, interfaceOf } from "./contracts.ts";
import type { ContractName } from "./contracts.ts";
import { contentOf, fetchLogs } from "./logs.ts";
import type { LogPlace } from "./logs.ts";
import type { Rpc } from "./rpc.ts";

export type Addresses = Readonly<Record<ContractName, string>>;

/** One set of contracts; they come one after the other, each naming the one before it. */
export interface Generation {
  readonly addresses: Addresses;
  /** No event of these contracts is older. */
  readonly firstBlock: number;
}

export interface FrozenGeneration extends Generation {
  /** Where its last word stands: that another succeeds it. */
  readonly frozenAt: LogPlace;
}

/** The newest set of contracts, and those before it, oldest first. */
export interface Deployment extends Generation {
  readonly rpc: Rpc;
  readonly identity: LedgerIdentity;
  readonly predecessors: readonly FrozenGeneration[];
}

const PROTOCOL_VERSION = 1n;
/** More than there will be; a chain of directories without end is mischief. */
const MOST_PREDECESSORS = 16;
const MEMBERS: readonly (readonly [ContractName, string])[] = [
  ["AuthorityRegistry", "accessManager"],
  ["CertificateCatalog", "certificateCatalog"],
  ["AgencyRegistry", "agencyRegistry"],
  ["BatchAnchor", "batchAnchor"],
  ["StatusRegistry", "statusRegistry"],
  ["RecognitionPolicy", "recognitionPolicy"],
];

/**
 * @throws Problem DIRECTORY_NOT_FOUND where there is no contract, or another, at the address;
 * PREDECESSOR_NOT_FROZEN where it claims to succeed a ledger that did not say so.
 */
export async function findDeployment(rpc: Rpc, directory: string): Promise<Deployment> {
  const newest = await readGeneration(rpc, directory.toLowerCase());
  const predecessors = await findPredecessors(rpc, newest);
  const { addresses, firstBlock } = newest;
  const identity = {
    chainId: rpc.chainId,
    ...namesOf(newest),
    predecessors: predecessors.map(namesOf),
  };
  return { rpc, addresses, firstBlock, identity, predecessors };
}

function namesOf({ addresses }: Generation): { directory: string; anchor: string } {
  return { directory: addresses.Directory, anchor: addresses.BatchAnchor };
}

/** The contracts of a deployment that speak: all but its directory. */
export function watchedContracts(addresses: Addresses): [ContractName, string][] {
  return CONTRACT_NAMES.filter((name) => name !== "Directory").map((name) => {
    return [name, addresses[name]];
  });
}

interface Successor extends Generation {
  /** The directory that it names as the one before it, or null. */
  readonly predecessor: string | null;
}

async function readGeneration(rpc: Rpc, directory: string): Promise<Successor> {
  const read = (method: string): Promise<unknown> => readDirectory(rpc, directory, method);
  if ((await read("protocolVersion")) !== PROTOCOL_VERSION) throw notFound(directory);
  const readAddress = async (method: string): Promise<string> =>
    String(await read(method)).toLowerCase();
  const entries = await Promise.all(
    MEMBERS.map(async ([name, method]) => [name, await readAddress(method)] as const),
  );
  const predecessor = await readAddress("predecessor");
  return {
    addresses: { ...Object.fromEntries(entries), Directory: directory } as Addresses,
    firstBlock: Number(await read("firstBlock")),
    predecessor: predecessor === ZeroAddress ? null : predecessor,
  };
}

/** @returns oldest first */
async function findPredecessors(rpc: Rpc, newest: Successor): Promise<FrozenGeneration[]> {
  const found: FrozenGeneration[] = [];
  let successor = newest;
  while (successor.predecessor !== null) {
    if (found.length === MOST_PREDECESSORS) {
      const most = `more than ${String(MOST_PREDECESSORS)} predecessors`;
      throw notFound(`${newest.addresses.Directory}: ${most}`);
    }
    const old = await readGeneration(rpc, successor.predecessor);
    const { addresses, firstBlock } = old;
    found.unshift({ addresses, firstBlock, frozenAt: await findFreeze(rpc, old, successor) });
    successor = old;
  }
  return found;
}

/**
 * Where a deployment froze itself in favour of its successor. The successor is older than that, and has said
 * nothing before it: its numbers begin where the old ones end.
 * @throws Problem PREDECESSOR_NOT_FROZEN
 */
async function findFreeze(rpc: Rpc, old: Generation, successor: Generation): Promise<LogPlace> {
  const contracts = { rpc, addresses: old.addresses };
  const isFrozen = await readAt(contracts, "AuthorityRegistry", "isFrozen", [], "latest");
  if (isFrozen !== true) throw notFrozen(old, successor, "is not frozen");
  const latest = await rpc.ask((provider) => provider.getBlockNumber());
  const registry = old.addresses.AuthorityRegistry;
  const speakers = new Map([
    ...watchedContracts(successor.addresses).map(([name, address]) => [address, name] as const),
    [registry, "AuthorityRegistry" as const],
  ]);
  for await (const log of fetchLogs(rpc, [...speakers.keys()], successor.firstBlock, latest)) {
    const name = speakers.get(log.address);
    const content = name === undefined ? null : contentOf(log, name);
    if (content === null) continue;
    if (log.address !== registry)
      throw notFrozen(old, successor, "froze only after the other spoke");
    const names = content.kind === "LedgerFrozen" ? content.successor : null;
    if (names === successor.addresses.Directory) return log;
  }
  throw notFrozen(old, successor, "is frozen in favour of another");
}

function notFrozen(old: Generation, successor: Generation, what: string): Problem {
  const place = `${old.addresses.Directory}, named by ${successor.addresses.Directory}`;
  return new Problem("PREDECESSOR_NOT_FROZEN", `${place}, ${what}`);
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
  contracts: Pick<Deployment, "rpc" | "addresses">,
  name: ContractName,
  method: string,
  args: readonly unknown[],
  block: Block | "latest",
): Promise<unknown> {
  return (await readAllAt(contracts, name, method, args, block))[0] as unknown;
}

/** The same where a contract answers several things at once. */
export async function readAllAt(
  { rpc, addresses }: Pick<Deployment, "rpc" | "addresses">,
  name: ContractName,
  method: string,
  args: readonly unknown[],
  block: Block | "latest",
): Promise<Result> {
  const contract = interfaceOf(name);
  const data = contract.encodeFunctionData(method, args);
  const at = block === "latest" ? block : { blockHash: block.hash };
  const call = { to: addresses[name], data };
  try {
    const answer = await callView(rpc, call, at);
    return contract.decodeFunctionResult(method, answer as string);
  } catch (error) {
    if (error instanceof Problem && !isRefusal(error)) throw error;
    throw new Problem("RPC_FAULT", `the node's answer to ${name}.${method} can't be read`, error);
  }
}
