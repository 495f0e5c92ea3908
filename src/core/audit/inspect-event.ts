/** What is wrong with one event, seen from the state before it. */
import { NATIONAL, ancestryOf } from "../identifiers/region.ts";
import type { Hash } from "../hashing.ts";
import { entitlementOf, isAuthorityOver, isOperatorOf } from "../ledger/agencies.ts";
import { findDiscontinuity } from "../ledger/continuity.ts";
import type { BatchAnchored, LedgerEvent, Positioned, StatusEvent } from "../ledger/events.ts";
import { findAnchor } from "../ledger/anchors.ts";
import type { LedgerState } from "../ledger/state.ts";
import { batchKey } from "../ledger/state.ts";
import { isLegalTransition, recordedStatus } from "../ledger/statuses.ts";
import type { Finding, FindingCode } from "./findings.ts";

export function inspectEvent(keccak256: Hash, state: LedgerState, event: LedgerEvent): Finding[] {
  const report = (code: FindingCode, detail: string): Finding => {
    return { code, place: placeOf(event), detail };
  };
  return [
    ...inspectOrder(keccak256, state, event, report),
    ...inspectContent(state, event, report),
  ];
}

type Report = (code: FindingCode, detail: string) => Finding;

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
    case "AuthorityGranted":
    case "AuthorityRevoked":
      return [];
    case "BatchAnchored":
      return inspectAnchor(state, event, report);
    case "CertificateStatusChanged":
    case "BatchStatusChanged":
      return inspectStatus(state, event, report);
    default: {
      const region = regionConcerned(state, event);
      const isAllowed = hasAuthority(state, event.by, region, event.position.time);
      return isAllowed ? [] : [report("AUTHORITY_EXCEEDED", `${event.by} over ${region}`)];
    }
  }
}

type GovernanceEvent = Exclude<
  LedgerEvent,
  StatusEvent | BatchAnchored | { kind: "AuthorityGranted" | "AuthorityRevoked" }
>;

/** The region whose authority a change needs. */
function regionConcerned(state: LedgerState, event: GovernanceEvent): string {
  switch (event.kind) {
    case "TypePublished":
    case "AgencyRegistered":
      return event.region;
    case "TypeRetired":
      return state.types.get(event.type)?.region ?? NATIONAL;
    case "GroupDefined":
      return NATIONAL;
    case "RuleAdded":
      return event.rule.recognising;
    case "RuleEnded":
      return state.rules.get(event.ruleId)?.rule.recognising ?? NATIONAL;
    default:
      return state.agencies.get(event.agency)?.region ?? NATIONAL;
  }
}

function hasAuthority(state: LedgerState, account: string, region: string, time: number): boolean {
  return isAuthorityOver(state, account, ancestryOf(region), time);
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
  const { agency, root, status, by, position } = event;
  const anchor = findAnchor(state, agency, root);
  const index = event.kind === "BatchStatusChanged" ? 0 : event.index;
  if (anchor === undefined || index >= anchor.size) {
    return [report("STATUS_WITHOUT_CERTIFICATE", `${batchKey(agency, root)}, ${String(index)}`)];
  }
  const findings: Finding[] = [];
  const before = recordedBefore(state, event);
  if (!isLegalTransition(before, status)) {
    findings.push(report("STATUS_ILLEGAL", `${String(before)} → ${String(status)}`));
  }
  if (!mayChangeStatus(state, by, agency, position.time)) {
    findings.push(report("STATUS_NOT_AUTHORISED", `${by} for ${agency}`));
  }
  return findings;
}

function recordedBefore(state: LedgerState, event: StatusEvent): number {
  const statuses = state.statuses.get(batchKey(event.agency, event.root));
  if (event.kind === "BatchStatusChanged") return recordedStatus(statuses?.whole);
  return recordedStatus(statuses?.certificates.get(event.index));
}

function mayChangeStatus(
  state: LedgerState,
  account: string,
  agencyCode: string,
  time: number,
): boolean {
  const agency = state.agencies.get(agencyCode);
  const isOwn = isOperatorOf(state.operators.get(account), agencyCode, time);
  if (isOwn && agency?.status === "active") return true;
  return hasAuthority(state, account, agency?.region ?? NATIONAL, time);
}
