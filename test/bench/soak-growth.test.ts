import { describe, expect, it } from "@jest/globals";
import { findGrowth } from "../../bench/soak-growth.ts";
import type { SoakSlice } from "../../bench/soak-growth.ts";

const MB = 2 ** 20;

function slices(count: number, at: (i: number) => Partial<SoakSlice>): SoakSlice[] {
  const usual = { answered: 1000, refused: 20, p50: 1, p99: 3, descriptors: 40 };
  return Array.from({ length: count }, (_, i) => {
    return { ...usual, minute: i + 1, residentBytes: 200 * MB, ...at(i) };
  });
}

describe("a long run", () => {
  it("does not grow while it warms up, nor by noise", () => {
    const run = slices(30, (i) => ({ residentBytes: (i < 8 ? 100 + 10 * i : 180 + (i % 3)) * MB }));
    expect(findGrowth(run)).toEqual([]);
  });

  it.each([
    ["residentBytes", (i: number) => ({ residentBytes: (200 + 5 * i) * MB })],
    ["descriptors", (i: number) => ({ descriptors: 40 + i })],
    ["p99", (i: number) => ({ p99: 3 + i * i })],
  ])("is found to grow in %s", (measure, at) => {
    expect(findGrowth(slices(30, at))).toEqual([expect.stringContaining(`${measure}: `)]);
  });

  it("tells nothing in two slices", () => {
    expect(findGrowth(slices(2, () => ({})))).toHaveLength(1);
  });
});
