/** When nobody touches the page for some minutes, or it is out of sight for long, the vault is locked. */
export interface IdleLimits {
  readonly idleMs: number;
  /** While a code is shown: a phone that was left on a counter does not show new ones for ever. */
  readonly shownMs: number;
  readonly hiddenMs: number;
}

export const IDLE_LIMITS: IdleLimits = {
  idleMs: 5 * 60_000,
  shownMs: 15 * 60_000,
  hiddenMs: 60_000,
};
/** Timers of a page that sleeps come late: so the time itself is looked at, every so often. */
const LOOK_MS = 5_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

export class IdleClock {
  readonly #limits: IdleLimits;
  readonly #now: () => number;
  readonly #lock: () => void;
  #touchedAt = 0;
  #hiddenAt: number | null = null;
  #stays = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** @param now milliseconds, of a clock that runs on while the device sleeps */
  constructor(limits: IdleLimits, now: () => number, lock: () => void) {
    this.#limits = limits;
    this.#now = now;
    this.#lock = lock;
  }

  start(): void {
    this.stop();
    this.touch();
    this.#timer = setInterval(() => {
      this.look();
    }, LOOK_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  touch(): void {
    this.#touchedAt = this.#now();
  }

  /** @returns ends it; then the idle time begins anew */
  stayOpen(): () => void {
    this.#stays++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#stays--;
      this.touch();
    };
  }

  setHidden(isHidden: boolean): void {
    if (!isHidden) this.look();
    this.#hiddenAt = isHidden ? this.#now() : null;
  }

  look(): void {
    if (this.#timer === null) return;
    const now = this.#now();
    const { idleMs, shownMs, hiddenMs } = this.#limits;
    const isIdle = now - this.#touchedAt >= (this.#stays === 0 ? idleMs : shownMs);
    const isAway = this.#hiddenAt !== null && now - this.#hiddenAt >= hiddenMs;
    if (isIdle || isAway) this.#lock();
  }
}

/** Listens to a document for as long as the page lives. */
export function watchDocument(clock: IdleClock, document: Document): void {
  for (const sign of SIGNS_OF_LIFE) {
    document.addEventListener(
      sign,
      () => {
        clock.touch();
      },
      { passive: true, capture: true },
    );
  }
  document.addEventListener("visibilitychange", () => {
    clock.setHidden(document.visibilityState === "hidden");
  });
}
