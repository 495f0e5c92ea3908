/** Anchoring batches: how many fit, sign, send, and find out what really happened. */
import type { LogDescription, TransactionReceipt } from "ethers";
import { Problem } from "../../core/problem.ts";
import { TRANSACTION_GAS_CAP } from "../../ports/anchoring.ts";
import type {
  AnchorPlan,
  AnchorReceipt,
  AnchorRequest,
  Anchoring,
  FoundAnchor,
  MinedTransaction,
} from "../../ports/anchoring.ts";
import type { Account, Call } from "./account.ts";
import { withMargin } from "./account.ts";
import { codeOf, codeToChain } from "./chain-words.ts";
import { interfaceOf } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";
import { readAt } from "./deployment.ts";
import { LOG_STEP_BLOCKS } from "./logs.ts";

/** Roots in one eth_getLogs, so that its answer is no longer: a root is anchored once. */
const ROOTS_IN_FILTER = 500;
/** Questions on their way at once. */
const PARALLEL = 16;
/** A transaction may take so much of a block's gas, in percent: beyond that it waits for an empty one. */
const BLOCK_PERCENT = 90;
/** What is planned leaves room within the limit, in percent: an estimate is of the state now. */
const FILLED_PERCENT = 97;
/** So full is full enough not to ask the node for an estimate once more. */
const GOOD_SHARE = 0.95;

/** @throws Problem CONTRACT_REFUSED when the account acts for no agency, or for another. */
export async function anchoringFor(
  deployment: Deployment,
  account: Account,
  agency: string,
): Promise<Anchoring> {
  await requireOperator(deployment, account, agency);
  return {
    account: account.address,
    plan: (requests) => planOf(deployment, account, requests),
    sign: async (requests, { nonce, gas }) => {
      const gasLimit = withMargin(BigInt(gas), BigInt(await gasLimitOf(deployment)));
      return account.sign(callOf(deployment, requests), { nonce, gasLimit });
    },
    signNothing: (nonce) => {
      return account.sign({ to: account.address, data: "0x" }, { nonce, gasLimit: PLAIN_GAS });
    },
    signDearer: (transaction) => account.signDearer(transaction),
    send: (transaction) => account.send(transaction),
    nonces: () => account.nonces(),
    isKnown: ({ hash }) => account.isKnown(hash),
    mined: async ({ hash }) => {
      const receipt = await account.receipt(hash);
      return receipt === null ? null : readMined(deployment, agency, receipt);
    },
    findAnchors: (roots) => findAnchors(deployment, account, agency, roots),
  };
}

/** What a transaction takes that does nothing. */
const PLAIN_GAS = 21_000n;

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

function callOf({ addresses }: Deployment, requests: readonly AnchorRequest[]): Call {
  const [first, ...more] = requests;
  if (first === undefined) throw new RangeError("nothing to anchor");
  const { type, schemaVersion, suite } = first;
  const kind = [codeToChain(type), schemaVersion, suite];
  const method = more.length === 0 ? "anchor" : "anchorMany";
  const batches = requests.map(({ root, size, manifestHash }) => ({ root, size, manifestHash }));
  const args = [...kind, more.length === 0 ? batches[0] : batches];
  const data = interfaceOf("BatchAnchor").encodeFunctionData(method, args);
  return { to: addresses.BatchAnchor, data };
}

/**
 * As many as the node's own estimate says. Where it can't say for so many, it is asked for half of them, and
 * then for as many as that one's gas promises.
 */
async function planOf(
  deployment: Deployment,
  account: Account,
  requests: readonly AnchorRequest[],
): Promise<AnchorPlan> {
  const most = ((await gasLimitOf(deployment)) * FILLED_PERCENT) / 100;
  let best: AnchorPlan | null = null;
  let tooMany = requests.length + 1;
  for (let count = requests.length; count > (best?.count ?? 0);) {
    const estimate = await estimateOf(deployment, account, requests.slice(0, count));
    if (estimate !== null && (estimate.gas <= most || count === 1)) best = { count, ...estimate };
    else tooMany = count;
    if (best !== null && best.gas >= most * GOOD_SHARE) break;
    const promised = estimate === null ? count / 2 : (count * most) / estimate.gas;
    count = Math.max(1, Math.min(Math.floor(promised), tooMany - 1));
  }
  return best as AnchorPlan;
}

/** Of one transaction, as the chain is now. */
async function gasLimitOf({ rpc }: Deployment): Promise<number> {
  const block = await rpc.ask((provider) => provider.getBlock("latest"));
  if (block === null) throw new Problem("RPC_FAULT", "the node gives no latest block");
  return Math.min(TRANSACTION_GAS_CAP, Math.floor((Number(block.gasLimit) * BLOCK_PERCENT) / 100));
}

/** @returns null where several are refused for what may be their number alone. */
async function estimateOf(
  deployment: Deployment,
  account: Account,
  requests: readonly AnchorRequest[],
): Promise<{ readonly gas: number; readonly fee: bigint } | null> {
  try {
    const { gas, fee } = await account.estimate(callOf(deployment, requests));
    return { gas: Number(gas), fee };
  } catch (error) {
    if (requests.length > 1 && isPerhapsTooMany(error)) return null;
    throw error;
  }
}

