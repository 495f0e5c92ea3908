/** The one judge: what is shown, the ledger, the time and the request in; a verdict out. */
import { toHex } from "../encoding/bytes.ts";
import type { Primitives } from "../hashing.ts";
import { findAnchor } from "../ledger/anchors.ts";
import { findTypeVersion } from "../ledger/catalogue.ts";
import type { Case, CounterRequest, Given, LedgerView, Shown } from "./case.ts";
import type { CheckOutcome, CheckResult } from "./check.ts";
import { pass, prerequisite } from "./check.ts";
import { checkAnchor } from "./checks/anchor.ts";
import { checkDisclosure } from "./checks/disclosure.ts";
import { readGiven } from "./checks/format.ts";
import { checkFreshness } from "./checks/freshness.ts";
import { checkHolder } from "./checks/holder.ts";
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
  const shown = readGiven(primitives, given);
  if ("result" in shown) return unreadable(shown);
  const it = openCase(shown, view, request, primitives);
  const recognition = recognitionOf(it);
  const checks = resultsOf({
    format: pass,
    integrity: checkIntegrity(it),
    anchor: checkAnchor(it),
    issuer: checkIssuer(it),
    status: checkStatus(it),
    validity: checkValidity(it),
    recognition: checkRecognition(it, recognition),
    holder: checkHolder(it),
    freshness: checkFreshness(it),
    disclosure: checkDisclosure(it),
  });
  return conclude(checks, { certificate: factsOf(it), recognition });
}

function openCase(
  shown: Shown,
  view: LedgerView | null,
  request: CounterRequest,
  primitives: Primitives,
): Case {
  const root = `0x${toHex(shown.proof.root)}`;
  const anchor = view === null ? null : (findAnchor(view.state, shown.proof.agency, root) ?? null);
  const provenHolder = proveRoot(primitives, shown);
  return { shown, view, request, primitives, anchor, provenHolder };
}

function unreadable(format: CheckOutcome): Verdict {
  const others = Object.fromEntries(CHECK_NAMES.map((check) => [check, prerequisite]));
  const checks = resultsOf({ ...(others as Record<CheckName, CheckOutcome>), format });
  return conclude(checks, { certificate: null, recognition: null });
}

function resultsOf(outcomes: Readonly<Record<CheckName, CheckOutcome>>): CheckResult[] {
  return CHECK_NAMES.map((check) => ({ check, ...outcomes[check] }));
}

function conclude(
  checks: readonly CheckResult[],
  facts: Pick<Verdict, "certificate" | "recognition">,
): Verdict {
  return {
    verdict: verdictOf(checks),
    authentic: isAuthentic(checks),
    usable: isUsable(checks),
    checks,
    ...facts,
  };
}

function factsOf({ shown, view, anchor, provenHolder }: Case): CertificateFacts {
  const { proof } = shown;
  const shownClaims = provenHolder === null ? [] : proof.disclosed;
  const type =
    view === null || anchor === null
      ? undefined
      : findTypeVersion(view.state, anchor.type, anchor.schemaVersion);
  return {
    proof,
    anchor,
    agency: view?.state.agencies.get(proof.agency) ?? null,
    type: type ?? null,
    claims: new Map(shownClaims.map(({ name, value }) => [name, value])),
  };
}
