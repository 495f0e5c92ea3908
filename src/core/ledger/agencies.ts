/** Who may issue what, folded from AgencyRegistry's events. */
import type { AgencyEvent, AgencyRegistered, AgencyStatus, Positioned } from "./events.ts";
import { addDocumentKey, changeDocumentKey } from "./document-keys.ts";
import { applyToOperator, isOperatorOf } from "./operators.ts";
import type { Agency, Entitlement, LedgerState } from "./state.ts";
import { isInWindow } from "./state.ts";

export function applyAgencyEvent(state: LedgerState, event: Positioned<AgencyEvent>): void {
  state.sequences.AgencyRegistry = event.sequence;
  if (event.kind === "AgencyRegistered") {
    register(state, event);
    return;
  }
  const agency = state.agencies.get(event.agency);
  if (agency !== undefined) applyToAgency(state, agency, event);
}

/** An agency that a later generation registers again keeps its place, its name and its histories. */
function register(state: LedgerState, event: Positioned<AgencyRegistered>): void {
  const agency = state.agencies.get(event.agency) ?? {
    code: event.agency,
    region: event.region,
    name: event.name,
    registeredAt: event.position.time,
    status: "active",
    statusSince: event.effectiveFrom,
    statuses: [],
    successor: null,
    entitlements: new Map(),
    documentKeys: new Map(),
  };
  state.agencies.set(event.agency, agency);
  changeStatus(agency, "active", event);
}

function changeStatus(
  agency: Agency,
  status: AgencyStatus,
  { effectiveFrom, position }: Positioned<{ effectiveFrom: number }>,
): void {
  agency.status = status;
  agency.statusSince = effectiveFrom;
  agency.statuses.push({ status, effectiveFrom, recordedAt: position.time });
}

type LaterAgencyEvent = Exclude<Positioned<AgencyEvent>, { kind: "AgencyRegistered" }>;

function applyToAgency(state: LedgerState, agency: Agency, event: LaterAgencyEvent): void {
  switch (event.kind) {
    case "AgencyStatusChanged":
      changeStatus(agency, event.status, event);
      return;
    case "AgencySucceeded":
      succeed(agency, event);
      return;
    case "EntitlementGranted": {
      const { validFrom, validUntil, assurance } = event;
      agency.entitlements.set(event.type, { validFrom, validUntil, assurance });
      return;
    }
    case "EntitlementEnded":
      agency.entitlements.delete(event.type);
      return;
    case "DocumentKeyAdded":
      addDocumentKey(agency, event);
      return;
    case "DocumentKeyEnded":
    case "DocumentKeyDistrusted":
    case "DocumentKeyDistrustLifted":
      changeDocumentKey(agency, event);
      return;
    default:
      applyToOperator(state, event);
  }
}

/** One event says both: who goes on, and that the agency is closed. The first successor named stands. */
function succeed(
  agency: Agency,
  event: Extract<LaterAgencyEvent, { kind: "AgencySucceeded" }>,
): void {
  const { effectiveFrom, position } = event;
  if (agency.status !== "closed") changeStatus(agency, "closed", event);
  agency.successor ??= { agency: event.successor, effectiveFrom, recordedAt: position.time };
}

/** The agency as known then, or null: nobody knew of it before it was registered. */
export function findAgency(state: LedgerState, code: string, asKnownAt: number): Agency | null {
  const agency = state.agencies.get(code);
  return agency !== undefined && agency.registeredAt <= asKnownAt ? agency : null;
}

/**
 * The agency that goes on with its work at `at`, as known at `asKnownAt`, through as many successions as
 * there were; null where there was none.
 */
export function successorOf(
  state: LedgerState,
  agency: Agency,
  at: number,
  asKnownAt: number,
): Agency | null {
  if (agency.successor === null) return null;
  const isSucceeded = ({ successor }: Agency): boolean => {
    const isInEffect = successor !== null && successor.effectiveFrom <= at;
    return isInEffect && successor.recordedAt <= asKnownAt;
  };
  const last = lastInLine(state, agency, isSucceeded, asKnownAt);
  return last === agency ? null : last;
}

/** The agency whose operators act for this one: itself, or its first successor that is not closed. */
export function actingAgency(state: LedgerState, agency: Agency): Agency {
  return lastInLine(state, agency, ({ status }) => status === "closed");
}

/** From successor to successor while `isSucceeded`; in a circle, up to where it would begin again. */
function lastInLine(
  state: LedgerState,
  agency: Agency,
  isSucceeded: (agency: Agency) => boolean,
  asKnownAt = Infinity,
): Agency {
  const passed = new Set([agency]);
  let last = agency;
  while (isSucceeded(last)) {
    const next = findAgency(state, last.successor?.agency ?? "", asKnownAt);
    if (next === null || passed.has(next)) break;
    passed.add(next);
    last = next;
  }
  return last;
}

/** The entitlement under which an account may anchor a type at a time, or null. */
export function entitlementOf(
  state: LedgerState,
  account: string,
  agencyCode: string,
  type: string,
  time: number,
): Entitlement | null {
  const agency = state.agencies.get(agencyCode);
  const isOperator = isOperatorOf(state.operators.get(account), agencyCode, time);
  if (agency?.status !== "active" || !isOperator) return null;
  const entitlement = agency.entitlements.get(type);
  return entitlement !== undefined && isInWindow(entitlement, time) ? entitlement : null;
}
