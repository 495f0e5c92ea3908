/** The one judge: what is shown, the ledger, the time and the request in; a verdict out. */
import { toHex } from "../encoding/bytes.ts";
import type { Primitives } from "../hashing.ts";
import { findAgency, successorOf } from "../ledger/agencies.ts";
import { findAnchor } from "../ledger/anchors.ts";
import { findTypeVersion } from "../ledger/catalogue.ts";
import type { LedgerState } from "../ledger/state.ts";
import type { Case, CounterRequest, Given, LedgerView, Shown } from "./case.ts";
import type { CheckOutcome, CheckResult } from "./check.ts";
import { judgedAt, knownUntil } from "./case.ts";
import { pass, prerequisite } from "./check.ts";
import { checkAnchor } from "./checks/anchor.ts";
import { checkDisclosure } from "./checks/disclosure.ts";
import { readGiven } from "./checks/format.ts";
import { checkFreshness } from "./checks/freshness.ts";
import { checkHolder, provenGrant } from "./checks/holder.ts";
import { checkIntegrity } from "./checks/integrity.ts";
import { checkIssuer } from "./checks/issuer.ts";
import { checkRecognition, recognitionOf } from "./checks/recognition.ts";
import { checkStatus } from "./checks/status.ts";
import { checkValidity } from "./checks/validity.ts";
import type { CheckName } from "./codes.ts";
import { CHECK_NAMES } from "./codes.ts";
import { proveRoot } from "./prove-root.ts";
import type { CertificateFacts, Verdict } from "./verdict.ts";
import { isAuthentic, isUsable, verdictOf } from "./verdict.ts";

/** @param view null where the chain was never reached. Never throws for what is shown, however hostile. */
export function verify(
  given: Given,
  view: LedgerView | null,
  request: CounterRequest,
  primitives: Primitives,
): Verdict {
  return judge(readGiven(given), view, request, primitives);
}

/** @param shown as `readGiven` reads what is given: whoever needs both decodes once */
export function judge(
  shown: Shown | CheckOutcome,
  view: LedgerView | null,
  request: CounterRequest,
  primitives: Primitives,
): Verdict {
  if ("result" in shown) return unreadable(shown);
  const it = openCase(shown, view, request, primitives);
  const recognition = recognitionOf(it);
  const holder = checkHolder(it);
  const checks = resultsOf({
    format: pass,
    integrity: checkIntegrity(it),
    anchor: checkAnchor(it),
    issuer: checkIssuer(it),
    status: checkStatus(it),
    validity: checkValidity(it),
    recognition: checkRecognition(it, recognition),
    holder,
    freshness: checkFreshness(it),
    disclosure: checkDisclosure(it),
  });
  return conclude(checks, { certificate: factsOf(it, holder), recognition });
}

function openCase(
  shown: Shown,
  view: LedgerView | null,
  request: CounterRequest,
  primitives: Primitives,
): Case {
  const provenHolder = proveRoot(primitives, shown);
  const records = view === null ? NO_RECORDS : recordsOf(view.state, shown, request);
  return { shown, view, request, primitives, ...records, provenHolder };
}

type Records = Pick<Case, "anchor" | "agency" | "type">;
const NO_RECORDS: Records = { anchor: null, agency: null, type: null };

/** What the chain said by the time asked about. */
function recordsOf(state: LedgerState, { proof }: Shown, request: CounterRequest): Records {
  const until = request.asKnownAt ?? Infinity;
  const agency = findAgency(state, proof.agency, until);
  const anchor = findAnchor(state, proof.agency, `0x${toHex(proof.root)}`);
  if (anchor === undefined || anchor.position.time > until) return { ...NO_RECORDS, agency };
  const type = findTypeVersion(state, anchor.type, anchor.schemaVersion, until) ?? null;
  return { anchor, agency, type };
}

function unreadable(format: CheckOutcome): Verdict {
  const others = Object.fromEntries(CHECK_NAMES.map((check) => [check, prerequisite]));
  const checks = resultsOf({ ...(others as Record<CheckName, CheckOutcome>), format });
  return conclude(checks, { certificate: null, recognition: null });
}

/** How most checks of most certificates end, made once. */
const PASSED = Object.fromEntries(
  CHECK_NAMES.map((check) => [check, { check, ...pass }]),
) as Readonly<Record<CheckName, CheckResult>>;

function resultsOf(outcomes: Readonly<Record<CheckName, CheckOutcome>>): CheckResult[] {
  return CHECK_NAMES.map((check) => {
    const outcome = outcomes[check];
    return outcome === pass ? PASSED[check] : { check, ...outcome };
  });
}

function conclude(
  checks: readonly CheckResult[],
  facts: Pick<Verdict, "certificate" | "recognition">,
): Verdict {
  const authentic = isAuthentic(checks);
  const usable = isUsable(checks, authentic);
  return { verdict: verdictOf(checks), authentic, usable, checks, ...facts };
}

function factsOf(it: Case, holder: CheckOutcome): CertificateFacts {
  const { shown, view, anchor, agency, type, provenHolder } = it;
  const shownClaims = provenHolder === null ? [] : shown.proof.disclosed;
  const successor =
    view === null || agency === null
      ? null
      : successorOf(view.state, agency, judgedAt(it), knownUntil(it));
  const claims = new Map(shownClaims.map(({ name, value }) => [name, value]));
  const delegate = provenGrant(it, holder);
  return { proof: shown.proof, anchor, agency, successor, type, claims, delegate };
}
