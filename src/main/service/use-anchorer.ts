/** Anchors the log of uses while a service runs: at intervals and once more at its end. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Account } from "../../adapters/chain/account.ts";
import type { Rpc } from "../../adapters/chain/rpc.ts";
import { useAnchoring } from "../../adapters/chain/use-log-anchor.ts";
import { newAccountKey } from "../../adapters/store/key-files.ts";
import { anchorUses } from "../../app/uses/anchor-uses.ts";
import type { AnchoredUses } from "../../app/uses/anchor-uses.ts";
import type { Settings } from "../../config.ts";
import { toProblem } from "../../core/problem.ts";
import type { UseAnchoring, UseLog } from "../../ports/use-log.ts";
import { signerOf } from "../chain/accounts.ts";
import { createKey } from "../keys/keys.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import { systemClock } from "../system.ts";

const MINUTE_MS = 60_000;
/** How long the last anchoring is waited for; what it sent is found on the chain at the next start. */
const CLOSING_MS = 3_000;

export interface UseAnchorer extends Required<Pick<ServicePart, "close">> {
  /** Seconds since 1970; null before the first time. */
  readonly anchoredAt: number | null;
}

export function useLogKeyFile({ home }: Pick<Settings, "home">): string {
  return join(home, "keys", "use-log.key");
}

/**
 * Its account's key is made where there is none.
 * @returns what anchors over a connection, each time over another where it has to be
 * @throws Problem KEY_…, DISK_FAILED
 */
export async function openUseAnchoring(
  settings: Settings,
  contract: string,
  keyFile = useLogKeyFile(settings),
): Promise<(rpc: Rpc) => UseAnchoring> {
  if (!existsSync(keyFile)) {
    await createKey(settings, keyFile, newAccountKey()).catch((error: unknown) => {
      // Another process that starts at the same moment has made it: that one counts.
      if (toProblem(error).code !== "FILE_EXISTS") throw error;
    });
  }
  const signer = signerOf(settings, keyFile);
  await signer.unlock();
  return (rpc) => useAnchoring(rpc, contract, new Account(rpc, signer));
}

/**
 * @param connect gives a connection that is open now; where there is none, nothing is anchored this time
 * @returns null where neither settings nor configuration name a contract of use logs: heads are not anchored then
 */
export async function openUseAnchorer(
  context: ServiceContext,
  connect: () => Promise<Rpc>,
  log: UseLog,
): Promise<UseAnchorer | null> {
  const { surroundings, settings } = context;
  const contract = settings.useLog.contract ?? surroundings.file?.useLog;
  if (contract === undefined) {
    context.log.write("warn", "uses-not-anchored", { why: "no contract is configured" });
    return null;
  }
  const { anchorKey, anchorEveryMinutes } = settings.useLog;
  const over = await openUseAnchoring(surroundings, contract, anchorKey ?? undefined);
  const anchoring = async (): Promise<UseAnchoring> => over(await connect());
  return new AnchoringLoop(context, { log, anchoring }, anchorEveryMinutes * MINUTE_MS);
}

interface AnchoringOptions {
  readonly log: UseLog;
  readonly anchoring: () => Promise<UseAnchoring>;
}

class AnchoringLoop implements UseAnchorer {
  readonly #context: ServiceContext;
  readonly #options: AnchoringOptions;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #anchoredAt: number | null = null;

  constructor(context: ServiceContext, options: AnchoringOptions, intervalMs: number) {
    this.#context = context;
    this.#options = options;
    this.#running = this.#loop(intervalMs);
  }

  get anchoredAt(): number | null {
    return this.#anchoredAt;
  }

  /** Once more, so that nothing of this run is left open, but not for a node that keeps silent. */
  async close(): Promise<void> {
    this.#stopping.abort();
    const last = this.#running.then(() => this.#anchor());
    await Promise.race([last, sleep(CLOSING_MS, undefined, { ref: false })]);
  }

  async #loop(intervalMs: number): Promise<void> {
    const { signal } = this.#stopping;
    const isTime = (): Promise<boolean> =>
      sleep(intervalMs, undefined, { signal, ref: false }).then(
        () => true,
        () => false,
      );
    while (await isTime()) await this.#anchor();
  }

  /** Whatever goes wrong here is an alarm, and no reason to refuse anybody. */
  async #anchor(): Promise<void> {
    try {
      const { log, anchoring } = this.#options;
      const anchored = await anchorUses({ log, anchoring: await anchoring(), clock: systemClock });
      if (anchored !== null) this.#tell(anchored);
    } catch (error) {
      const { code, detail } = toProblem(error);
      this.#context.log.write("error", "use-anchoring-failed", { code, detail });
    }
  }

  #tell({ strands, shorter }: AnchoredUses): void {
    this.#anchoredAt = systemClock.now();
    const { log } = this.#context;
    if (strands > 0) log.write("info", "uses-anchored", { strands });
    for (const strand of shorter) log.write("error", "use-strand-cut-off", { strand });
  }
}