/** Nodes differ in how they say that gas runs out; what the contract says in its own words is not that. */
function isPerhapsTooMany(error: unknown): boolean {
  if (!(error instanceof Problem)) return false;
  if (error.code === "RPC_FAULT") return /gas/i.test(error.detail);
  return error.code === "CONTRACT_REFUSED" && !/^[A-Z]\w+\(/.test(error.detail);
}

function readMined(
  deployment: Deployment,
  agency: string,
  receipt: TransactionReceipt,
): MinedTransaction {
  const anchors = receipt.logs.flatMap(({ address, topics, data }) => {
    if (address.toLowerCase() !== deployment.addresses.BatchAnchor) return [];
    const event = anchoredEvent(agency, { topics, data });
    return event === null ? [] : [foundAnchor(event, receipt)];
  });
  return { isReverted: receipt.status !== 1, anchors };
}

/** @returns null for another event, or another agency's. */
function anchoredEvent(
  agency: string,
  log: { readonly topics: readonly string[]; readonly data: string },
): LogDescription | null {
  const event = interfaceOf("BatchAnchor").parseLog(log);
  if (event?.name !== "BatchAnchored") return null;
  return codeOf(String(event.args.getValue("agency"))) === agency ? event : null;
}

function foundAnchor({ args }: LogDescription, mined: TransactionReceipt): FoundAnchor {
  const valueOf = (name: string): unknown => args.getValue(name);
  const request: AnchorRequest = {
    type: codeOf(String(valueOf("certificateType"))),
    schemaVersion: Number(valueOf("schemaVersion")),
    suite: Number(valueOf("suite")),
    root: String(valueOf("root")),
    size: Number(valueOf("size")),
    manifestHash: String(valueOf("manifestHash")),
  };
  const receipt: AnchorReceipt = {
    transaction: mined.hash,
    block: mined.blockNumber,
    blockHash: mined.blockHash,
    sequence: Number(valueOf("sequence")),
    head: String(valueOf("head")),
    gasUsed: Number(mined.gasUsed),
  };
  return { request, receipt };
}

/** Asks the contract which there are, and looks for their events only then. */
async function findAnchors(
  deployment: Deployment,
  account: Account,
  agency: string,
  roots: readonly string[],
): Promise<readonly FoundAnchor[]> {
  const anchored = await anchoredRoots(deployment, agency, roots);
  const hashes = new Set<string>();
  for (let at = 0; at < anchored.length; at += ROOTS_IN_FILTER) {
    const some = anchored.slice(at, at + ROOTS_IN_FILTER);
    for (const hash of await findTransactions(deployment, agency, some)) hashes.add(hash);
  }
  const found: FoundAnchor[] = [];
  for (const hash of hashes) {
    const receipt = await account.receipt(hash);
    if (receipt !== null) found.push(...readMined(deployment, agency, receipt).anchors);
  }
  return found.filter(({ request }) => anchored.includes(request.root));
}

async function anchoredRoots(
  deployment: Deployment,
  agency: string,
  roots: readonly string[],
): Promise<string[]> {
  const anchored: string[] = [];
  for (let at = 0; at < roots.length; at += PARALLEL) {
    const some = roots.slice(at, at + PARALLEL);
    const sizes = await Promise.all(
      some.map((root) => {
        const batch = [codeToChain(agency), root];
        return readAt(deployment, "BatchAnchor", "sizeOf", batch, "latest");
      }),
    );
    anchored.push(...some.filter((_root, i) => sizes[i] !== 0n));
  }
  return anchored;
}

/** The transactions of these roots: the newest blocks first, in steps that gateways allow, until all are found. */
async function findTransactions(
  deployment: Deployment,
  agency: string,
  roots: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rpc, firstBlock } = deployment;
  const missing = new Set(roots);
  const hashes = new Set<string>();
  const latest = await rpc.ask((provider) => provider.getBlockNumber());
  for (let to = latest; to >= firstBlock && missing.size > 0; to -= LOG_STEP_BLOCKS) {
    const from = Math.max(firstBlock, to - LOG_STEP_BLOCKS + 1);
    for (const { hash, root } of await anchorsIn(deployment, agency, [...missing], from, to)) {
      if (missing.delete(root)) hashes.add(hash);
    }
  }
  return hashes;
}

interface AnchorPlace {
  readonly hash: string;
  readonly root: string;
}

async function anchorsIn(
  { rpc, addresses }: Deployment,
  agency: string,
  roots: readonly string[],
  fromBlock: number,
  toBlock: number,
): Promise<readonly AnchorPlace[]> {
  const batches = [codeToChain(agency), roots];
  const topics = interfaceOf("BatchAnchor").encodeFilterTopics("BatchAnchored", batches);
  const filter = { address: addresses.BatchAnchor, topics, fromBlock, toBlock };
  const logs = await rpc.ask((provider) => provider.getLogs(filter));
  return logs.flatMap(({ topics: [, , root = ""], transactionHash: hash }) => ({ hash, root }));
}
