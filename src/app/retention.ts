/** Erases what a service kept long enough, by one instance at a time. */
import { Problem } from "../core/problem.ts";
import type { Outlived, Retention, RetentionLimits } from "../ports/retention.ts";

/** @returns what was erased; null where another instance is at it. */
export async function eraseOutlived(
  retention: Retention,
  limits: RetentionLimits,
): Promise<readonly Outlived[] | null> {
  const lock = await retention.lock();
  if (lock === null) return null;
  try {
    return await retention.erase(limits);
  } finally {
    await lock.release();
  }
}

/** For whoever asked for it. @throws Problem STORE_BUSY where an instance is at it */
export async function requireErased(
  retention: Retention,
  limits: RetentionLimits,
): Promise<readonly Outlived[]> {
  const erased = await eraseOutlived(retention, limits);
  if (erased === null)
    throw new Problem("STORE_BUSY", "another process erases what is past its time");
  return erased;
}
