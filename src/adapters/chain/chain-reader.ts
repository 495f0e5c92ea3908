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
const LOG_STEP_BLOCKS = 1_000;

interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockTimestamp?: string;
  readonly logIndex: string;
  readonly transactionHash: string;
}

interface RawBlock {
  readonly number: string;
  readonly hash: string;
  readonly timestamp: string;
}

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
  const raw = (await rpc.ask((provider) => {
    return provider.send("eth_getBlockByNumber", [tag, false]);
  })) as RawBlock | null;
  if (raw === null) return null;
  return { number: Number(raw.number), hash: raw.hash, time: Number(raw.timestamp) };
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
  const logs: RawLog[] = [];
  for (let at = from; at <= to; at += LOG_STEP_BLOCKS) {
    logs.push(...(await fetchLogs(deployment, at, Math.min(at + LOG_STEP_BLOCKS - 1, to))));
  }
  logs.sort(compareLogs);
  const times = await blockTimes(deployment, logs);
  const names = contractNames(deployment.addresses);
  return logs.flatMap((log) => {
    const event = toEvent(log, names, times);
    return event === null ? [] : [event];
  });
}

async function fetchLogs(deployment: Deployment, from: number, to: number): Promise<RawLog[]> {
  const { Directory: _directory, ...watched } = deployment.addresses;
  const address = Object.values(watched);
  const filter = { address, fromBlock: quantity(from), toBlock: quantity(to) };
  const logs: unknown = await deployment.rpc.ask((provider) => {
    return provider.send("eth_getLogs", [filter]);
  });
  if (!Array.isArray(logs)) unanswered("logs");
  return logs as RawLog[];
}

function compareLogs(a: RawLog, b: RawLog): number {
  return Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex);
}

/** Nodes that put the time beside the log spare one question for each block. */
async function blockTimes(
  deployment: Deployment,
  logs: readonly RawLog[],
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const { blockNumber, blockTimestamp } of logs) {
    if (times.has(blockNumber)) continue;
    const time = blockTimestamp ?? (await fetchBlock(deployment, blockNumber))?.time;
    if (time === undefined) unanswered(`block ${blockNumber}`);
    times.set(blockNumber, Number(time));
  }
  return times;
}

function contractNames(addresses: Addresses): ReadonlyMap<string, ContractName> {
  const entries = Object.entries(addresses) as [ContractName, string][];
  return new Map(entries.map(([name, address]) => [address, name]));
}

function toEvent(
  log: RawLog,
  names: ReadonlyMap<string, ContractName>,
  times: ReadonlyMap<string, number>,
): LedgerEvent | null {
  const name = names.get(log.address.toLowerCase());
  const parsed = name === undefined ? null : interfaceOf(name).parseLog(log);
  const content = parsed === null ? null : decodeEvent(parsed);
  if (content === null) return null;
  const position: EventPosition = {
    block: Number(log.blockNumber),
    logIndex: Number(log.logIndex),
    time: times.get(log.blockNumber) as number,
    transaction: log.transactionHash,
  };
  return { ...content, position };
}
