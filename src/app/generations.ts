/**
 * A ledger that was migrated is told by several deployments, one after the other: its generations, numbered
 * from 0. Each has counters of its own, which its contracts say for ever.
 */
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import type { ContractCounters } from "../ports/chain-reader.ts";

/** Where each generation of a replay ended, by its number; the present one's so far. */
export class Arrivals {
  readonly #arrived: Map<number, ContractCounters>;

  constructor(arrived: ReadonlyMap<number, ContractCounters> = new Map()) {
    this.#arrived = new Map(arrived);
  }

  /** The same so far, to go on apart from this one. */
  copy(): Arrivals {
    return new Arrivals(this.#arrived);
  }

  /** Before an event is applied: a freeze is the last event of its generation's authorities. */
  before(state: LedgerState, event: LedgerEvent): void {
    if (event.kind !== "LedgerFrozen") return;
    const { sequences, ...log } = countersOf(state);
    const closing = { ...log, sequences: { ...sequences, AuthorityRegistry: event.sequence } };
    this.#arrived.set(generationOf(state), closing);
  }

  /** At the end, with the present generation's counters. */
  all(state: LedgerState): ReadonlyMap<number, ContractCounters> {
    return new Map(this.#arrived).set(generationOf(state), countersOf(state));
  }
}

/** A deployment that another succeeds goes on being the last that is read. */
function generationOf({ freezes, identity }: LedgerState): number {
  return Math.min(freezes.length, identity.predecessors.length);
}

function countersOf({ sequence, head, sequences }: LedgerState): ContractCounters {
  return { sequence, head, sequences: { ...sequences } };
}

export interface CounterDifference {
  readonly what: string;
  readonly replayed: string | number;
  readonly recorded: string | number;
}

/** What differs between the counters that the events lead to and those the contracts say. */
export function differences(
  replayed: ContractCounters,
  recorded: ContractCounters,
): CounterDifference[] {
  const contracts = Object.keys(recorded.sequences) as (keyof ContractCounters["sequences"])[];
  const pairs: CounterDifference[] = [
    { what: "BatchAnchor number", replayed: replayed.sequence, recorded: recorded.sequence },
    { what: "BatchAnchor head", replayed: replayed.head, recorded: recorded.head },
    ...contracts.map((contract) => ({
      what: `${contract} number`,
      replayed: replayed.sequences[contract],
      recorded: recorded.sequences[contract],
    })),
  ];
  return pairs.filter((pair) => pair.replayed !== pair.recorded);
}
