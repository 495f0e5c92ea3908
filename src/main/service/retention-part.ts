/** Erases what a service kept long enough, at intervals while it runs: one instance of all at a time. */
import { setTimeout as sleep } from "node:timers/promises";
import { eraseOutlived } from "../../app/retention.ts";
import { toProblem } from "../../core/problem.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Outlived, Retention } from "../../ports/retention.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import type { RetentionSettings } from "../settings/service-settings.ts";

const MINUTE_MS = 60_000;

/** @param clock the same that rows were given their time by */
export function openRetention(
  context: ServiceContext,
  retention: Retention,
  clock: Clock,
): ServicePart {
  let settings = context.settings.retention;
  const stopping = new AbortController();
  const erase = async (): Promise<void> => {
    try {
      tell(
        context,
        await eraseOutlived(retention, { now: clock.now(), useDays: settings.useDays }),
      );
    } catch (error) {
      context.log.write("error", "retention-failed", { code: toProblem(error).code });
    }
  };
  const running = atIntervals(() => settings, stopping.signal, erase);
  return {
    prepare: ({ retention: changed }) =>
      Promise.resolve(() => {
        settings = changed;
      }),
    close: () => {
      stopping.abort();
      return running;
    },
  };
}

/** First after one interval: instances that start together do not all begin with it. */
async function atIntervals(
  settings: () => RetentionSettings,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  const isTime = (): Promise<boolean> => {
    return sleep(settings().everyMinutes * MINUTE_MS, undefined, { signal, ref: false }).then(
      () => true,
      () => false,
    );
  };
  while (await isTime()) await work();
}

function tell({ log }: ServiceContext, erased: readonly Outlived[] | null): void {
  if (erased === null || erased.every(({ count }) => count === 0)) return;
  const counts = erased.map(({ what, count }) => [what, count] as const);
  log.write("info", "erased-outlived", Object.fromEntries(counts));
}
