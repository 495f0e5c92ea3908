import { describe, expect, it } from "@jest/globals";
import { createPrng } from "../../../src/app/sample/prng.ts";

const draw = (seed: string) => {
  const prng = createPrng(seed);
  return Array.from({ length: 8 }, () => prng.below(1000));
};

describe("the sample generator's random numbers", () => {
  it("are the same for the same seed on every machine", () => {
    expect(draw("1")).toEqual(draw("1"));
    expect(draw("sanya")).toEqual([919, 417, 202, 810, 194, 353, 272, 264]);
  });

  it("differ between seeds that differ little", () => {
    expect(draw("1")).not.toEqual(draw("2"));
    expect(draw("海南1")).not.toEqual(draw("海南2"));
  });

  it("are spread evenly", () => {
    const prng = createPrng("spread");
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[prng.below(10)] = (counts[prng.below(10)] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(700);
  });
});
