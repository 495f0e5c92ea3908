/** Many runs, a few at a time: each lane takes the next one that is left. */
import type { Postgres } from "../support/postgres.ts";
import { Lane } from "./lane.ts";

/** @param postgres where the agencies' stores are then; else they are files */
export async function withLanes<R>(
  count: number,
  postgres: Postgres | null,
  work: (lanes: readonly Lane[]) => Promise<R>,
): Promise<R> {
  const lanes = await Promise.all(Array.from({ length: count }, () => Lane.open(postgres)));
  try {
    return await work(lanes);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

/**
 * @param end when to begin nothing more, in milliseconds since 1970
 * @returns the results in the order of the items, of those that were begun
 */
export async function inLanes<T, R>(
  lanes: readonly Lane[],
  items: readonly T[],
  work: (lane: Lane, item: T) => Promise<R>,
  end = Infinity,
): Promise<readonly R[]> {
  const results: { readonly i: number; readonly result: R }[] = [];
  const left = items.entries();
  const serve = async (lane: Lane): Promise<void> => {
    for (const [i, item] of left) {
      if (Date.now() >= end) return;
      results.push({ i, result: await work(lane, item) });
    }
  };
  await Promise.all(lanes.map(serve));
  return results.sort((a, b) => a.i - b.i).map(({ result }) => result);
}
