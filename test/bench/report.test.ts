import { describe, expect, it } from "@jest/globals";
import {
  against,
  atLeast,
  atMost,
  machineName,
  rounded,
  standsAlone,
  times,
  toTable,
} from "../../bench/report.ts";

const figure = { name: "Keccak-256", value: 6_430_000, unit: "hashes per CPU second" };

describe("the report of a benchmark", () => {
  it("says for each figure what it is measured against, and whether it is good enough", () => {
    const rows = [
      { ...figure, ...standsAlone },
      { ...figure, against: against("hash-wasm", 1_750_000), ...times(3.674, 3.5) },
      { ...figure, against: against("ethers", 139_400), ...times(39.99, 40) },
      { ...figure, against: against("limit", 4_000_000), ...times(1.6, null) },
    ];
    const [machine, , , , ...lines] = toTable({ machine: "two cores", rows }).trim().split("\n");
    expect(machine).toBe("two cores");
    expect(lines).toEqual([
      "| Keccak-256 | 6.43 M | hashes per CPU second |  |  |  |  |",
      "| Keccak-256 | 6.43 M | hashes per CPU second | hash-wasm: 1.75 M | 3.67 × | ≥ 3.5 × | met |",
      "| Keccak-256 | 6.43 M | hashes per CPU second | ethers: 139 k | 39.99 × | ≥ 40 × | MISSED |",
      "| Keccak-256 | 6.43 M | hashes per CPU second | limit: 4.00 M | 1.60 × |  |  |",
    ]);
  });

  it("holds a figure to its limit, from above or from below, or to none", () => {
    expect(atMost(12, 12, "seconds")).toMatchObject({ target: "≤ 12.0 seconds", met: true });
    expect(atMost(12.01, 12, "seconds").met).toBe(false);
    expect(atLeast(300, 300, "a second")).toMatchObject({ target: "≥ 300", met: true });
    expect(atLeast(299, 300, "a second").met).toBe(false);
    for (const free of [atMost(1, null, "MB"), atLeast(1, null, "MB")]) {
      expect(free).toEqual({ value: 1, unit: "MB", target: null, met: null });
    }
  });

  it("rounds to three digits", () => {
    const values = [0.01234, 1.5, 99.97, 999.9, 1234.4, 12_345, 999_600, 1_234_567];
    expect(values.map(rounded)).toEqual([
      "0.0123",
      "1.50",
      "100",
      "1000",
      "1234",
      "12.3 k",
      "1.00 M",
      "1.23 M",
    ]);
  });

  it("names the machine, its load and its Node", () => {
    expect(machineName()).toMatch(/, \d+ cores, load \d+\.\d, Node v\d+/);
  });
});
