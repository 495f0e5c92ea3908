/** How often each fault occurs in each column, or more narrowly, with the first examples. */
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { FaultReport } from "../../ports/record-source.ts";

export interface FaultExample {
  readonly line: number;
  /** Masked. */
  readonly value: string;
}

export interface FaultCount {
  readonly column: string;
  readonly code: RecordFault["code"];
  readonly words: RecordFault["words"];
  readonly count: number;
  readonly examples: readonly FaultExample[];
}

const EXAMPLES = 3;

export class FaultTally {
  readonly #counts = new Map<string, FaultCount>();
  readonly #kindOf: (fault: RecordFault) => string;

  /** @param kindOf what faults are told apart by that have the same column and code */
  constructor(kindOf: (fault: RecordFault) => string = () => "") {
    this.#kindOf = kindOf;
  }

  add(line: number, fault: RecordFault, place: string): void {
    this.addAll([line], fault, place);
  }

  /** The same fault in many records. */
  addAll(lines: readonly number[], fault: RecordFault, place: string): void {
    const { code, value, words } = fault;
    // Of `owners[17].name` there are as many as owners.
    const column = place.replace(/\[\d+\]/g, "");
    const key = `${column} ${code} ${this.#kindOf(fault)}`;
    const { count, examples } = this.#counts.get(key) ?? { count: 0, examples: [] };
    const more = lines.slice(0, EXAMPLES - examples.length).map((line) => ({ line, value }));
    const all = { count: count + lines.length, examples: [...examples, ...more] };
    this.#counts.set(key, { column, code, words, ...all });
  }

  /** The most frequent first. */
  counts(): FaultCount[] {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count);
  }
}

/** A report that counts what goes into another. */
export function tallied(report: FaultReport, tally: FaultTally): FaultReport {
  return {
    write: (line, fault, column = fault.field) => {
      tally.add(line, fault, column);
      report.write(line, fault, column);
    },
    close: () => report.close(),
  };
}
