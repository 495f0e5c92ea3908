/** How often each fault occurs in each column, with the first examples. */
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
  readonly #counts = new Map<string, FaultCount & { readonly examples: FaultExample[] }>();

  add(line: number, { code, value, words }: RecordFault, place: string): void {
    // Of `owners[17].name` there are as many as owners.
    const column = place.replace(/\[\d+\]/g, "");
    const key = `${column} ${code}`;
    const known = this.#counts.get(key) ?? { column, code, words, count: 0, examples: [] };
    if (known.examples.length < EXAMPLES) known.examples.push({ line, value });
    this.#counts.set(key, { ...known, count: known.count + 1 });
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
