/** A chain told from a story's events, that answers as a node would, and can be bent. */
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { LedgerEvent } from "../../src/core/ledger/events.ts";
import { applyEvent } from "../../src/core/ledger/reduce.ts";
import type { LedgerIdentity, LedgerState } from "../../src/core/ledger/state.ts";
import { batchKey, emptyLedger } from "../../src/core/ledger/state.ts";
import { recordedStatus } from "../../src/core/ledger/statuses.ts";
import type {
  Block,
  ChainFingerprint,
  ChainReader,
  ContractCounters,
} from "../../src/ports/chain-reader.ts";
import { IDENTITY } from "./ledger-story.ts";
import { seededBytes } from "./seeded.ts";

export interface ChainInMemory extends ChainReader {
  /** The number of the newest block; blocks without events are there too. */
  height: number;
  /** What was asked for, as [from, to]. */
  readonly asked: (readonly [number, number])[];
  /** What frozen deployments said after their freeze. */
  readonly strays: LedgerEvent[];
}

export const FINGERPRINT: ChainFingerprint = {
  genesis: `0x${"9e".repeat(32)}`,
  codes: { [IDENTITY.directory]: `0x${"c0".repeat(32)}` },
};

/** @param events by block, each at most at `height` */
export function chainInMemory(
  events: readonly LedgerEvent[],
  height: number,
  identity: LedgerIdentity = IDENTITY,
): ChainInMemory {
  const asked: (readonly [number, number])[] = [];
  const strays: LedgerEvent[] = [];
  const stateAt = ({ number }: Block): LedgerState => {
    const state = emptyLedger(identity);
    for (const event of events) if (event.position.block <= number) applyEvent(state, event);
    return state;
  };
  const chain: ChainInMemory = {
    height,
    asked,
    strays,
    identity,
    firstBlock: 1,
    latestBlock: async () => blockOf(chain.height),
    block: async (number) => (number <= chain.height ? blockOf(number) : null),
    events: async (from, to) => {
      asked.push([from, to]);
      return events.filter(({ position }) => position.block >= from && position.block <= to);
    },
    strayEvents: async () => strays,
    counters: async ({ number }, generation = identity.predecessors.length) => {
      const known = events.filter(({ position }) => position.block <= number);
      return countersOf(known, identity, generation);
    },
    statusWord: async (agency, root, word, block) => {
      const certificates = stateAt(block).statuses.get(batchKey(agency, root))?.certificates;
      let value = 0n;
      for (let i = 0; i < 64; i++) {
        value |= BigInt(recordedStatus(certificates?.of(64 * word + i))) << BigInt(4 * i);
      }
      return value;
    },
    batchStatus: async (agency, root, block) =>
      recordedStatus(stateAt(block).statuses.get(batchKey(agency, root))?.whole),
    fingerprint: async () => FINGERPRINT,
  };
  return chain;
}

/** A generation's counters stay what they were when it was frozen. */
function countersOf(
  events: readonly LedgerEvent[],
  identity: LedgerIdentity,
  generation: number,
): ContractCounters {
  const state = emptyLedger(identity);
  for (const event of events) {
    if (event.kind === "LedgerFrozen" && state.freezes.length === generation) {
      const { sequence, head, sequences } = state;
      return { sequence, head, sequences: { ...sequences, AuthorityRegistry: event.sequence } };
    }
    applyEvent(state, event);
  }
  const { sequence, head, sequences } = state;
  return { sequence, head, sequences };
}

export function blockOf(number: number): Block {
  const hash = `0x${toHex(seededBytes(`block ${String(number)}`, 32))}`;
  return { number, hash, time: 1_700_000_000 + number };
}

/** The same events in other blocks: event i in block `blockFor(i)`, which must not fall. */
export function spread(
  events: readonly LedgerEvent[],
  blockFor: (index: number) => number,
): LedgerEvent[] {
  return events.map((event, i) => {
    const block = blockFor(i);
    return { ...event, position: { ...event.position, block, logIndex: i } };
  });
}
