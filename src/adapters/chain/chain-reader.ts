/** The chain as the application reads it, over one JSON-RPC node. */
import { Problem } from "../../core/problem.ts";
import type { EventPosition, LedgerEvent } from "../../core/ledger/events.ts";
import type { Block, ChainReader, ContractCounters } from "../../ports.ts";
import { codeToChain } from "./chain-words.ts";
import type { ContractName } from "./contracts.ts";
import { interfaceOf } from "./contracts.ts";
import { decodeEvent } from "./decode-event.ts";
import type { Addresses, Deployment } from "./deployment.ts";
import { readAt } from "./deployment.ts";

/** How many blocks one eth_getLogs asks for; nodes and gateways commonly refuse more. */
export const LOG_STEP_BLOCKS = 1_000;

/** A log as a node gives it, checked and read. */
interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly block: number;
  /** Null from nodes that do not put the block's time beside the log. */
  readonly time: number | null;
  readonly logIndex: number;
  readonly transaction: string;
}

type Raw = Readonly<Record<string, unknown>>;

export function chainReader(deployment: Deployment): ChainReader {
  const { identity, firstBlock } = deployment;
  const read = (contract: ContractName, method: string, args: unknown[], block: Block) =>
    readAt(deployment, contract, method, args, block);
  return {
    identity,
    firstBlock,
    latestBlock: async () => (await fetchBlock(deployment, "latest")) ?? unanswered("latest block"),
    block: (number) => fetchBlock(deployment, quantity(number)),
    events: (from, to) => fetchEvents(deployment, from, to),
    counters: (block) => readCounters(deployment, block),
    statusWord: async (agency, root, word, block) => {
      const args = [codeToChain(agency), root, word];
      return (await read("StatusRegistry", "statusWordOf", args, block)) as bigint;
    },
    batchStatus: async (agency, root, block) => {
      return Number(
        await read("StatusRegistry", "batchStatusOf", [codeToChain(agency), root], block),
      );
    },
  };
}

function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

function unanswered(what: string): never {
  throw new Problem("RPC_FAULT", `the node gives no ${what}`);
}

async function fetchBlock({ rpc }: Deployment, tag: string): Promise<Block | null> {
  const raw: unknown = await rpc.ask((provider) => {
    return provider.send("eth_getBlockByNumber", [tag, false]);
  });
  if (raw === null) return null;
  return wellFormed(`block ${tag}`, () => {
    const { number, hash, timestamp } = raw as Raw;
    return { number: countOf(number), hash: hashOf(hash), time: countOf(timestamp) };
  });
}

/** A node's answer that has not the form it must have is the node's fault. */
function wellFormed<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Problem("RPC_FAULT", `the node's ${what} can't be read`, error);
  }
}

function countOf(quantity: unknown): number {
  const count = typeof quantity === "string" ? Number(quantity) : NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new RangeError("not a quantity");
}

function hashOf(value: unknown): string {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase();
  throw new RangeError("not a hash");
}

async function readCounters(deployment: Deployment, block: Block): Promise<ContractCounters> {
  const sequenceOf = async (name: ContractName): Promise<number> =>
    Number(await readAt(deployment, name, "sequence", [], block));
  const [sequence, head, AgencyRegistry, CertificateCatalog, RecognitionPolicy] = await Promise.all(
    [
      sequenceOf("BatchAnchor"),
      readAt(deployment, "BatchAnchor", "head", [], block),
      sequenceOf("AgencyRegistry"),
      sequenceOf("CertificateCatalog"),
      sequenceOf("RecognitionPolicy"),
    ],
  );
  const sequences = { AgencyRegistry, CertificateCatalog, RecognitionPolicy };
  return { sequence, head: head as string, sequences };
}

async function fetchEvents(
  deployment: Deployment,
  from: number,
  to: number,
): Promise<LedgerEvent[]> {
  const logs: Log[] = [];
  for (let at = from; at <= to; at += LOG_STEP_BLOCKS) {
    logs.push(...(await fetchLogs(deployment, at, Math.min(at + LOG_STEP_BLOCKS - 1, to))));
  }
  logs.sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
  const times = await blockTimes(deployment, logs);
  const names = contractNames(deployment.addresses);
  return logs.flatMap((log) => wellFormed("log", () => toEvents(log, names, times)));
}

async function fetchLogs(deployment: Deployment, from: number, to: number): Promise<Log[]> {
  const { Directory: _directory, ...watched } = deployment.addresses;
  const address = Object.values(watched);
  const filter = { address, fromBlock: quantity(from), toBlock: quantity(to) };
  const logs: unknown = await deployment.rpc.ask((provider) => {
    return provider.send("eth_getLogs", [filter]);
  });
  return wellFormed("logs", () => (logs as readonly Raw[]).map(readLog));
}

function readLog({ blockTimestamp = null, ...raw }: Raw): Log {
  return {
    address: (raw["address"] as string).toLowerCase(),
    topics: raw["topics"] as readonly string[],
    data: raw["data"] as string,
    block: countOf(raw["blockNumber"]),
    time: blockTimestamp === null ? null : countOf(blockTimestamp),
    logIndex: countOf(raw["logIndex"]),
    transaction: hashOf(raw["transactionHash"]),
  };
}

/** Nodes that put the time beside the log spare one question for each block. */
async function blockTimes(
  deployment: Deployment,
  logs: readonly Log[],
): Promise<ReadonlyMap<number, number>> {
  const times = new Map<number, number>();
  for (const { block, time: beside } of logs) {
    if (times.has(block)) continue;
    const time = beside ?? (await fetchBlock(deployment, quantity(block)))?.time;
    times.set(block, time ?? unanswered(`block ${String(block)}`));
  }
  return times;
}

function contractNames(addresses: Addresses): ReadonlyMap<string, ContractName> {
  const entries = Object.entries(addresses) as [ContractName, string][];
  return new Map(entries.map(([name, address]) => [address, name]));
}

/** One, or none for what says nothing to the reducer. */
function toEvents(
  log: Log,
  names: ReadonlyMap<string, ContractName>,
  times: ReadonlyMap<number, number>,
): LedgerEvent[] {
  const { address, block, logIndex, transaction } = log;
  const name = names.get(address);
  const parsed = name === undefined ? null : interfaceOf(name).parseLog(log);
  const content = parsed === null ? null : decodeEvent(parsed);
  if (content === null) return [];
  const time = times.get(block) as number;
  const position: EventPosition = { block, logIndex, time, transaction };
  return [{ ...content, position }];
}
