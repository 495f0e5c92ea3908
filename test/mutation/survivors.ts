/** Mutants that no test finds, each with the reason why that is right; read by people. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Trial } from "./campaign.ts";

export interface Survivor {
  /** The mutant's name. */
  readonly mutant: string;
  readonly reason: string;
}

export interface Judgement {
  readonly killed: number;
  /** Survivors with a reason. */
  readonly explained: readonly Survivor[];
  /** Survivors without one. */
  readonly unexplained: readonly Trial[];
  /** Reasons for what was killed, or is no mutant at all. */
  readonly outdated: readonly Survivor[];
}

export const SURVIVORS_FILE = join(import.meta.dirname, "survivors.json");

/** @throws Error when an entry has no reason or is there twice */
export function readSurvivors(text = readFileSync(SURVIVORS_FILE, "utf8")): readonly Survivor[] {
  const survivors = JSON.parse(text) as readonly Survivor[];
  const seen = new Set<string>();
  for (const { mutant, reason } of survivors) {
    if (reason.trim() === "") throw new Error(`A survivor without a reason: ${mutant}`);
    if (seen.has(mutant)) throw new Error(`A survivor named twice: ${mutant}`);
    seen.add(mutant);
  }
  return survivors;
}

/** @param isWhole whether every mutant was tried, so that a reason for none of them is outdated */
export function judge(
  trials: readonly Trial[],
  survivors: readonly Survivor[],
  isWhole: boolean,
): Judgement {
  const trialsByName = new Map(trials.map((trial) => [trial.mutant.name, trial]));
  const reasons = new Set(survivors.map(({ mutant }) => mutant));
  const alive = trials.filter(({ killedBy }) => killedBy === undefined);
  return {
    killed: trials.length - alive.length,
    explained: survivors.filter(({ mutant }) => isAlive(trialsByName.get(mutant))),
    unexplained: alive.filter(({ mutant }) => !reasons.has(mutant.name)),
    outdated: survivors.filter(({ mutant }) => {
      const trial = trialsByName.get(mutant);
      return trial === undefined ? isWhole : !isAlive(trial);
    }),
  };
}

function isAlive(trial: Trial | undefined): boolean {
  return trial !== undefined && trial.killedBy === undefined;
}
