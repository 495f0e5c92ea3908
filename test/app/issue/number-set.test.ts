import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { NumberSet } from "../../../src/app/issue/number-set.ts";

describe("a set of certificate numbers", () => {
  it("knows each as an ordinary set does, whatever they are", () => {
    const number = fc.string({
      unit: fc.constantFrom("沪", "A", "0", "1", "𠮷", ""),
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
        const [set, usual] = [new NumberSet(), new Set<string>()];
        for (const each of numbers) {
          expect(set.add(each)).toBe(!usual.has(each));
          usual.add(each);
        }
      }),
    );
  });

  it("tells a hundred and fifty thousand that differ in a digit apart, and finds each again", () => {
    const set = new NumberSet();
    const numbers = Array.from({ length: 150_000 }, (_, i) => `沪A0${String(i).padStart(12, "0")}`);
    expect(numbers.filter((number) => !set.add(number))).toEqual([]);
    expect(numbers.filter((number) => set.add(number))).toEqual([]);
  });

  it("takes a number of any length, and more than four megabytes of them", () => {
    const set = new NumberSet();
    const long = Array.from({ length: 20_000 }, (_, i) => `${String(i)}${"x".repeat(240)}`);
    expect(long.filter((number) => !set.add(number))).toEqual([]);
    expect(long.filter((number) => set.add(number))).toEqual([]);
    expect(set.add("y".repeat(300))).toBe(true);
    expect(set.add("y".repeat(300))).toBe(false);
  });
});
