/**
 * The audit (审计): replays every event from the first block, checks each against the state before it, and
 * compares where it arrives with what the contracts themselves say at the same block.
 */
import { inspectEvent, placeOf } from "../core/audit/inspect-event.ts";
import type { Finding } from "../core/audit/findings.ts";
import { batchKey, emptyLedger } from "../core/ledger/state.ts";
import type { Anchor, LedgerState } from "../core/ledger/state.ts";
import { applyEvent } from "../core/ledger/reduce.ts";
import { recordedStatus } from "../core/ledger/statuses.ts";
import { Problem } from "../core/problem.ts";
import type { Primitives } from "../core/hashing.ts";
import type { Block, ChainReader, ContractCounters } from "../ports/chain-reader.ts";
import type { Progress } from "../ports/progress.ts";
import { Arrivals, differences } from "./generations.ts";
import type { CounterDifference } from "./generations.ts";
import { readEvents } from "./read-events.ts";

/** Certificates in one storage slot of StatusRegistry. */
const STATUSES_PER_WORD = 64;

export interface Replay {
  readonly state: LedgerState;
  readonly block: Block;
  readonly events: number;
  /** In the order of the chain; the first is the first thing wrong. */
  readonly findings: readonly Finding[];
}

/** @throws Problem RPC_… when the node can't be asked: an audit that could not be done finds nothing. */
export async function replayHistory(
  chain: ChainReader,
  primitives: Primitives,
  progress?: Progress,
): Promise<Replay> {
  const block = await chain.latestBlock();
  const state = emptyLedger(chain.identity);
  const findings: Finding[] = [];
  const arrivals = new Arrivals();
  let events = 0;
  for await (const event of readEvents(chain, chain.firstBlock, block.number, progress)) {
    findings.push(...inspectEvent(primitives.keccak256, state, event));
    arrivals.before(state, event);
    applyEvent(state, event);
    events++;
  }
  findings.push(...(await compareCounters(chain, arrivals.all(state), block)));
  findings.push(...(await findStrays(chain)));
  findings.push(...(await compareStatuses(chain, state, block, progress)));
  findings.push(...(await compareBlock(chain, block)));
  return { state, block, events, findings };
}

/** Each generation's, at its end or now: a frozen one's stay what they were. */
async function compareCounters(
  chain: ChainReader,
  arrived: ReadonlyMap<number, ContractCounters>,
  block: Block,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [generation, counters] of arrived) {
    const recorded = await chain.counters(block, generation);
    const old = chain.identity.predecessors[generation];
    const whose = old === undefined ? "" : ` of ${old.directory}`;
    for (const difference of differences(counters, recorded)) {
      const place = `${difference.what}${whose} at block ${String(block.number)}`;
      findings.push({ code: "COUNTER_MISMATCH", place, detail: wordsOf(difference) });
    }
  }
  return findings;
}

function wordsOf({ replayed, recorded }: Omit<CounterDifference, "what">): string {
  return `replayed ${String(replayed)}, the contract says ${String(recorded)}`;
}

/** A registry of statuses can't be stopped without cost to each change; what it says late is only told. */
async function findStrays(chain: ChainReader): Promise<Finding[]> {
  const strays = await chain.strayEvents();
  return strays.map((event) => {
    const detail = "root" in event ? batchKey(event.agency, event.root) : "";
    return { code: "AFTER_FREEZE", place: placeOf(event), detail };
  });
}

/** Status events carry no number, so every storage word of every batch is read and compared. */
async function compareStatuses(
  chain: ChainReader,
  state: LedgerState,
  block: Block,
  progress?: Progress,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let done = 0;
  for (const [key, anchor] of state.anchors) {
    findings.push(...(await compareBatchStatus(chain, state, key, anchor, block)));
    const words = Math.ceil(anchor.size / STATUSES_PER_WORD);
    for (let word = 0; word < words; word++) {
      const recorded = await chain.statusWord(anchor.agency, anchor.root, word, block);
      const replayed = replayedWord(state, key, word);
      if (recorded !== replayed) findings.push(statusMismatch(key, word, replayed, recorded));
    }
    progress?.("statuses", ++done, state.anchors.size);
  }
  return findings;
}

async function compareBatchStatus(
  chain: ChainReader,
  state: LedgerState,
  key: string,
  { agency, root }: Anchor,
  block: Block,
): Promise<Finding[]> {
  const recorded = await chain.batchStatus(agency, root, block);
  const replayed = recordedStatus(state.statuses.get(key)?.whole);
  if (recorded === replayed) return [];
  const detail = wordsOf({ replayed, recorded });
  return [{ code: "STATUS_MISMATCH", place: `${key}, the batch`, detail }];
}

function replayedWord(state: LedgerState, key: string, word: number): bigint {
  const certificates = state.statuses.get(key)?.certificates;
  let value = 0n;
  for (let i = 0; i < STATUSES_PER_WORD; i++) {
    const status = recordedStatus(certificates?.of(word * STATUSES_PER_WORD + i));
    value |= BigInt(status) << BigInt(4 * i);
  }
  return value;
}

function statusMismatch(key: string, word: number, replayed: bigint, recorded: bigint): Finding {
  const difference = replayed ^ recorded;
  let first = 0;
  while (((difference >> BigInt(4 * first)) & 15n) === 0n) first++;
  const of = (value: bigint): string => String((value >> BigInt(4 * first)) & 15n);
  return {
    code: "STATUS_MISMATCH",
    place: `${key}, certificate ${String(word * STATUSES_PER_WORD + first)}`,
    detail: wordsOf({ replayed: of(replayed), recorded: of(recorded) }),
  };
}

async function compareBlock(chain: ChainReader, block: Block): Promise<Finding[]> {
  const now = await chain.block(block.number);
  if (now === null) throw new Problem("RPC_FAULT", `block ${String(block.number)} is gone`);
  if (now.hash === block.hash) return [];
  return [{ code: "REORGANISED", place: `block ${String(block.number)}`, detail: now.hash }];
}
