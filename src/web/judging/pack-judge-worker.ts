/** The worker that holds a counter's trust pack and judges on it. */
import { openJudgingStore } from "./judging-store.ts";
import { PackJudge } from "./pack-judge.ts";
import { answerCalls } from "./worker-calls.ts";

const judge = openJudgingStore().then((store) => {
  const now = (): number => Math.floor(Date.now() / 1_000);
  return new PackJudge({ server: location.origin, store, now });
});

const calls = {
  open: async (region: string | null) => (await judge).open(region),
  refresh: async () => (await judge).refresh(),
  trustKeys: async () => (await judge).trustKeys(),
  verify: async (...order: Parameters<PackJudge["verify"]>) => (await judge).verify(...order),
  remember: async (...order: Parameters<PackJudge["remember"]>) => (await judge).remember(...order),
};

export type PackJudgeCalls = typeof calls;

answerCalls(calls);
