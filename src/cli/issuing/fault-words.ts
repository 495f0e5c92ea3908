/** What was wrong with records, in sum. */
import type { FaultCount } from "../../app/issue/fault-tally.ts";
import type { Output } from "../terminal/output.ts";

/** Rows shown: the error file has them all. */
const MOST_ROWS = 30;

/** A row for each fault and column, the most frequent first. */
export function showFaults(output: Output, counts: readonly FaultCount[]): void {
  if (counts.length === 0) return;
  output.table(
    ["count 数量", "column 列", "code 代码", "说明", "meaning", "such as 例如"],
    counts.slice(0, MOST_ROWS).map(({ count, column, code, words, examples }) => {
      return [String(count), column, code, words.zh, words.en, exampleText(examples)];
    }),
  );
  const more = counts.length - MOST_ROWS;
  if (more > 0) output.say(`另有 And ${String(more)} more kinds.`);
}

/** line 3: 张*, line 9 */
function exampleText(examples: FaultCount["examples"]): string {
  return examples
    .map(({ line, value }) => `line ${String(line)}${value === "" ? "" : `: ${value}`}`)
    .join(", ");
}

/** The same of what stops nothing, with what to do. */
export function showWarnings(output: Output, counts: readonly FaultCount[]): void {
  if (counts.length === 0) return;
  output.say("请核对，不影响签发 To be looked at; it stops nothing:");
  showFaults(output, counts);
  for (const { remedyZh, remedyEn } of new Set(counts.map(({ words }) => words))) {
    output.say(`    → ${remedyZh}\n    → ${remedyEn}`);
  }
}

/** What the records of a table come to besides certificates. */
export interface FoundCounts {
  readonly faults: readonly FaultCount[];
  readonly warnings: readonly FaultCount[];
}

export function foundJson({ faults, warnings }: FoundCounts): Record<string, unknown> {
  return { faults: faultsJson(faults), warnings: faultsJson(warnings) };
}

/** As --json has them. */
export function faultsJson(counts: readonly FaultCount[]): unknown {
  return counts.map(({ column, code, count, examples }) => ({ column, code, count, examples }));
}
