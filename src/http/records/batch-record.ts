/** A batch as the chain has it: its anchor, its own status, and how many certificates have which. */
import type { Words } from "../../core/words.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { SuiteName } from "../../core/hashing.ts";
import { suiteName } from "../../core/hashing.ts";
import { isDistrusted } from "../../core/ledger/anchors.ts";
import type { StatusChange } from "../../core/ledger/certificate-statuses.ts";
import type { Anchor, BatchStatuses, LedgerState } from "../../core/ledger/state.ts";
import { batchKey } from "../../core/ledger/state.ts";
import { ACTIVE, STATUS_NAMES, recordedStatus, statusName } from "../../core/ledger/statuses.ts";

/** What a list tells of each batch. */
export interface ListedBatch {
  readonly agency: string;
  readonly root: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly size: number;
  readonly suite: SuiteName;
  readonly sequence: number;
  readonly head: string;
  readonly manifestHash: string;
  readonly operator: string;
  /** Null where the agency was not entitled when it anchored. */
  readonly assurance: number | null;
  readonly isDistrusted: boolean;
  readonly anchoredAt: string;
  readonly block: number;
  readonly transaction: string;
  readonly status: BatchStatus;
}

export interface BatchRecord extends ListedBatch {
  readonly certificates: CertificateCounts;
}

/** The status of the whole batch, as recorded last; dates and reason are null where it never changed. */
export interface BatchStatus {
  readonly name: string;
  readonly words: Words;
  readonly effectiveFrom: string | null;
  readonly recordedAt: string | null;
  readonly reason: number | null;
}

/** How many certificates have which status of their own, by the status's name. */
type CertificateCounts = Readonly<Record<string, number>>;

export function batchRecord(state: LedgerState, anchor: Anchor): BatchRecord {
  const certificates = countStatuses(anchor.size, statusesOf(state, anchor));
  return { ...listedBatch(state, anchor), certificates };
}

/** Without the counts, for which every change of its certificates is looked at. */
export function listedBatch(state: LedgerState, anchor: Anchor): ListedBatch {
  const { agency, root, type, schemaVersion, size, sequence, head } = anchor;
  const { manifestHash, operator, assurance, position } = anchor;
  return {
    agency,
    root,
    type,
    schemaVersion,
    size,
    suite: suiteName(anchor.suite),
    sequence,
    head,
    manifestHash,
    operator,
    assurance,
    isDistrusted: isDistrusted(state, anchor),
    anchoredAt: formatInstant(anchor.time),
    block: position.block,
    transaction: position.transaction,
    status: batchStatus(statusesOf(state, anchor)?.whole.at(-1)),
  };
}

function statusesOf(state: LedgerState, { agency, root }: Anchor): BatchStatuses | undefined {
  return state.statuses.get(batchKey(agency, root));
}

/** A status that the protocol does not name is told as 15, 其他. */
export function namedStatus(status: number): Pick<BatchStatus, "name" | "words"> {
  const { name, zh } = statusName(status);
  return { name, words: { zh, en: name } };
}

function batchStatus(change: StatusChange | undefined): BatchStatus {
  return {
    ...namedStatus(change?.status ?? ACTIVE),
    effectiveFrom: change === undefined ? null : formatInstant(change.effectiveFrom),
    recordedAt: change === undefined ? null : formatInstant(change.recordedAt),
    reason: change?.reason ?? null,
  };
}

function countStatuses(size: number, statuses: BatchStatuses | undefined): CertificateCounts {
  const counts = new Map([...STATUS_NAMES.values()].map(({ name }) => [name, 0]));
  const changed = [...(statuses?.certificates.all() ?? [])];
  const add = (status: number, count: number): void => {
    const { name } = statusName(status);
    counts.set(name, (counts.get(name) as number) + count);
  };
  add(ACTIVE, size - changed.length);
  for (const [, changes] of changed) add(recordedStatus(changes), 1);
  return Object.fromEntries(counts);
}
