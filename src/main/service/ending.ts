/** The first thing that a service does when it is asked to end: it says so, before it refuses anybody. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServicePart } from "./service-part.ts";
import type { ListenSettings } from "../settings/service-settings.ts";

const SECOND = 1_000;

export class Ending implements ServicePart {
  readonly #drainSeconds: number;
  #isEnding = false;

  constructor({ drainSeconds }: Pick<ListenSettings, "drainSeconds">) {
    this.#drainSeconds = drainSeconds;
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  unready(): string | null {
    return this.#isEnding ? "the service is ending" : null;
  }

  /** Not ready from now on; resolves when whoever shares the load out has had the time to see it. */
  async drain(): Promise<void> {
    this.#isEnding = true;
    await sleep(this.#drainSeconds * SECOND);
  }
}
