import type { SuiteId } from "../src/core/hashing.ts";
import { compare, median, medianRatio } from "./compare.ts";
import type { Timing } from "./compare.ts";
import { hashContest } from "./hash-contestants.ts";
import { against, standsAlone, times } from "./report.ts";
import type { Row } from "./report.ts";

/** How many times a peer's rate ours has to be, for each suite. */
const TARGETS: Readonly<Record<SuiteId, Readonly<Record<string, number>>>> = {
  1: { "hash-wasm": 3.5, "@noble/hashes": 20, ethers: 40 },
  2: { "hash-wasm": 4 },
};

/** @param length of each message in bytes */
export async function hashRows(suite: SuiteId, length: number, timing: Timing): Promise<Row[]> {
  const { ours, others } = await hashContest(suite, length);
  const [ourRates = [], ...otherRates] = compare([ours, ...others], timing);
  const name = `${suite === 1 ? "Keccak-256" : "SM3"} of ${String(length)} bytes`;
  const figure = { name, value: median(ourRates), unit: "hashes per CPU second" };
  const rows = others.map((other, i): Row => {
    const rates = otherRates[i] ?? [];
    const ratio = medianRatio(ourRates, rates);
    const target = TARGETS[suite][other.name] ?? null;
    return { ...figure, against: against(other.name, median(rates)), ...times(ratio, target) };
  });
  return [{ ...figure, ...standsAlone }, ...rows];
}
