/** Cuts what passes the gate into chunks of leaves, and the chunks into batches. */
import { CHUNK_LEAVES } from "../../ports/agency-store.ts";
import type { ChunkOrder } from "../../ports/issuing-workers.ts";
import type { RecordRun } from "./flat-runs.ts";
import { emptyRecords, joinRuns } from "./flat-runs.ts";

export interface BatchShape {
  /** Certificates in one batch at most. */
  readonly batchSize: number;
  readonly isPadded: boolean;
}

export interface CutChunk {
  readonly order: ChunkOrder;
  /** For each of its records NUMBER_DIGEST_BYTES. */
  readonly digests: Uint8Array;
  /** Of the batch that the chunk is the last of; null for the others. */
  readonly ended: BatchCounts | null;
}

export interface BatchCounts {
  readonly issued: number;
  /** Leaves, padding included. */
  readonly size: number;
}

export class ChunkCutter {
  readonly #shape: BatchShape;
  #runs: RecordRun[] = [];
  /** Records in the runs. */
  #waiting = 0;
  #batch = 0;
  /** Records of the batch that are cut already. */
  #issued = 0;

  constructor(shape: BatchShape) {
    this.#shape = shape;
  }

  /** A chunk is cut once it is known whether it is its batch's last. */
  *push(runs: readonly RecordRun[]): Generator<CutChunk> {
    for (const run of runs) {
      this.#runs.push(run);
      this.#waiting += run.to - run.from;
      while (this.#waiting >= this.#nextSize() + (this.#isNextLast() ? 0 : 1)) {
        yield* this.#cut(this.#nextSize(), this.#isNextLast());
      }
    }
  }

  *end(): Generator<CutChunk> {
    if (this.#waiting > 0) yield* this.#cut(this.#waiting, true);
  }

  #nextSize(): number {
    return Math.min(CHUNK_LEAVES, this.#shape.batchSize - this.#issued);
  }

  #isNextLast(): boolean {
    return this.#issued + this.#nextSize() === this.#shape.batchSize;
  }

  *#cut(count: number, isLast: boolean): Generator<CutChunk> {
    const { records, digests } = joinRuns(this.#take(count));
    const firstIndex = this.#issued;
    const order = { batch: this.#batch, firstIndex, records, padding: 0 };
    this.#issued += count;
    if (!isLast) yield { order, digests, ended: null };
    else yield* this.#padded({ order, digests, ended: this.#endBatch() });
  }

  #endBatch(): BatchCounts {
    const issued = this.#issued;
    this.#batch++;
    this.#issued = 0;
    return { issued, size: this.#shape.isPadded ? 2 ** Math.ceil(Math.log2(issued)) : issued };
  }

  /** Fills the last chunk of records, and adds chunks of nothing but padding. */
  *#padded(last: CutChunk & { readonly ended: BatchCounts }): Generator<CutChunk> {
    const { order, ended } = last;
    let chunk: CutChunk = last;
    let missing = ended.size - ended.issued;
    const filled = Math.min(missing, CHUNK_LEAVES - order.records.count);
    chunk = { ...last, order: { ...order, padding: filled } };
    for (missing -= filled; missing > 0; missing -= CHUNK_LEAVES) {
      yield { ...chunk, ended: null };
      chunk = paddingAfter(chunk, ended);
    }
    yield chunk;
  }

  #take(count: number): RecordRun[] {
    const taken: RecordRun[] = [];
    let missing = count;
    while (missing > 0) {
      const run = this.#runs.shift() as RecordRun;
      const to = Math.min(run.to, run.from + missing);
      taken.push({ ...run, to, isLast: run.isLast === true && to === run.to });
      missing -= to - run.from;
      if (to < run.to) this.#runs.unshift({ ...run, from: to });
    }
    this.#waiting -= count;
    return taken;
  }
}

function paddingAfter({ order }: CutChunk, ended: BatchCounts): CutChunk {
  const firstIndex = order.firstIndex + CHUNK_LEAVES;
  const records = emptyRecords(0, 0, 0);
  const padding = { ...order, firstIndex, records, padding: CHUNK_LEAVES };
  return { order: padding, digests: new Uint8Array(0), ended };
}
