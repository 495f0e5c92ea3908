/** A verdict in one line per check, so that a test can say how all of them ended. */
import type { CheckName } from "../../src/core/verify/codes.ts";
import type { Verdict } from "../../src/core/verify/verdict.ts";

/** 'pass', 'not asked', 'blocked' (what it builds on failed), a failure's code, or 'unknown: ' and its code. */
export type Outcome = string;

export function outcomesOf({ checks }: Verdict): Record<CheckName, Outcome> {
  const outcomes = checks.map((check): [CheckName, Outcome] => {
    if (check.result === "pass") return [check.check, "pass"];
    if (check.result === "fail") return [check.check, check.code];
    if (check.result === "unknown") return [check.check, `unknown: ${check.code}`];
    return [check.check, check.because === "notAsked" ? "not asked" : "blocked"];
  });
  return Object.fromEntries(outcomes) as Record<CheckName, Outcome>;
}

/** What a person is told beyond the code's words; empty where there is nothing. */
export function detailOf({ checks }: Verdict, name: CheckName): string {
  const check = checks.find((one) => one.check === name);
  return check !== undefined && "detail" in check ? (check.detail ?? "") : "";
}

const ALL_PASS: Readonly<Record<CheckName, Outcome>> = {
  format: "pass",
  integrity: "pass",
  anchor: "pass",
  issuer: "pass",
  status: "pass",
  validity: "pass",
  recognition: "pass",
  holder: "pass",
  freshness: "pass",
  disclosure: "pass",
};

/** Every check passes but those named. */
export function allPassBut(
  others: Partial<Record<CheckName, Outcome>>,
): Record<CheckName, Outcome> {
  return { ...ALL_PASS, ...others };
}
