/** How the cost of issuing grows: whether so many times as many certificates cost so many times as much. */
import type { Row } from "./report.ts";

export interface GrowthPoint {
  readonly certificates: number;
  readonly cpuSeconds: number;
}

/** Cost = fixed + each × certificates. */
export interface Line {
  readonly fixed: number;
  readonly each: number;
}

/** Of a point's own cost. */
const MOST_DEVIATION = 0.15;

/** The line that the points are nearest to, each distance taken as a share of its point's cost. */
export function fitLine(points: readonly GrowthPoint[]): Line {
  const sum = (term: (weight: number, x: number, y: number) => number): number => {
    return points.reduce(
      (all, { certificates: x, cpuSeconds: y }) => all + term(1 / y ** 2, x, y),
      0,
    );
  };
  const [w, wx, wxx] = [sum((v) => v), sum((v, x) => v * x), sum((v, x) => v * x * x)];
  const [wy, wxy] = [sum((v, _x, y) => v * y), sum((v, x, y) => v * x * y)];
  const each = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  return { fixed: (wy - each * wx) / w, each };
}

export function costOn({ fixed, each }: Line, certificates: number): number {
  return fixed + each * certificates;
}

/** How far a point is from the line, as a share of its cost; above it positive. */
export function deviation(line: Line, { certificates, cpuSeconds }: GrowthPoint): number {
  return (cpuSeconds - costOn(line, certificates)) / cpuSeconds;
}

/** @param isJudged whether the points reach far enough for the target */
export function growthRows(points: readonly GrowthPoint[], isJudged: boolean): Row[] {
  const line = fitLine(points);
  const farthest = Math.max(...points.map((point) => Math.abs(deviation(line, point))));
  const [first, last] = [points[0]?.certificates ?? 0, points.at(-1)?.certificates ?? 0];
  const range = `${first.toLocaleString("en")} to ${last.toLocaleString("en")}`;
  return [
    {
      name: `cost growth, ${range} certificates: farthest from a line`,
      value: 100 * farthest,
      unit: "% of the cost",
      against: `${line.fixed.toFixed(2)} s + ${(line.each * 1e6).toFixed(2)} µs a certificate`,
      ratio: null,
      ...(isJudged
        ? { target: "≤ 15 %", met: farthest <= MOST_DEVIATION }
        : { target: null, met: null }),
    },
  ];
}
