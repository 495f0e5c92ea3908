/** Keeps the screen on while a code is shown, where the browser can (Screen Wake Lock). */
export interface ScreenLock {
  release(): Promise<void>;
}

/** Not in every browser, whatever the types say; and refused where the battery is low. */
interface Screen {
  readonly wakeLock?: { request(type: "screen"): Promise<ScreenLock> };
}

export class WakeLock {
  readonly #screen: Screen;
  #held: ScreenLock | null = null;
  #isWanted = false;

  constructor(screen: Screen = navigator) {
    this.#screen = screen;
  }

  /** Again whenever the page is seen again: a browser gives it up when the page is hidden. Never throws. */
  async hold(): Promise<void> {
    this.#isWanted = true;
    const held = await this.#screen.wakeLock?.request("screen").catch(() => null);
    if (held) await this.#take(held);
  }

  async #take(held: ScreenLock): Promise<void> {
    await this.#held?.release();
    this.#held = held;
    if (!this.#isWanted) await this.release();
  }

  async release(): Promise<void> {
    this.#isWanted = false;
    const held = this.#held;
    this.#held = null;
    await held?.release();
  }
}
