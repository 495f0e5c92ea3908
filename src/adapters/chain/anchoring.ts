/** Anchoring a batch: estimate, sign, send, and find out what really happened. */
import type { LogDescription } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { AnchorReceipt, AnchorRequest, Anchoring, SignedTransaction } from "../../ports.ts";
import type { Account, Call } from "./account.ts";
import { codeOf, codeToChain } from "./chain-words.ts";
import { interfaceOf } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";
import { readAt } from "./deployment.ts";
import { LOG_STEP_BLOCKS } from "./logs.ts";

/** @throws Problem CONTRACT_REFUSED when the account acts for no agency, or for another. */
export async function anchoringFor(
  deployment: Deployment,
  account: Account,
  agency: string,
): Promise<Anchoring> {
  await requireOperator(deployment, account, agency);
  return {
    estimate: async (request) => {
      const { gas, fee } = await account.estimate(callOf(deployment, request));
      return { gas: Number(gas), fee };
    },
    sign: (request) => account.sign(callOf(deployment, request)),
    send: (transaction) => account.send(transaction),
    isPending: (transaction) => account.isPending(transaction),
    findReceipt: (root, transaction) => findReceipt(deployment, agency, root, transaction),
  };
}

async function requireOperator(
  deployment: Deployment,
  account: Account,
  agency: string,
): Promise<void> {
  const args = [account.address];
  const operator = await readAt(deployment, "AgencyRegistry", "operatorOf", args, "latest");
  const { agency: served } = operator as { agency: string };
  if (codeOf(served) === agency) return;
  throw new Problem("CONTRACT_REFUSED", `${account.address} is no operator of ${agency}`);
}

function callOf({ addresses }: Deployment, request: AnchorRequest): Call {
  const { type, schemaVersion, suite, root, size, manifestHash } = request;
  const args = [codeToChain(type), schemaVersion, suite, { root, size, manifestHash }];
  const data = interfaceOf("BatchAnchor").encodeFunctionData("anchor", args);
  return { to: addresses.BatchAnchor, data };
}

/** By the record and its event, whichever transaction made it; by the transaction only that it failed. */
async function findReceipt(
  deployment: Deployment,
  agency: string,
  root: string,
  transaction: SignedTransaction | null,
): Promise<AnchorReceipt | null> {
  const anchored = await findAnchored(deployment, agency, root);
  if (anchored === null) {
    if (transaction !== null) await requireNotReverted(deployment, transaction);
    return null;
  }
  const hash = anchored.transactionHash;
  const receipt = await deployment.rpc.ask((provider) => provider.getTransactionReceipt(hash));
  if (receipt === null) return null;
  return {
    transaction: hash,
    block: receipt.blockNumber,
    blockHash: receipt.blockHash,
    sequence: Number(anchored.event.args.getValue("sequence")),
    head: String(anchored.event.args.getValue("head")),
    gasUsed: Number(receipt.gasUsed),
  };
}

interface FoundAnchor {
  readonly transactionHash: string;
  readonly event: LogDescription;
}

/** The newest blocks first, in steps that gateways allow; none where the contract has no record. */
async function findAnchored(
  deployment: Deployment,
  agency: string,
  root: string,
): Promise<FoundAnchor | null> {
  const batch = [codeToChain(agency), root];
  if ((await readAt(deployment, "BatchAnchor", "sizeOf", batch, "latest")) === 0n) return null;
  const { rpc, firstBlock } = deployment;
  const latest = await rpc.ask((provider) => provider.getBlockNumber());
  for (let to = latest; to >= firstBlock; to -= LOG_STEP_BLOCKS) {
    const from = Math.max(firstBlock, to - LOG_STEP_BLOCKS + 1);
    const found = await findAnchoredIn(deployment, batch, from, to);
    if (found !== null) return found;
  }
  return null;
}

async function findAnchoredIn(
  { rpc, addresses }: Deployment,
  batch: readonly string[],
  fromBlock: number,
  toBlock: number,
): Promise<FoundAnchor | null> {
  const contract = interfaceOf("BatchAnchor");
  const topics = contract.encodeFilterTopics("BatchAnchored", batch) as string[];
  const filter = { address: addresses.BatchAnchor, topics, fromBlock, toBlock };
  return rpc.ask(async (provider) => {
    const logs = await provider.getLogs(filter);
    const log = logs.find((one) => topics.every((topic, i) => one.topics[i] === topic));
    const event = log === undefined ? null : contract.parseLog(log);
    if (log === undefined || event === null) return null;
    return { transactionHash: log.transactionHash, event };
  });
}

async function requireNotReverted({ rpc }: Deployment, { hash }: SignedTransaction): Promise<void> {
  const receipt = await rpc.ask((provider) => provider.getTransactionReceipt(hash));
  if (receipt?.status === 0) throw new Problem("CONTRACT_REFUSED", `reverted: ${hash}`);
}
