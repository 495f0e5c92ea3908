/**
 * The age of a view by a clock that nobody sets. By the machine's own, one that is put back makes an old view look
 * fresh for as long as it was put back by; put forward it only makes it look older than it is, until the next look
 * at the chain.
 */
import type { LedgerView } from "../../core/verify/case.ts";
import type { Clock } from "../../ports/clock.ts";

/** Both clocks count whole seconds, each from a moment of its own. */
const ROUNDING_SECONDS = 2;

interface MetView {
  readonly view: LedgerView;
  readonly shown: LedgerView;
  /** When the chain confirmed it, by the clock that nobody sets. */
  readonly since: number;
}

export class SteadyAge {
  readonly #clock: Clock;
  readonly #elapsed: () => number;
  #met: MetView | null = null;

  /** @param elapsed seconds since some moment, never set back */
  constructor(clock: Clock, elapsed: () => number = () => performance.now() / 1_000) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  /** The view itself, unless it is older than the machine's clock makes it; as of when it was confirmed then. */
  of(view: LedgerView | null): LedgerView | null {
    if (view === null) return null;
    const now = this.#clock.now();
    if (view !== this.#met?.view) this.#met = this.#meet(view, now);
    const { shown, since } = this.#met;
    const asOf = Math.floor(now - (this.#elapsed() - since));
    if (shown.asOf <= asOf + ROUNDING_SECONDS) return shown;
    this.#met = { view, since, shown: { ...view, asOf } };
    return this.#met.shown;
  }

  #meet(view: LedgerView, now: number): MetView {
    return { view, shown: view, since: this.#elapsed() - Math.max(0, now - view.asOf) };
  }
}
