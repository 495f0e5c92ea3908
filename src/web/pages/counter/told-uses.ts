/** Tells the service what this device verified without it: each use once, however many tabs are open. */
import type { VerifierClient } from "../../../../clients/javascript/src/index.ts";
import { ServiceProblem } from "../../../../clients/javascript/src/index.ts";
import type { UntoldUse, UntoldUses } from "../../judging/judging-store.ts";
import { openJudgingStore } from "../../judging/judging-store.ts";

/** As many as the service takes in one call. */
const MOST = 100;
const LOCK = "liangzheng.uses";

type Service = Pick<VerifierClient, "keepOfflineUses">;

/** @param service null where it can't be asked. @returns how many are still untold */
export async function tellUses(service: Service | null): Promise<number> {
  const { uses } = await openJudgingStore();
  if (service !== null) await navigator.locks.request(LOCK, () => tellAll(service, uses));
  return uses.count();
}

/** Forgets each hundred once the service has it; one that it will never take stays, and holds up no other. */
export async function tellAll(service: Service, uses: UntoldUses): Promise<void> {
  const refused = new Set<number>();
  for (;;) {
    const waiting = await uses.first(MOST + refused.size);
    const next = waiting.filter(({ id }) => !refused.has(id)).slice(0, MOST);
    const taken = next.length === 0 ? null : await tellSome(service, next);
    if (taken === null) return;
    await uses.forget(taken);
    for (const { id } of next) if (!taken.includes(id)) refused.add(id);
  }
}

/** @returns the ids of those that it took; null where none can be told now */
async function tellSome(
  service: Service,
  some: readonly UntoldUse[],
): Promise<readonly number[] | null> {
  try {
    await service.keepOfflineUses(some.map(({ use }) => use));
    return some.map(({ id }) => id);
  } catch (error) {
    if (!isOfOneUse(error)) return null;
    if (some.length === 1) return [];
    return tellEach(service, some);
  }
}

async function tellEach(service: Service, some: readonly UntoldUse[]): Promise<readonly number[]> {
  const taken: number[] = [];
  for (const one of some) taken.push(...((await tellSome(service, [one])) ?? []));
  return taken;
}

/** Whether it is what is told that is wrong, not the time or the teller. */
function isOfOneUse(error: unknown): boolean {
  return error instanceof ServiceProblem && OF_ONE_USE.includes(error.code);
}

const OF_ONE_USE: readonly string[] = ["BODY_MALFORMED", "COUNTER_MISMATCH"];
