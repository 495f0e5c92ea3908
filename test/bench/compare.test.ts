import { describe, expect, it } from "@jest/globals";
import { compare, median, medianRatio } from "../../bench/compare.ts";

describe("contestants", () => {
  it("take turns in every round, the warm-up's too, which does not count", () => {
    const turns: string[] = [];
    const contestant = (name: string) => ({
      name,
      run: () => {
        if (turns.at(-1) !== name) turns.push(name);
        return 1;
      },
    });
    const rates = compare([contestant("a"), contestant("b")], { rounds: 4, milliseconds: 3 });
    expect(turns.join("")).toBe("ababababababab");
    expect(rates.map(({ length }) => length)).toEqual([4, 4]);
    expect(rates.flat().every((rate) => rate > 0)).toBe(true);
  });

  it("are told apart: who does twice as much per call has twice the rate", () => {
    const work = () => {
      for (let i = 0, x = 0; i < 10_000; i++) x += Math.sqrt(i + x);
    };
    const once = { name: "once", run: () => (work(), 1) };
    const twice = { name: "twice", run: () => (work(), 2) };
    const [slow, fast] = compare([once, twice], { rounds: 9, milliseconds: 15 });
    const ratio = medianRatio(fast as number[], slow as number[]);
    expect(ratio).toBeGreaterThan(1.3);
    expect(ratio).toBeLessThan(3);
  });
});

describe("figures", () => {
  it("are medians, which one bad round does not move", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5, 5, 5, 5, 900])).toBe(5);
  });

  it("are compared round by round, so that a slow minute falls on both", () => {
    expect(medianRatio([10, 100, 20], [5, 50, 10])).toBe(2);
  });
});
