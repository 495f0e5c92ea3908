/** Whether a long run grows: the last third of it against the second, the first being left to warm up. */
import { median } from "./compare.ts";

/** What was seen in some seconds of a long run. */
export interface SoakSlice {
  /** Since it began, at its end. */
  readonly minute: number;
  readonly answered: number;
  /** Bad requests, refused. */
  readonly refused: number;
  /** Of the latency, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly residentBytes: number;
  readonly descriptors: number;
}

type Measure = "residentBytes" | "descriptors" | "p99";

/** How much more than before is no growth: a share of it, and something on top. */
const ALLOWED: Readonly<Record<Measure, { readonly share: number; readonly more: number }>> = {
  residentBytes: { share: 0.1, more: 16 * 2 ** 20 },
  descriptors: { share: 0, more: 8 },
  p99: { share: 1, more: 5 },
};

/** @returns what grew, in words; nothing where there are too few slices to tell is a fault too */
export function findGrowth(slices: readonly SoakSlice[]): string[] {
  const third = Math.floor(slices.length / 3);
  if (third === 0) return ["too short to tell: three slices at least"];
  return (Object.keys(ALLOWED) as Measure[]).flatMap((measure) => {
    const values = slices.map((slice) => slice[measure]);
    const before = median(values.slice(third, 2 * third));
    const after = median(values.slice(-third));
    const { share, more } = ALLOWED[measure];
    const isGrown = after > before * (1 + share) + more;
    return isGrown ? [`${measure}: ${before.toFixed(1)}, then ${after.toFixed(1)}`] : [];
  });
}
