/** The logs of contracts as a node gives them, checked and read. */
import type { EventPosition, LedgerEventContent } from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";
import type { ContractName } from "./contracts.ts";
import { interfaceOf } from "./contracts.ts";
import { decodeEvent } from "./decode-event.ts";
import type { Rpc } from "./rpc.ts";

/** How many blocks one eth_getLogs asks for; nodes and gateways commonly refuse more. */
export const LOG_STEP_BLOCKS = 1_000;

export type Raw = Readonly<Record<string, unknown>>;

export interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly block: number;
  /** Null from nodes that do not put the block's time beside the log. */
  readonly time: number | null;
  readonly logIndex: number;
  readonly transaction: string;
}

export type LogPlace = Pick<EventPosition, "block" | "logIndex">;

export function comparePlaces(a: LogPlace, b: LogPlace): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}

/** How nodes and gateways say that an answer would be too long. */
const TOO_MUCH = /too (many|long|large|wide|big)|limit|exceed|more than|max.*(range|results)/i;

/**
 * All logs of these contracts in blocks `from` to `to`, in the chain's order, step by step: shorter ones where
 * the node refuses that much at once.
 */
export async function* fetchLogs(
  rpc: Rpc,
  address: readonly string[],
  from: number,
  to: number,
): AsyncGenerator<Log> {
  let width = LOG_STEP_BLOCKS;
  for (let at = from; at <= to;) {
    const last = Math.min(at + width - 1, to);
    const logs = await logsOf(rpc, address, at, last).catch((error: unknown) => {
      if (last === at || !isTooMuch(error)) throw error;
      return null;
    });
    if (logs === null) {
      width = Math.ceil((last - at + 1) / 2);
      continue;
    }
    yield* logs;
    at = last + 1;
  }
}

function isTooMuch(error: unknown): boolean {
  return error instanceof Problem && error.code === "RPC_FAULT" && TOO_MUCH.test(error.detail);
}

async function logsOf(
  rpc: Rpc,
  address: readonly string[],
  from: number,
  to: number,
): Promise<Log[]> {
  const filter = { address, fromBlock: quantity(from), toBlock: quantity(to) };
  const raw: unknown = await rpc.ask((provider) => provider.send("eth_getLogs", [filter]));
  return wellFormed("logs", () => (raw as readonly Raw[]).map(readLog)).sort(comparePlaces);
}

/** @returns null for what says nothing to the reducer. */
export function contentOf(log: Log, name: ContractName): LedgerEventContent | null {
  return wellFormed("log", () => {
    const parsed = interfaceOf(name).parseLog(log);
    return parsed === null ? null : decodeEvent(parsed);
  });
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

/** A node's answer that has not the form it must have is the node's fault. */
export function wellFormed<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Problem("RPC_FAULT", `the node's ${what} can't be read`, error);
  }
}

export function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

export function countOf(quantity: unknown): number {
  const count = typeof quantity === "string" ? Number(quantity) : NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new RangeError("not a quantity");
}

export function hashOf(value: unknown): string {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase();
  throw new RangeError("not a hash");
}
