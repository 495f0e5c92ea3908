import { describe, expect, it } from "@jest/globals";
import { drawGrowth } from "../../bench/growth-plot.ts";
import { costOn, deviation, fitLine, growthRows } from "../../bench/growth.ts";
import type { GrowthPoint } from "../../bench/growth.ts";

const SIZES = [10_000, 30_000, 100_000, 1_000_000, 10_000_000];

function points(cost: (certificates: number) => number): GrowthPoint[] {
  return SIZES.map((certificates) => ({ certificates, cpuSeconds: cost(certificates) }));
}

const linear = points((n) => 1.5 + 20e-6 * n);

describe("the growth of a cost", () => {
  it("is a fixed part and a part for each certificate", () => {
    const line = fitLine(linear);
    expect(line.fixed).toBeCloseTo(1.5, 6);
    expect(line.each * 1e6).toBeCloseTo(20, 6);
    expect(costOn(line, 100_000)).toBeCloseTo(3.5, 6);
    expect(growthRows(linear, true)[0]).toMatchObject({ met: true, target: "≤ 15 %" });
  });

  it("is found not to be linear, whether it grows faster or slower", () => {
    for (const power of [1.15, 0.85]) {
      const [row] = growthRows(
        points((n) => 20e-6 * n ** power),
        true,
      );
      expect(row).toMatchObject({ met: false });
    }
  });

  it("is not drawn to the largest table, whose seconds are the most", () => {
    const dear = linear.map((point, i) => {
      return i < linear.length - 1 ? point : { ...point, cpuSeconds: 1.1 * point.cpuSeconds };
    });
    const line = fitLine(dear);
    expect(line.each * 1e6).toBeLessThan(21);
    expect(deviation(line, dear.at(-1) as GrowthPoint)).toBeGreaterThan(0.05);
  });

  it("is not judged by tables too small for it", () => {
    expect(growthRows(linear, false)[0]).toMatchObject({ met: null, target: null });
  });
});

describe("its picture", () => {
  const picture = drawGrowth(linear, "two < three cores & more");

  it("labels both axes, with the sizes and the seconds", () => {
    for (const label of ["10,000", "10,000,000", "certificates", "CPU seconds", "1.7 s"]) {
      expect(picture).toContain(label);
    }
  });

  it("has a point for each table, on the line where the cost is on it", () => {
    expect(picture.match(/<circle /g)).toHaveLength(SIZES.length);
    expect(picture).toContain("1.50 s + 20.00 µs a certificate");
  });

  it("is well-formed whatever the machine is called, and has no figure that is none", () => {
    expect(picture).toContain("two &lt; three cores &amp; more");
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  });
});
