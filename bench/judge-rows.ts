/** How fast the judge is, alone: one core, no network, beside what the signatures in it cost and beside the peers. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { compare, median, medianRatio } from "./compare.ts";
import type { Contestant, Timing } from "./compare.ts";
import { judgeCases, tenClaims } from "./judge-cases.ts";
import type { JudgeCase, JudgeCases } from "./judge-cases.ts";
import { rawP256 } from "./raw-p256.ts";
import { against, atLeast, standsAlone, times } from "./report.ts";
import type { Row } from "./report.ts";

export interface JudgePeer {
  readonly name: string;
  /** How many times faster the judge has to be. */
  readonly least: number;
}

export const JUDGE_PEERS: readonly JudgePeer[] = [
  { name: "OpenAttestation", least: 5 },
  { name: "SD-JWT VC", least: 10 },
];

const LEAST_A_SECOND = 15_000;
const SIGNATURES = 2;
const LEAST_SHARE = 0.6;
const UNIT = "a second of one core";
const VERIFY_DOCUMENTS = join(import.meta.dirname, "verify-documents.ts");
/** To install a peer, too. */
const PEER_LIMIT_MS = 300_000;

/** @param say told where a peer can't be had: the rest is measured all the same */
export async function judgeRows(
  timing: Timing,
  peers: readonly JudgePeer[],
  say: (step: string) => void,
): Promise<Row[]> {
  const cases = await judgeCases();
  const ours = [cases.bearer, cases.file, cases.bound].map((each) => contestant(cases, each));
  const contestants = [...ours, rawP256()];
  const rates: number[][] = [[], [], [], []];
  const theirs = peers.map((): number[] => []);
  for (let round = 0; round < timing.rounds; round++) {
    const once = compare(contestants, { ...timing, rounds: 1 });
    once.forEach(([rate = 0], i) => rates[i]?.push(rate));
    for (const [i, { name }] of peers.entries()) {
      const rate = await peerRate(name, timing.milliseconds, say);
      if (rate !== null) theirs[i]?.push(rate);
    }
  }
  return [...ownRows(cases, rates), ...peerRows(cases, rates, peers, theirs)];
}

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

function ownRows(cases: JudgeCases, rates: readonly (readonly number[])[]): Row[] {
  const [bearer = [], file = [], bound = [], raw = []] = rates;
  const half = raw.map((rate) => rate / SIGNATURES);
  const alone = (name: string, own: readonly number[]): Row => {
    return { name, ...standsAlone, ...atLeast(median(own), LEAST_A_SECOND, UNIT) };
  };
  return [
    alone(`judge: ${cases.bearer.name}`, bearer),
    alone(`judge: ${cases.file.name}`, file),
    {
      ...{ name: `judge: ${cases.bound.name}`, value: median(bound), unit: UNIT },
      against: against("two raw P-256 verifications", median(half)),
      ...times(medianRatio(bound, half), LEAST_SHARE),
    },
  ];
}

function peerRows(
  { bearer, file }: JudgeCases,
  [bearerRates = [], fileRates = []]: readonly (readonly number[])[],
  peers: readonly JudgePeer[],
  theirs: readonly (readonly number[])[],
): Row[] {
  return peers.flatMap(({ name, least }, i) => {
    const rates = theirs[i] ?? [];
    if (rates.length === 0) return [];
    const row = (own: JudgeCase, ours: readonly number[]): Row => ({
      ...{ name: `judge: ${own.name}`, value: median(ours), unit: UNIT },
      against: against(`${name}, verifying the same ten claims`, median(rates)),
      ...times(medianRatio(ours, rates), least),
    });
    return [row(bearer, bearerRates), row(file, fileRates)];
  });
}

/** @returns null where it can't be had */
async function peerRate(
  name: string,
  milliseconds: number,
  say: (step: string) => void,
): Promise<number | null> {
  const args = [VERIFY_DOCUMENTS, name, JSON.stringify(tenClaims(1)), String(milliseconds)];
  try {
    const ran = await promisify(execFile)(process.execPath, args, { timeout: PEER_LIMIT_MS });
    return (JSON.parse(ran.stdout) as { readonly rate: number }).rate;
  } catch (error) {
    say(`${name} can't be measured: ${(error as Error).message.slice(0, 200)}`);
    return null;
  }
}
