/** What a run found, in words and tables. */
import type { Trial } from "./campaign.ts";
import type { Judgement } from "./survivors.ts";

export function reportOf(trials: readonly Trial[], judgement: Judgement): string {
  return [
    tableOf("contract", trials, ({ mutant }) => mutant.contract),
    tableOf("operator", trials, ({ mutant }) => mutant.operator),
    ...judgement.unexplained.map(({ mutant, reachedBy }) => {
      const tests = reachedBy === 0 ? "no test reaches it" : `${String(reachedBy)} tests reach it`;
      return `unexplained: ${mutant.name}\n  line ${String(mutant.line)}; ${tests}`;
    }),
    ...judgement.outdated.map(
      ({ mutant }) => `outdated: ${mutant}\n  killed, or no mutant any more`,
    ),
    countsOf(trials, judgement),
  ].join("\n");
}

/** The line that the test run reads. */
function countsOf(trials: readonly Trial[], judgement: Judgement): string {
  const { killed, explained, unexplained, outdated } = judgement;
  const counts = { killed, explained: explained.length, unexplained: unexplained.length };
  const words = Object.entries({ ...counts, outdated: outdated.length });
  const list = words.map(([word, count]) => `${String(count)} ${word}`).join(", ");
  return `${String(trials.length)} mutants: ${list} (${percent(killed, trials.length)} killed)\n`;
}

function tableOf(title: string, trials: readonly Trial[], keyOf: (trial: Trial) => string): string {
  const groups = Map.groupBy(trials, keyOf);
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, list]) => {
      const killed = list.filter(({ killedBy }) => killedBy !== undefined).length;
      const figures = `${String(killed).padStart(5)} of ${String(list.length).padStart(4)}`;
      return `  ${key.padEnd(22)}${figures}  ${percent(killed, list.length)}`;
    });
  return [`Killed by ${title}:`, ...rows, ""].join("\n");
}

export function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
