/** The answer to a counter (protocol, 12): two questions that are never mixed, and why. */
import type { ClaimValue } from "../encoding/cbor.ts";
import type { RecognitionDecision } from "../ledger/recognition.ts";
import type { TypePublished } from "../ledger/events.ts";
import type { Agency, Anchor } from "../ledger/state.ts";
import type { Grant } from "../presentation/grant.ts";
import type { Proof } from "../presentation/proof.ts";
import type { CheckResult } from "./check.ts";
import type { CheckCode, CheckName } from "./codes.ts";

export type VerdictWord = "accepted" | "rejected" | "indeterminate";

/** True, false, or null for 'can't tell'. */
export type Answer = boolean | null;

export interface Verdict {
  readonly verdict: VerdictWord;
  /** Is it what an agency issued, shown by whom it was issued to? */
  readonly authentic: Answer;
  /** May it be used here and now? */
  readonly usable: Answer;
  readonly checks: readonly CheckResult[];
  /** Null where it could not be read. */
  readonly certificate: CertificateFacts | null;
  readonly recognition: RecognitionDecision | null;
}

/** What is known of the certificate; `anchor`, `agency` and `type` are the chain's records, as known then. */
export interface CertificateFacts {
  readonly proof: Proof;
  readonly anchor: Anchor | null;
  readonly agency: Agency | null;
  /** The agency that goes on with its agency's work, at the time judged; null where there is none. */
  readonly successor: Agency | null;
  readonly type: TypePublished | null;
  /** The disclosed claims, only where the integrity check passed. */
  readonly claims: ReadonlyMap<string, ClaimValue>;
  /** Whom the holder let show it, where it is not the holder who does and the agency's word for that is good. */
  readonly delegate: Grant | null;
}

const AUTHENTICITY: readonly CheckName[] = ["format", "integrity", "anchor", "issuer", "holder"];

/** One failure rejects; without one, an unknown leaves it open; otherwise it is accepted. */
export function verdictOf(checks: readonly CheckResult[]): VerdictWord {
  if (checks.some(({ result }) => result === "fail")) return "rejected";
  return checks.some(({ result }) => result === "unknown") ? "indeterminate" : "accepted";
}

export function isAuthentic(checks: readonly CheckResult[]): Answer {
  return answerOf(checks.filter(asksAuthenticity));
}

/**
 * What is not authentic is not usable, and what may not be authentic can't be said to be usable.
 * @param authentic as isAuthentic says of the same checks
 */
export function isUsable(checks: readonly CheckResult[], authentic: Answer): Answer {
  const others = answerOf(checks.filter((check) => !asksAuthenticity(check)));
  if (authentic === false || others === false) return false;
  return authentic === null || others === null ? null : true;
}

/** What makes a certificate unusable for a matter and says nothing against it. */
const OF_THE_MATTER: readonly CheckCode[] = ["HOLDER_PROOF_REQUIRED", "GRANT_NOT_FOR_PURPOSE"];

/**
 * That a matter demands proof of the holder, or that a delegate may not act in it, says nothing against the
 * certificate.
 */
function asksAuthenticity(check: CheckResult): boolean {
  if ("code" in check && OF_THE_MATTER.includes(check.code)) return false;
  return AUTHENTICITY.includes(check.check);
}

function answerOf(checks: readonly CheckResult[]): Answer {
  if (checks.some(({ result }) => result === "fail")) return false;
  const isOpen = checks.some((check) => {
    const isBlocked = check.result === "skipped" && check.because === "prerequisite";
    return isBlocked || check.result === "unknown";
  });
  return isOpen ? null : true;
}
