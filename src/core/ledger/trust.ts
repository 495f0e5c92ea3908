/** Whether a key was stolen, as far as anyone knew: a history that is only ever added to. */
import type { TrustChange } from "./state.ts";

/** From when on the key is distrusted, as known then; null where it is trusted. */
export function distrustedSince(
  trust: readonly TrustChange[],
  asKnownAt = Infinity,
): number | null {
  return trust.findLast(({ recordedAt }) => recordedAt <= asKnownAt)?.since ?? null;
}

/** Of several times that were said without a lift between them, the earliest holds. */
export function distrust(
  trust: readonly TrustChange[],
  since: number,
  recordedAt: number,
): TrustChange[] {
  const before = trust.at(-1)?.since ?? since;
  return [...trust, { since: Math.min(since, before), recordedAt }];
}

export function liftDistrust(trust: readonly TrustChange[], recordedAt: number): TrustChange[] {
  return [...trust, { since: null, recordedAt }];
}
