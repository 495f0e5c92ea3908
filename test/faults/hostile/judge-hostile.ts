/** Shows hostile things to the judge, one after the other, and counts what went wrong. */
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import type { Verdict } from "../../../src/core/verify/verdict.ts";
import { PLAIN, STRICT, usualCase } from "../../support/usual-case.ts";
import type { UsualCase } from "../../support/usual-case.ts";
import { Latencies } from "./latencies.ts";
import { codesOf, hostileShown } from "./shown.ts";

export interface HostileResult {
  readonly shown: number;
  /** By verdict: what was accepted is an original that no edit touched, or one whose edit changed nothing. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** Accepted, although it says something that nobody issued; or an exception. Each with its number. */
  readonly wrong: readonly string[];
  /** In milliseconds. */
  readonly p99: number;
  readonly longest: number;
}

/** @param seed with the number in `wrong` it makes the same thing again */
export function judgeHostile(primitives: Primitives, count: number, seed: string): HostileResult {
  const usual = usualCase(primitives);
  const make = hostileShown(usual, seed);
  const mayTell = tellingsOf(usual);
  const verdicts: Record<string, number> = {};
  const wrong: string[] = [];
  const times = new Latencies();
  for (let n = 0; n < count; n++) {
    const given = make(n);
    const outcome = times.measure(() => judgeOnce(usual, given, n));
    if (typeof outcome === "string") wrong.push(`${seed}/${String(n)}: ${outcome}`);
    else if (outcome.verdict === "accepted" && !mayTell.has(tellingOf(outcome))) {
      wrong.push(`${seed}/${String(n)}: accepted ${tellingOf(outcome)}`);
    }
    const word = typeof outcome === "string" ? "exception" : outcome.verdict;
    verdicts[word] = (verdicts[word] ?? 0) + 1;
  }
  return { shown: count, verdicts, wrong, ...times.summary() };
}

/** By turns to a counter that demands everything, and to one that asks only whether it is good. */
function judgeOnce(usual: UsualCase, given: Given, n: number): Verdict | string {
  try {
    return usual.judge(given, n % 2 === 0 ? STRICT : PLAIN);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** What the originals say. An altered code with fewer of their claims does not prove its root. */
function tellingsOf(usual: UsualCase): ReadonlySet<string> {
  return new Set(codesOf(usual).map((qr) => tellingOf(usual.judge({ qr }, PLAIN))));
}

function tellingOf({ certificate }: Verdict): string {
  if (certificate === null) return "nothing";
  const { agency, root, index, notBefore, notAfter } = certificate.proof;
  const claims = [...certificate.claims].map(([name, value]) => [name, value]);
  return JSON.stringify([agency, toHex(root), index, notBefore, notAfter, claims]);
}
