/** Who speaks for which region, folded from AuthorityRegistry's events, and where a generation ends. */
import type { AuthorityEvent, LedgerFrozen, Positioned } from "./events.ts";
import { endDocumentKey } from "./document-keys.ts";
import type { Agency, Freeze, LedgerState } from "./state.ts";
import { ZERO_HASH, endWindow } from "./state.ts";

export function applyAuthorityEvent(state: LedgerState, event: Positioned<AuthorityEvent>): void {
  state.sequences.AuthorityRegistry = event.sequence;
  if (event.kind === "LedgerFrozen") {
    freeze(state, event);
    return;
  }
  const accounts = state.authorities.get(event.region) ?? new Map<string, number>();
  state.authorities.set(event.region, accounts);
  if (event.kind === "AuthorityAppointed") accounts.set(event.account, event.effectiveFrom);
  else accounts.delete(event.account);
}

/**
 * Ends a generation: every power ends, what it did stays. What is still in force is said again in the
 * next one's contracts. A deployment without a known successor keeps its place in its contracts' logs.
 */
function freeze(state: LedgerState, { successor, position }: Positioned<LedgerFrozen>): void {
  const { time } = position;
  state.freezes.push({ successor, recordedAt: time });
  state.authorities.clear();
  for (const [account, operator] of state.operators) {
    state.operators.set(account, endWindow(operator, time));
  }
  for (const agency of state.agencies.values()) endPowers(agency, time);
  for (const record of state.rules.values()) record.endedAt ??= time;
  if (ownFreeze(state, time) === null) beginLogs(state);
}

function endPowers({ entitlements, documentKeys }: Agency, time: number): void {
  entitlements.clear();
  for (const [id, key] of documentKeys) documentKeys.set(id, endDocumentKey(key, time));
}

/** The contracts of the next generation number their events from 1 again. */
function beginLogs(state: LedgerState): void {
  const none = { AuthorityRegistry: 0, AgencyRegistry: 0, CertificateCatalog: 0 };
  Object.assign(state.sequences, { ...none, RecognitionPolicy: 0 });
  state.sequence = 0;
  state.head = ZERO_HASH;
}

/** How the very deployment that is followed was frozen, as known then; null while it goes on. */
export function ownFreeze({ freezes, identity }: LedgerState, asKnownAt: number): Freeze | null {
  const last = freezes[identity.predecessors.length];
  return last !== undefined && last.recordedAt <= asKnownAt ? last : null;
}

/** Whether an account is an authority over one of these regions: those it may speak for, itself or above. */
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
