/** 7. Does the counter's region accept this type from the issuer's? */
import type { RecognitionDecision } from "../../ledger/recognition.ts";
import { decideRecognition } from "../../ledger/recognition.ts";
import type { RuleRecord } from "../../ledger/state.ts";
import type { Case } from "../case.ts";
import { judgedAt, knownUntil } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, notAsked, pass, prerequisite, unknown } from "../check.ts";
import { describeAge, isOlderThan, unlessStale } from "../staleness.ts";

export function checkRecognition(it: Case, decision: RecognitionDecision | null): CheckOutcome {
  if (it.request.region === undefined) return notAsked;
  return decision === null ? prerequisite : unlessStale(it, judgeRecognition(it, decision));
}

/** @returns the rule that decides; null where nothing is asked or the issuer's region is not known. */
export function recognitionOf(it: Case): RecognitionDecision | null {
  const { view, anchor, agency, request } = it;
  if (view === null || anchor === null || agency === null) return null;
  if (request.region === undefined) return null;
  const question = {
    recognising: request.region,
    recognised: agency.region,
    type: anchor.type,
    at: judgedAt(it),
    ...(request.purpose !== undefined && { serviceItem: request.purpose }),
  };
  return decideRecognition(view.state, question, knownUntil(it));
}

function judgeRecognition(it: Case, decision: RecognitionDecision): CheckOutcome {
  if (decision.by === "own") return pass;
  if (decision.by === "rule") return judgeRule(it, decision.record);
  if (decision.expired === null) return fail("NO_RULE");
  return fail("RECOGNITION_EXPIRED", `rule ${String(decision.expired.id)}`);
}

function judgeRule(it: Case, { id, rule }: RuleRecord): CheckOutcome {
  const named = `rule ${String(id)}, ${rule.basis}`;
  if (rule.effect === "deny") return fail("DENIED", named);
  if (rule.effect === "suspend") return fail("RECOGNITION_SUSPENDED", named);
  if ((it.anchor?.assurance ?? 0) < rule.leastAssurance) return fail("ASSURANCE_TOO_LOW", named);
  const isTooOld = rule.maxStatusAge > 0 && isOlderThan(it, rule.maxStatusAge);
  return isTooOld ? unknown("CHAIN_STALE", `${named}: ${describeAge(it)}`) : pass;
}
