/** Keeping uses, with figures around it; and uses and replays with spans, where somebody traces. */
import { spanned } from "../../adapters/telemetry/spans.ts";
import type { DoneUseRecorder, UseRecorder } from "../../app/uses/use-recorder.ts";
import type { ReplayCache } from "../../ports/replay-cache.ts";
import type { ServiceContext } from "./service-part.ts";

/** In seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5];

export function measuredUses(
  { metrics }: Pick<ServiceContext, "metrics">,
  uses: UseRecorder & DoneUseRecorder,
): UseRecorder & DoneUseRecorder {
  const name = { name: "lz_use_record_seconds", help: "How long it takes until a use is kept." };
  const histogram = metrics.histogram(name, BUCKETS);
  const measure = async <T>(work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    histogram.observe((performance.now() - began) / 1000);
    return result;
  };
  return {
    record: (use) => measure(() => uses.record(use)),
    recordSigned: (use) => measure(() => uses.recordSigned(use)),
    recordDone: (use) => measure(() => uses.recordDone(use)),
  };
}

export function tracedUses(uses: UseRecorder & DoneUseRecorder): UseRecorder & DoneUseRecorder {
  return {
    record: (use) => spanned("use.record", () => uses.record(use)),
    recordSigned: (use) => spanned("use.record", () => uses.recordSigned(use)),
    recordDone: (use) => spanned("use.record", () => uses.recordDone(use)),
  };
}

export function tracedReplays(replays: ReplayCache): ReplayCache {
  return {
    isFirstUse: (...use) => spanned("replay.first", () => replays.isFirstUse(...use)),
  };
}
