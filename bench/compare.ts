/**
 * Timing of several contestants in one run. They take turns, round by round, and each round gives its own
 * ratios, so that what else the machine does falls on all alike. Rates are per second of this process's
 * CPU time: on a shared machine the clock on the wall tells little.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Contestant {
  readonly name: string;
  /** Does its work once. @returns how many operations that was */
  readonly run: () => number;
}

export interface Timing {
  readonly rounds: number;
  /** How long one round of one contestant lasts, in milliseconds. */
  readonly milliseconds: number;
}

/** For each contestant, in their order, its rate in each round: operations per CPU second. */
export type Rates = readonly (readonly number[])[];

/** Rounds before the first that counts, in which the contestants are compiled and optimised. */
const WARM_UP_ROUNDS = 3;

export function compare(contestants: readonly Contestant[], timing: Timing): Rates {
  const rates = contestants.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < timing.rounds; round++) {
    contestants.forEach(({ run }, i) => {
      const rate = rateOf(run, timing.milliseconds);
      if (round >= 0) rates[i]?.push(rate);
    });
  }
  return rates;
}

function rateOf(run: () => number, milliseconds: number): number {
  const end = performance.now() + milliseconds;
  const before = process.cpuUsage();
  let operations = 0;
  // Once at least, however long the machine was elsewhere.
  do operations += run();
  while (performance.now() < end);
  return operations / cpuSeconds(before);
}

/** So that nobody's time goes into clearing up after the one before. */
export const collectGarbage = garbageCollector();

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

/** Since `before`, of all threads of this process. */
export function cpuSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Of a rate to another, taken round by round. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((rate, i) => rate / (theirs[i] ?? Number.NaN)));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
