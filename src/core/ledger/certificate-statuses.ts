/**
 * The status changes of a batch's certificates, 24 bytes each instead of some hundred: a country has a hundred
 * million. In order of index, each certificate's in the order of the chain; the newest wait at the end,
 * unsorted, until they are many enough to be worth sorting in.
 */
export interface StatusChange {
  readonly status: number;
  readonly effectiveFrom: number;
  readonly recordedAt: number;
  readonly reason: number;
}

/** index:u32 status:u8 –:u8 reason:u16 effectiveFrom:f64 recordedAt:f64 */
const ENTRY_BYTES = 24;
const STATUS_AT = 4;
const REASON_AT = 6;
const EFFECTIVE_AT = 8;
const RECORDED_AT = 16;
/** How many may wait: looking through them is as quick as finding a place among the sorted. */
const LEAST_WAITING = 64;
/** And of the sorted, so that sorting in stays rare however many there are. */
const WAITING_PART = 1 / 8;

export class CertificateStatuses {
  #entries = new DataView(new ArrayBuffer(ENTRY_BYTES));
  #count = 0;
  #sorted = 0;
  #latest = 0;

  /** Of what `toBytes` gave; as it was, for whoever asks. */
  static fromBytes(bytes: Uint8Array): CertificateStatuses {
    const statuses = new CertificateStatuses();
    statuses.#entries = new DataView(bytes.slice().buffer);
    statuses.#count = bytes.length / ENTRY_BYTES;
    statuses.#sorted = statuses.#count;
    for (let i = 0; i < statuses.#count; i++) {
      const recordedAt = statuses.#entries.getFloat64(i * ENTRY_BYTES + RECORDED_AT);
      if (recordedAt > statuses.#latest) statuses.#latest = recordedAt;
    }
    return statuses;
  }

  /** How many changes there are. */
  get count(): number {
    return this.#count;
  }

  /** Empty, with room for so many. */
  static withRoom(count: number): CertificateStatuses {
    const statuses = new CertificateStatuses();
    statuses.#entries = new DataView(new ArrayBuffer(Math.max(count, 1) * ENTRY_BYTES));
    return statuses;
  }

  /** ENTRY_BYTES for each change, sorted. */
  toBytes(): Uint8Array {
    this.#sort();
    return bytesOf(this.#entries).slice(0, this.#count * ENTRY_BYTES);
  }

  /** @param index 0 to 2^32 − 1 */
  add(index: number, change: StatusChange): void {
    const at = this.#count * ENTRY_BYTES;
    if (at === this.#entries.byteLength) this.#grow();
    const entries = this.#entries;
    entries.setUint32(at, index);
    entries.setUint8(at + STATUS_AT, change.status);
    entries.setUint16(at + REASON_AT, change.reason);
    entries.setFloat64(at + EFFECTIVE_AT, change.effectiveFrom);
    entries.setFloat64(at + RECORDED_AT, change.recordedAt);
    if (this.#isInOrder(index)) this.#sorted++;
    this.#count++;
    if (change.recordedAt > this.#latest) this.#latest = change.recordedAt;
    const waiting = this.#count - this.#sorted;
    if (waiting > Math.max(LEAST_WAITING, this.#sorted * WAITING_PART)) this.#sort();
  }

  /** What comes by rising index, as from another ledger, need not be sorted in. */
  #isInOrder(index: number): boolean {
    if (this.#sorted !== this.#count) return false;
    return this.#count === 0 || this.#indexAt(this.#count - 1) <= index;
  }

  /** The changes of one certificate in the order they were recorded. */
  of(index: number): StatusChange[] {
    const changes: StatusChange[] = [];
    for (let i = this.#firstOf(index); i < this.#sorted && this.#indexAt(i) === index; i++) {
      changes.push(this.#changeAt(i));
    }
    for (let i = this.#sorted; i < this.#count; i++) {
      if (this.#indexAt(i) === index) changes.push(this.#changeAt(i));
    }
    return changes;
  }

  /** Each certificate that has changes, by rising index, with all of them. */
  *all(): Generator<readonly [index: number, changes: StatusChange[]]> {
    this.#sort();
    for (let i = 0; i < this.#count;) {
      const index = this.#indexAt(i);
      const changes: StatusChange[] = [];
      for (; i < this.#count && this.#indexAt(i) === index; i++) changes.push(this.#changeAt(i));
      yield [index, changes];
    }
  }

  /** All that was recorded at `since` or later, by rising index, each certificate's in the order of the chain. */
  visit(since: number, take: (index: number, change: StatusChange) => void): void {
    if (since > this.#latest) return;
    this.#sort();
    for (let i = 0; i < this.#count; i++) {
      const change = this.#changeAt(i);
      if (change.recordedAt >= since) take(this.#indexAt(i), change);
    }
  }

  #changeAt(entry: number): StatusChange {
    const at = entry * ENTRY_BYTES;
    return {
      status: this.#entries.getUint8(at + STATUS_AT),
      effectiveFrom: this.#entries.getFloat64(at + EFFECTIVE_AT),
      recordedAt: this.#entries.getFloat64(at + RECORDED_AT),
      reason: this.#entries.getUint16(at + REASON_AT),
    };
  }

  #indexAt(entry: number): number {
    return this.#entries.getUint32(entry * ENTRY_BYTES);
  }

  /** The first of the sorted that is of this index, or of a later one. */
  #firstOf(index: number): number {
    let low = 0;
    let high = this.#sorted;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#indexAt(middle) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Stable, so that each certificate's changes stay in their order. */
  #sort(): void {
    if (this.#sorted === this.#count) return;
    const order = Array.from({ length: this.#count }, (_, i) => i);
    order.sort((a, b) => this.#indexAt(a) - this.#indexAt(b));
    const old = bytesOf(this.#entries);
    const sorted = new Uint8Array(old.length);
    order.forEach((entry, i) => {
      const at = entry * ENTRY_BYTES;
      sorted.set(old.subarray(at, at + ENTRY_BYTES), i * ENTRY_BYTES);
    });
    this.#entries = new DataView(sorted.buffer);
    this.#sorted = this.#count;
  }

  /** By half: most batches have few changes, and there are many batches. */
  #grow(): void {
    const capacity = Math.ceil((this.#count + 1) * 1.5);
    const larger = new Uint8Array(capacity * ENTRY_BYTES);
    larger.set(bytesOf(this.#entries));
    this.#entries = new DataView(larger.buffer);
  }
}

function bytesOf({ buffer }: DataView): Uint8Array {
  return new Uint8Array(buffer);
}
