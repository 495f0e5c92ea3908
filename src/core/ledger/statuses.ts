/** What has ended, folded from StatusRegistry's events (protocol, 7). */
import { CertificateStatuses } from "./certificate-statuses.ts";
import type { Positioned, StatusEvent } from "./events.ts";
import type { StatusChange } from "./certificate-statuses.ts";
import type { BatchStatuses, LedgerState } from "./state.ts";
import { batchKey } from "./state.ts";

export const ACTIVE = 0;
export const SUSPENDED = 1;

const OTHER = { name: "other", zh: "其他" };

/** The words of the protocol for each status, its name on the command line first. */
export const STATUS_NAMES: ReadonlyMap<number, { readonly name: string; readonly zh: string }> =
  new Map([
    [0, { name: "active", zh: "有效" }],
    [1, { name: "suspended", zh: "暂扣、冻结" }],
    [2, { name: "superseded", zh: "换发、变更" }],
    [3, { name: "cancelled", zh: "注销" }],
    [4, { name: "withdrawn", zh: "撤销" }],
    [5, { name: "revoked", zh: "吊销" }],
    [6, { name: "transferred", zh: "转出" }],
    [15, OTHER],
  ]);

/** A status that no version of the protocol knows is called 'other'. */
export function statusName(status: number): { readonly name: string; readonly zh: string } {
  return STATUS_NAMES.get(status) ?? OTHER;
}

/** Only a suspension is lifted; every other status is final. */
export function isLegalTransition(from: number, to: number): boolean {
  if (from === to || !STATUS_NAMES.has(to)) return false;
  return from === ACTIVE || from === SUSPENDED;
}

export function applyStatusEvent(state: LedgerState, event: Positioned<StatusEvent>): void {
  const statuses = statusesOf(state, event.agency, event.root);
  const { status, effectiveFrom, reason } = event;
  const change = { status, effectiveFrom, reason, recordedAt: event.position.time };
  if (event.kind === "BatchStatusChanged") {
    statuses.whole.push(change);
    return;
  }
  for (const index of indicesOf(event)) statuses.certificates.add(index, change);
}

/** The certificates that a change names; none where it is of the whole batch. */
export function indicesOf(event: StatusEvent): readonly number[] {
  switch (event.kind) {
    case "CertificateStatusChanged":
      return [event.index];
    case "CertificatesStatusChanged":
      return event.indices;
    default:
      return [];
  }
}

function statusesOf(state: LedgerState, agency: string, root: string): BatchStatuses {
  const key = batchKey(agency, root);
  const known = state.statuses.get(key);
  const statuses = known ?? { whole: [], certificates: new CertificateStatuses() };
  state.statuses.set(key, statuses);
  return statuses;
}

/** The status recorded last, whatever its effective date: what the contract itself would answer. */
export function recordedStatus(changes: readonly StatusChange[] | undefined): number {
  return changes?.at(-1)?.status ?? ACTIVE;
}

/** A status with its scope: the certificate's own, or that of its whole batch. */
export interface EffectiveStatus {
  readonly scope: "certificate" | "batch";
  readonly change: StatusChange;
}

/**
 * The status in force at `at`, as known at `asKnownAt` (both seconds since 1970), or null for active.
 * A batch's status comes before the certificate's own.
 */
export function statusAt(
  state: LedgerState,
  batch: { readonly agency: string; readonly root: string; readonly index: number },
  at: number,
  asKnownAt: number,
): EffectiveStatus | null {
  const statuses = state.statuses.get(batchKey(batch.agency, batch.root));
  const whole = lastInForce(statuses?.whole, at, asKnownAt);
  if (whole !== null) return { scope: "batch", change: whole };
  const own = lastInForce(statuses?.certificates.of(batch.index), at, asKnownAt);
  return own === null ? null : { scope: "certificate", change: own };
}

function lastInForce(
  changes: readonly StatusChange[] | undefined,
  at: number,
  asKnownAt: number,
): StatusChange | null {
  const last = changes?.findLast(
    ({ effectiveFrom, recordedAt }) => effectiveFrom <= at && recordedAt <= asKnownAt,
  );
  return last === undefined || last.status === ACTIVE ? null : last;
}
