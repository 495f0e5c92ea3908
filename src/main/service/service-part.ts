/**
 * What a verification service is put together from: each feature is one part, opened by its `openX` in
 * main/verifier.ts after those it stands on, and closed before them.
 */
import type { Settings } from "../../config.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { ServiceLog } from "../../ports/service-log.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

/** What every part is opened with. */
export interface ServiceContext {
  /** The file under the flags; of this process. */
  readonly settings: ServiceSettings;
  /** LZ_HOME and what else the environment says. */
  readonly surroundings: Settings;
  readonly log: ServiceLog;
  readonly metrics: Metrics;
  readonly version: string;
}

export interface ServicePart {
  /** Why it can't do its work now, in a few words without secrets; null while it can: what readiness says. */
  unready?(): string | null;
  /**
   * Takes up what may change while the service runs. First every part prepares: it reads and checks
   * everything, and changes nothing. Only when all could, each is told to change over, which can't fail.
   * @throws Problem where the new settings, or what they name, is faulty: then everything stays as it was.
   */
  prepare?(settings: ServiceSettings): Promise<() => void>;
  /** Ends what it does in the background and keeps what must be kept. It must not throw. */
  close?(): Promise<void>;
}

/** The parts of a service that runs, in the order in which they were opened. */
export class ServiceParts {
  readonly #parts: ServicePart[] = [];

  /** @returns the part itself */
  add<T extends ServicePart>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  /** What keeps the service from being ready; empty where nothing does. */
  unready(): string[] {
    return this.#parts.flatMap((part) => part.unready?.() ?? []);
  }

  /** All of it or none. @throws Problem of the first part that refuses */
  async reload(settings: ServiceSettings): Promise<void> {
    const changes: (() => void)[] = [];
    for (const part of this.#parts) {
      const change = await part.prepare?.(settings);
      if (change !== undefined) changes.push(change);
    }
    for (const change of changes) change();
  }

  /** The last opened first. */
  async close(): Promise<void> {
    for (const part of this.#parts.reverse()) await part.close?.();
    this.#parts.length = 0;
  }
}
