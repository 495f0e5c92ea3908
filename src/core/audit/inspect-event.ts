/** What is wrong with one event, seen from the state before it. */
import type { Hash } from "../hashing.ts";
import { actingAgency, entitlementOf } from "../ledger/agencies.ts";
import { findAnchor } from "../ledger/anchors.ts";
import { isAuthorityOver } from "../ledger/authorities.ts";
import { findDiscontinuity } from "../ledger/continuity.ts";
import type { BatchAnchored, LedgerEvent, Positioned, StatusEvent } from "../ledger/events.ts";
import { isOperatorOf } from "../ledger/operators.ts";
import type { LedgerState } from "../ledger/state.ts";
import { batchKey } from "../ledger/state.ts";
import { indicesOf, isLegalTransition, recordedStatus } from "../ledger/statuses.ts";
import { inspectGovernance, powersOverAgency } from "./inspect-governance.ts";
import type { Finding, Report } from "./findings.ts";

export function inspectEvent(keccak256: Hash, state: LedgerState, event: LedgerEvent): Finding[] {
  const report: Report = (code, detail) => ({ code, place: placeOf(event), detail });
  return [
    ...inspectOrder(keccak256, state, event, report),
    ...inspectContent(state, event, report),
  ];
}

export function placeOf({ kind, position }: LedgerEvent): string {
  return `block ${String(position.block)}, log ${String(position.logIndex)}, ${kind}`;
}

function inspectOrder(
  keccak256: Hash,
  state: LedgerState,
  event: LedgerEvent,
  report: Report,
): Finding[] {
  const gap = findDiscontinuity(keccak256, state, event);
  if (gap === null) return [];
  const code = gap.what === "head" ? "HEAD_MISMATCH" : "SEQUENCE_GAP";
  return [report(code, `${gap.contract}: ${gap.found}, expected ${gap.expected}`)];
}

function inspectContent(state: LedgerState, event: LedgerEvent, report: Report): Finding[] {
  switch (event.kind) {
    case "BatchAnchored":
      return inspectAnchor(state, event, report);
    case "CertificateStatusChanged":
    case "CertificatesStatusChanged":
    case "BatchStatusChanged":
      return inspectStatus(state, event, report);
    default:
      return inspectGovernance(state, event, report);
  }
}

function inspectAnchor(
  state: LedgerState,
  event: Positioned<BatchAnchored>,
  report: Report,
): Finding[] {
  const { agency, root, type, operator, time, position } = event;
  const findings: Finding[] = [];
  if (findAnchor(state, agency, root) !== undefined) {
    findings.push(report("DUPLICATE_ANCHOR", batchKey(agency, root)));
  }
  if (time !== position.time) {
    findings.push(report("TIME_MISMATCH", `${String(time)}, block ${String(position.time)}`));
  }
  if (entitlementOf(state, operator, agency, type, time) === null) {
    findings.push(report("ANCHOR_NOT_AUTHORISED", `${operator} for ${agency}, ${type}`));
  }
  return findings;
}

function inspectStatus(
  state: LedgerState,
  event: Positioned<StatusEvent>,
  report: Report,
): Finding[] {
  const { agency, root, by, position } = event;
  const size = findAnchor(state, agency, root)?.size ?? 0;
  const missing = missingIndex(event, size);
  if (missing !== null) {
    return [report("STATUS_WITHOUT_CERTIFICATE", `${batchKey(agency, root)}, ${missing}`)];
  }
  const findings = inspectTransitions(state, event, report);
  if (!mayChangeStatus(state, by, agency, position.time)) {
    findings.push(report("STATUS_NOT_AUTHORISED", `${by} for ${agency}`));
  }
  return findings;
}

/** The first index that the batch does not have; 'the batch' where there is none of that name. */
function missingIndex(event: StatusEvent, size: number): string | null {
  if (size === 0) return "the batch";
  const index = indicesOf(event).find((one) => one >= size);
  return index === undefined ? null : String(index);
}

/** A finding for each certificate, since each has a status of its own to come from. */
function inspectTransitions(state: LedgerState, event: StatusEvent, report: Report): Finding[] {
  const { agency, root, status } = event;
  const statuses = state.statuses.get(batchKey(agency, root));
  const before =
    event.kind === "BatchStatusChanged"
      ? [{ place: "the batch", from: recordedStatus(statuses?.whole) }]
      : indicesOf(event).map((index) => {
          return { place: String(index), from: recordedStatus(statuses?.certificates.of(index)) };
        });
  return before.flatMap(({ place, from }) => {
    if (isLegalTransition(from, status)) return [];
    return [report("STATUS_ILLEGAL", `${place}: ${String(from)} → ${String(status)}`)];
  });
}

/** The agency's operators, those of the agency that goes on with its work, or the region's authority. */
function mayChangeStatus(
  state: LedgerState,
  account: string,
  agencyCode: string,
  time: number,
): boolean {
  const agency = state.agencies.get(agencyCode);
  const acting = agency && actingAgency(state, agency);
  const isOwn = isOperatorOf(state.operators.get(account), acting?.code ?? agencyCode, time);
  if (isOwn && acting?.status === "active") return true;
  return isAuthorityOver(state, account, powersOverAgency(state, agencyCode), time);
}
