/**
 * Finds logs that a node keeps back: a block's header holds a filter of who has spoken in it (Ethereum Yellow
 * Paper, 4.3.1), and a node that has the block but not, or not yet, its logs contradicts itself. Events of
 * statuses have no number, so nothing else of one node tells that one is missing. Who makes up headers too is
 * found by other nodes alone.
 */
import { keccak256 } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { Log, Raw } from "./logs.ts";
import { quantity, wellFormed } from "./logs.ts";
import type { Rpc } from "./rpc.ts";

/** So many of the newest blocks asked for are looked at: what is older has long been indexed. */
const LOOKED_AT = 16;
const FILTER = /^0x[0-9a-fA-F]{512}$/;
const FILTER_BYTES = 256;
const LAST_BIT = FILTER_BYTES * 8 - 1;

/** The logs of these contracts that a node has given, of these blocks. */
export interface GivenLogs {
  readonly addresses: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly logs: readonly Log[];
}

/** @throws Problem CHAIN_INCONSISTENT where a block has logs that were not given */
export async function requireNoneKeptBack(rpc: Rpc, given: GivenLogs): Promise<void> {
  const first = Math.max(given.from, given.to - LOOKED_AT + 1);
  const numbers = Array.from({ length: given.to - first + 1 }, (_, at) => first + at);
  await Promise.all(numbers.map((number) => requireAllOf(rpc, number, given)));
}

async function requireAllOf(
  rpc: Rpc,
  number: number,
  { addresses, logs }: GivenLogs,
): Promise<void> {
  const block = await ask<Raw>(rpc, "eth_getBlockByNumber", [quantity(number), false]);
  const filter = block?.["logsBloom"];
  if (block === null || typeof filter !== "string" || !FILTER.test(filter)) return;
  const heard = new Set(logs.filter((log) => log.block === number).map(({ address }) => address));
  const unheard = addresses.filter((address) => !heard.has(address) && mayHold(filter, address));
  if (unheard.length === 0) return;
  if (await haveSpoken(rpc, block, unheard)) {
    throw new Problem("CHAIN_INCONSISTENT", `logs of block ${String(number)} are missing`);
  }
}

/** A filter may err, and says yes to much where a block holds much: the transactions' receipts don't. */
async function haveSpoken(rpc: Rpc, block: Raw, addresses: readonly string[]): Promise<boolean> {
  const hashes = wellFormed("block", () => [...(block["transactions"] as readonly string[])]);
  const receipts = await Promise.all(
    hashes.map((hash) => ask<Raw>(rpc, "eth_getTransactionReceipt", [hash])),
  );
  return wellFormed("receipts", () => {
    const logs = receipts.flatMap((receipt) => (receipt?.["logs"] ?? []) as readonly Raw[]);
    return logs.some(({ address }) => addresses.includes((address as string).toLowerCase()));
  });
}

function ask<T>(rpc: Rpc, method: string, params: readonly unknown[]): Promise<T | null> {
  return rpc.ask((provider) => provider.send(method, [...params]) as Promise<T | null>);
}

/** Three bits of a hash's first six bytes, each pair a number below 2,048. */
function mayHold(filter: string, address: string): boolean {
  const hash = Buffer.from(keccak256(address).slice(2), "hex");
  const bytes = Buffer.from(filter.slice(2), "hex");
  return [0, 2, 4].every((at) => {
    const bit = hash.readUInt16BE(at) & LAST_BIT;
    const byte = bytes[FILTER_BYTES - 1 - (bit >> 3)] ?? 0;
    return ((byte >> (bit & 7)) & 1) === 1;
  });
}
