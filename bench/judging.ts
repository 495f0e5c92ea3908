/**
 * How fast the judge is, alone: one core, no network, beside what the signatures in it cost.
 *
 *     node bench/judging.ts [--rounds N] [--milliseconds N] [--json]
 */
import { parseArgs } from "node:util";
import { compare, median, medianRatio } from "./compare.ts";
import type { Contestant } from "./compare.ts";
import { judgeCases } from "./judge-cases.ts";
import type { JudgeCase, JudgeCases } from "./judge-cases.ts";
import { rawP256 } from "./raw-p256.ts";
import { against, machineName, print, standsAlone, times } from "./report.ts";
import type { Row } from "./report.ts";

const LEAST_A_SECOND = 15_000;
const SIGNATURES = 2;

const { rounds, milliseconds, json } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    milliseconds: { type: "string", default: "400" },
    json: { type: "boolean", default: false },
  },
}).values;

const cases = await judgeCases();
const contestants = [
  contestant(cases, cases.bearer),
  contestant(cases, cases.file),
  contestant(cases, cases.bound),
  rawP256(),
];
const timing = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
const rates = compare(contestants, timing);
print({ machine: machineName(), rows: rowsOf(rates) }, json);

function contestant({ judge }: JudgeCases, { name, given }: JudgeCase): Contestant {
  for (const one of given) {
    const { verdict } = judge(one);
    if (verdict !== "accepted") throw new Error(`${name}: ${verdict}`);
  }
  return {
    name,
    run: () => {
      for (const one of given) judge(one);
      return given.length;
    },
  };
}

function rowsOf(rates: readonly (readonly number[])[]): Row[] {
  const [bearer = [], file = [], bound = [], raw = []] = rates;
  const half = raw.map((rate) => rate / SIGNATURES);
  const unit = "a second of one core";
  const ratio = medianRatio(bound, half);
  return [
    { name: cases.bearer.name, value: median(bearer), unit, ...atLeast(median(bearer)) },
    { name: cases.file.name, value: median(file), unit, ...atLeast(median(file)) },
    {
      ...{ name: cases.bound.name, value: median(bound), unit },
      against: against("two raw P-256 verifications", median(half)),
      ...times(ratio, 0.6),
    },
  ];
}

function atLeast(rate: number): Pick<Row, "against" | "ratio" | "target" | "met"> {
  const met = rate >= LEAST_A_SECOND;
  return { ...standsAlone, target: `≥ ${String(LEAST_A_SECOND)}`, met };
}
