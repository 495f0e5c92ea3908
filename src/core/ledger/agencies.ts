/** Who may issue what, folded from AgencyRegistry's and AccessManager's events. */
import type { AgencyEvent, AuthorityEvent, Positioned } from "./events.ts";
import type { Agency, DocumentKey, Entitlement, LedgerState, Operator } from "./state.ts";
import { isInWindow } from "./state.ts";

export function applyAgencyEvent(state: LedgerState, event: Positioned<AgencyEvent>): void {
  state.sequences.AgencyRegistry = event.sequence;
  if (event.kind === "AgencyRegistered") {
    state.agencies.set(event.agency, {
      code: event.agency,
      region: event.region,
      name: event.name,
      status: "active",
      statusSince: event.effectiveFrom,
      entitlements: new Map(),
      documentKeys: new Map(),
    });
    return;
  }
  const agency = state.agencies.get(event.agency);
  if (agency !== undefined) applyToAgency(state, agency, event);
}

type LaterAgencyEvent = Exclude<Positioned<AgencyEvent>, { kind: "AgencyRegistered" }>;

function applyToAgency(state: LedgerState, agency: Agency, event: LaterAgencyEvent): void {
  switch (event.kind) {
    case "AgencyStatusChanged":
      agency.status = event.status;
      agency.statusSince = event.effectiveFrom;
      return;
    case "EntitlementGranted": {
      const { validFrom, validUntil, assurance } = event;
      agency.entitlements.set(event.type, { validFrom, validUntil, assurance });
      return;
    }
    case "EntitlementEnded":
      agency.entitlements.delete(event.type);
      return;
    case "DocumentKeyAdded": {
      const { keyId, x, y, validFrom, validUntil } = event;
      agency.documentKeys.set(keyId, { keyId, x, y, validFrom, validUntil, isDistrusted: false });
      return;
    }
    case "DocumentKeyDistrusted":
      update(agency.documentKeys, event.keyId, (key) => ({ ...key, isDistrusted: true }));
      return;
    default:
      applyToOperator(state, event);
  }
}

type OperatorEvent = Extract<LaterAgencyEvent, { account: string }>;

function applyToOperator(state: LedgerState, event: OperatorEvent): void {
  const known = state.operators.get(event.account);
  if (event.kind === "OperatorAdded") {
    const { agency, validFrom, validUntil } = event;
    const distrustedSince = known?.distrustedSince ?? null;
    state.operators.set(event.account, { agency, validFrom, validUntil, distrustedSince });
  } else if (event.kind === "OperatorRemoved") {
    const validUntil = event.position.time;
    update(state.operators, event.account, (operator) => ({ ...operator, validUntil }));
  } else {
    const since = Math.min(event.since, known?.distrustedSince ?? event.since);
    update(state.operators, event.account, (operator) => ({ ...operator, distrustedSince: since }));
  }
}

function update<K, V>(map: Map<K, V>, key: K, change: (value: V) => V): void {
  const value = map.get(key);
  if (value !== undefined) map.set(key, change(value));
}

export function applyAuthorityEvent(state: LedgerState, event: Positioned<AuthorityEvent>): void {
  const accounts = state.authorities.get(event.region) ?? new Map<string, number>();
  state.authorities.set(event.region, accounts);
  if (event.kind === "AuthorityGranted") accounts.set(event.account, event.since);
  else accounts.delete(event.account);
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
  if (
    agency?.status !== "active" ||
    !isOperatorOf(state.operators.get(account), agencyCode, time)
  ) {
    return null;
  }
  const entitlement = agency.entitlements.get(type);
  return entitlement !== undefined && isInWindow(entitlement, time) ? entitlement : null;
}

export function isOperatorOf(
  operator: Operator | undefined,
  agency: string,
  time: number,
): boolean {
  return operator?.agency === agency && isInWindow(operator, time);
}

/** Whether an account is an authority over a region: its own, one above it, or the whole country. */
export function isAuthorityOver(
  state: LedgerState,
  account: string,
  regions: readonly string[],
  time: number,
): boolean {
  return regions.some((region) => {
    const since = state.authorities.get(region)?.get(account);
    return since !== undefined && since <= time;
  });
}

/** The document keys of an agency that anyone may still trust. */
export function trustedDocumentKeys(state: LedgerState, agency: string): DocumentKey[] {
  const keys = state.agencies.get(agency)?.documentKeys.values() ?? [];
  return [...keys].filter((key) => !key.isDistrusted);
}
