/** Changes of statuses in columns: a country has millions of them, and most are alike. */
import { malformed } from "../encoding/format-error.ts";
import { CertificateStatuses } from "../ledger/certificate-statuses.ts";
import type { StatusChange } from "../ledger/certificate-statuses.ts";
import type { BatchStatuses } from "../ledger/state.ts";
import type { Decoded } from "./codec.ts";
import { bytes, record } from "./codec.ts";
import { ColumnReader, ColumnWriter } from "./columns.ts";

const MAX_INDEX = 2 ** 32 - 1;
const MAX_STATUS = 255;
const MAX_REASON = 65_535;

/**
 * `batches`: of each batch with changes the difference of its ordinal to the one before less one, how many
 * changes are of the whole batch, and how many of its certificates. `indices`: of each certificate's change the
 * difference of its index to the one before in its batch.
 */
export const statusColumns = record({
  batches: bytes,
  indices: bytes,
  statuses: bytes,
  reasons: bytes,
  recordedAt: bytes,
  effectiveFrom: bytes,
});

export type StatusColumns = Decoded<typeof statusColumns>;

/** Changes of one batch, told by its place in the whole pack. */
export interface PlacedStatuses {
  readonly ordinal: number;
  readonly statuses: BatchStatuses;
}

export class StatusPacker {
  readonly #batches = new ColumnWriter();
  readonly #indices = new ColumnWriter();
  readonly #statuses = new ColumnWriter();
  readonly #reasons = new ColumnWriter();
  readonly #recordedAt = new ColumnWriter();
  readonly #effectiveFrom = new ColumnWriter();
  #ordinal = -1;
  #time = 0;

  /** Batches come by rising ordinal. @param since only changes recorded then or later */
  add({ ordinal, statuses }: PlacedStatuses, since: number): void {
    const whole = statuses.whole.filter(({ recordedAt }) => recordedAt >= since);
    const own = countSince(statuses, since);
    if (whole.length + own === 0) return;
    this.#batches.uint(ordinal - this.#ordinal - 1);
    this.#batches.uint(whole.length);
    this.#batches.uint(own);
    this.#ordinal = ordinal;
    for (const change of whole) this.#change(change);
    let before = 0;
    statuses.certificates.visit(since, (index, change) => {
      this.#indices.uint(index - before);
      before = index;
      this.#change(change);
    });
  }

  columns(): StatusColumns {
    return {
      batches: this.#batches.bytes(),
      indices: this.#indices.bytes(),
      statuses: this.#statuses.bytes(),
      reasons: this.#reasons.bytes(),
      recordedAt: this.#recordedAt.bytes(),
      effectiveFrom: this.#effectiveFrom.bytes(),
    };
  }

  #change({ status, reason, recordedAt, effectiveFrom }: StatusChange): void {
    this.#statuses.uint(status);
    this.#reasons.uint(reason);
    this.#recordedAt.int(recordedAt - this.#time);
    this.#effectiveFrom.int(recordedAt - effectiveFrom);
    this.#time = recordedAt;
  }
}

function countSince({ certificates }: BatchStatuses, since: number): number {
  let count = 0;
  certificates.visit(since, () => count++);
  return count;
}

/** @throws FormatError MALFORMED for columns that don't fit each other */
export function unpackStatuses(columns: StatusColumns): PlacedStatuses[] {
  const reader = new StatusReader(columns);
  const placed: PlacedStatuses[] = [];
  for (let next = reader.batch(); next !== null; next = reader.batch()) placed.push(next);
  return placed;
}

class StatusReader {
  readonly #left: number;
  readonly #batches: ColumnReader;
  readonly #indices: ColumnReader;
  readonly #statuses: ColumnReader;
  readonly #reasons: ColumnReader;
  readonly #recordedAt: ColumnReader;
  readonly #effectiveFrom: ColumnReader;
  #ordinal = -1;
  #time = 0;
  #changes = 0;

  constructor(columns: StatusColumns) {
    const open = (name: keyof StatusColumns) => new ColumnReader(columns[name], `statuses.${name}`);
    this.#batches = open("batches");
    this.#indices = open("indices");
    this.#statuses = open("statuses");
    this.#reasons = open("reasons");
    this.#recordedAt = open("recordedAt");
    this.#effectiveFrom = open("effectiveFrom");
    // A change takes at least a byte in each column: no number can ask for more than there is.
    this.#left = columns.statuses.length;
  }

  /** Null at the end. */
  batch(): PlacedStatuses | null {
    if (this.#batches.isAtEnd) {
      this.#end();
      return null;
    }
    this.#ordinal += 1 + this.#batches.uint(MAX_INDEX);
    const [whole, own] = [this.#batches.uint(this.#left), this.#batches.uint(this.#left)];
    this.#changes += whole + own;
    if (this.#changes > this.#left) throw malformed("statuses.batches", "more than there are");
    const changes = Array.from({ length: whole }, () => this.#change());
    return { ordinal: this.#ordinal, statuses: { whole: changes, certificates: this.#own(own) } };
  }

  #own(count: number): CertificateStatuses {
    const certificates = CertificateStatuses.withRoom(count);
    let index = 0;
    for (let i = 0; i < count; i++) {
      index += this.#indices.uint(MAX_INDEX - index);
      certificates.add(index, this.#change());
    }
    return certificates;
  }

  #change(): StatusChange {
    const status = this.#statuses.uint(MAX_STATUS);
    const reason = this.#reasons.uint(MAX_REASON);
    this.#time += this.#recordedAt.int();
    const effectiveFrom = this.#time - this.#effectiveFrom.int();
    return { status, reason, recordedAt: this.#time, effectiveFrom };
  }

  #end(): void {
    const columns = [this.#indices, this.#statuses, this.#reasons];
    for (const column of [...columns, this.#recordedAt, this.#effectiveFrom]) column.end();
  }
}

/** What was recorded from `since` on is replaced by what a later pack says of it. */
export function withChangesSince(
  before: BatchStatuses | undefined,
  changes: BatchStatuses,
  since: number,
): BatchStatuses {
  if (before === undefined) return changes;
  const isEarlier = ({ recordedAt }: StatusChange) => recordedAt < since;
  const { count } = before.certificates;
  const certificates = CertificateStatuses.withRoom(count + changes.certificates.count);
  before.certificates.visit(-Infinity, (index, change) => {
    if (isEarlier(change)) certificates.add(index, change);
  });
  changes.certificates.visit(-Infinity, (index, change) => {
    certificates.add(index, change);
  });
  return { whole: [...before.whole.filter(isEarlier), ...changes.whole], certificates };
}
