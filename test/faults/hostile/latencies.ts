/** How long things took: counted in steps of a hundredth of a millisecond, so that millions fit. */
const STEP_MS = 0.01;
const STEPS = 1_000_000;

export class Latencies {
  readonly #steps = new Uint32Array(STEPS);
  #count = 0;
  #longest = 0;

  measure<T>(work: () => T): T {
    const begun = performance.now();
    const result = work();
    this.add(performance.now() - begun);
    return result;
  }

  /** @param milliseconds past ten seconds it counts as ten */
  add(milliseconds: number): void {
    const step = Math.min(STEPS - 1, Math.floor(milliseconds / STEP_MS));
    this.#steps[step] = (this.#steps[step] ?? 0) + 1;
    this.#count++;
    this.#longest = Math.max(this.#longest, milliseconds);
  }

  /** In milliseconds. */
  summary(): { readonly p99: number; readonly longest: number } {
    return { p99: this.#at(0.99), longest: this.#longest };
  }

  #at(share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [step, count] of this.#steps.entries()) {
      left -= count;
      if (left <= 0) return (step + 1) * STEP_MS;
    }
    return this.#longest;
  }
}
