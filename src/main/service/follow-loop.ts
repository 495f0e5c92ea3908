/** Follows the chain at a steady pace, and says once when that fails and once when it works again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ChainFollower } from "../../app/follow-chain.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { toProblem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";

export interface FollowLoopSettings {
  readonly pollMilliseconds: number;
  /** How long `stop` waits for a question to the node. */
  readonly closingMilliseconds: number;
  /** Called when following the chain fails, and once when it works again (null). */
  onTrouble?(problem: Problem | null): void;
}

export class FollowLoop {
  readonly #follower: Pick<ChainFollower, "poll">;
  readonly #settings: FollowLoopSettings;
  #trouble: ProblemCode | null = null;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(follower: Pick<ChainFollower, "poll">, settings: FollowLoopSettings) {
    this.#follower = follower;
    this.#settings = settings;
  }

  /** What the last poll failed with; null while it works. */
  get trouble(): ProblemCode | null {
    return this.#trouble;
  }

  async #step(): Promise<void> {
    try {
      await this.#follower.poll();
      this.#tell(null);
    } catch (error) {
      this.#tell(toProblem(error));
    }
  }

  /** Begins at once and goes on at its pace. Resolves after the first step, or when patience is over. */
  async begin(patience: Promise<unknown>): Promise<void> {
    const first = this.#step();
    this.#running = first.then(() => this.#loop());
    await Promise.race([first, patience]);
  }

  /** Waits for the step under way, but not for a node that keeps silent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const longest = sleep(this.#settings.closingMilliseconds, undefined, { ref: false });
    await Promise.race([this.#running, longest]);
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping;
    const pace = this.#settings.pollMilliseconds;
    const isTime = (): Promise<boolean> =>
      sleep(pace, undefined, { signal }).then(
        () => true,
        () => false,
      );
    while (await isTime()) await this.#step();
  }

  #tell(problem: Problem | null): void {
    if (this.#stopping.signal.aborted) return;
    const code = problem?.code ?? null;
    if (code !== this.#trouble) this.#settings.onTrouble?.(problem);
    this.#trouble = code;
  }
}
