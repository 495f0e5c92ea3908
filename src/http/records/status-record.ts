/** What became of certificates: as it is now, as it was, and as it changed. */
import { formatInstant } from "../../core/encoding/instant.ts";
import type { StatusChange } from "../../core/ledger/certificate-statuses.ts";
import type { Positioned, StatusEvent } from "../../core/ledger/events.ts";
import type { Anchor, LedgerState } from "../../core/ledger/state.ts";
import { batchKey } from "../../core/ledger/state.ts";
import type { EffectiveStatus } from "../../core/ledger/statuses.ts";
import { ACTIVE, indicesOf, statusAt } from "../../core/ledger/statuses.ts";
import type { BatchStatus } from "./batch-record.ts";
import { namedStatus } from "./batch-record.ts";

type Scope = EffectiveStatus["scope"];

/** One change; `scope` says whether it is the certificate's own or its whole batch's. */
interface ChangeRecord extends Pick<BatchStatus, "name" | "words"> {
  readonly scope: Scope;
  readonly effectiveFrom: string;
  readonly recordedAt: string;
  readonly reason: number;
}

/** Dates, scope and reason are null where it is active. */
interface PresentStatus extends BatchStatus {
  readonly scope: Scope | null;
}

export interface CertificateStatusRecord {
  readonly agency: string;
  readonly root: string;
  readonly index: number;
  readonly status: PresentStatus;
  /** In the order in which they were recorded; of one second, the batch's own first. */
  readonly history: readonly ChangeRecord[];
}

/** @param now seconds since 1970: what is to take effect later is in the history alone */
export function certificateStatusRecord(
  state: LedgerState,
  { agency, root }: Anchor,
  index: number,
  now: number,
): CertificateStatusRecord {
  const statuses = state.statuses.get(batchKey(agency, root));
  const whole = (statuses?.whole ?? []).map((change) => changeRecord("batch", change));
  const own = (statuses?.certificates.of(index) ?? []).map((change) => {
    return changeRecord("certificate", change);
  });
  const history = [...whole, ...own].sort((a, b) => a.recordedAt.localeCompare(b.recordedAt));
  const present = statusAt(state, { agency, root, index }, now, Infinity);
  return { agency, root, index, status: presentStatus(present), history };
}

function changeRecord(scope: Scope, change: StatusChange): ChangeRecord {
  const { status, effectiveFrom, recordedAt, reason } = change;
  const dates = {
    effectiveFrom: formatInstant(effectiveFrom),
    recordedAt: formatInstant(recordedAt),
  };
  return { scope, ...namedStatus(status), ...dates, reason };
}

function presentStatus(present: EffectiveStatus | null): PresentStatus {
  if (present !== null) return changeRecord(present.scope, present.change);
  const nothing = { scope: null, effectiveFrom: null, recordedAt: null, reason: null };
  return { ...namedStatus(ACTIVE), ...nothing };
}

/** A change as it was recorded, of one certificate, of several, or of a whole batch. */
export interface StatusEventRecord extends Pick<BatchStatus, "name" | "words"> {
  readonly agency: string;
  readonly root: string;
  /** Null: the whole batch. */
  readonly indices: readonly number[] | null;
  readonly effectiveFrom: string;
  readonly recordedAt: string;
  readonly reason: number;
  /** The account that recorded it. */
  readonly by: string;
  readonly block: number;
  readonly transaction: string;
}

export function statusEventRecord(event: Positioned<StatusEvent>): StatusEventRecord {
  const { agency, root, status, effectiveFrom, reason, by, position } = event;
  return {
    agency,
    root,
    indices: event.kind === "BatchStatusChanged" ? null : indicesOf(event),
    ...namedStatus(status),
    effectiveFrom: formatInstant(effectiveFrom),
    recordedAt: formatInstant(position.time),
    reason,
    by,
    block: position.block,
    transaction: position.transaction,
  };
}
