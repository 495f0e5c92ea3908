/** What each stage of some work takes of its thread's CPU time, summed up over many rounds. */

/** Milliseconds by the name of the stage. */
export type Stages = Readonly<Record<string, number>>;

export class StageClock {
  readonly #spent: Record<string, number> = {};
  #last = threadMilliseconds();

  /** The time since the last call goes to this stage; without one, to none. */
  lap(stage?: string): void {
    const now = threadMilliseconds();
    if (stage !== undefined) this.#spent[stage] = (this.#spent[stage] ?? 0) + now - this.#last;
    this.#last = now;
  }

  get stages(): Stages {
    return this.#spent;
  }
}

export function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export function sumOf(stages: Stages): number {
  return Object.values(stages).reduce((sum, spent) => sum + spent, 0);
}

export function addUp(all: readonly Stages[]): Stages {
  const sum: Record<string, number> = {};
  for (const stages of all) {
    for (const [stage, spent] of Object.entries(stages)) sum[stage] = (sum[stage] ?? 0) + spent;
  }
  return sum;
}
