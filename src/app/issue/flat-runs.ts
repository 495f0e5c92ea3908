/** Parts of records in flat buffers: cut out and put together without looking at what they say. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { giveBack } from "../../core/encoding/give-back.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type { FlatRecords } from "../../ports/issuing-workers.ts";

/** Records `from` to `to` of some. */
export interface RecordRun {
  readonly records: FlatRecords;
  /** For each of all the records NUMBER_DIGEST_BYTES. */
  readonly digests: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Whether nobody wants the records' buffers once this run of them was joined with others. */
  readonly isLast?: boolean;
}

export interface JoinedRecords {
  readonly records: FlatRecords;
  readonly digests: Uint8Array;
}

/** The value of a record's claim, in CBOR. @param name its place among the type's; the record has it */
export function claimAt(records: FlatRecords, place: number, name: number): Uint8Array {
  const { claimStarts, nameNumbers, values } = records;
  let claim = claimStarts[place] as number;
  while (nameNumbers[claim] !== name) claim++;
  return values.bytes.subarray(values.ends[claim], values.ends[claim + 1]);
}

/** In buffers of their own, unless the runs are all of some records. */
export function joinRuns(runs: readonly RecordRun[]): JoinedRecords {
  const [first] = runs;
  const isWhole = runs.length === 1 && first?.from === 0 && first.to === first.records.count;
  if (isWhole) return first;
  const joined = new RunJoiner(runs).joined();
  giveBack(runs.filter(({ isLast }) => isLast === true).flatMap(buffersOf));
  return joined;
}

function buffersOf({ records, digests }: RecordRun): ArrayBufferView[] {
  const { claimStarts, nameNumbers, values, validities, holders } = records;
  return [claimStarts, nameNumbers, values.bytes, values.ends, validities, holders, digests];
}

class RunJoiner {
  readonly #records: FlatRecords;
  readonly #digests: Uint8Array;
  #count = 0;
  #claims = 0;
  #bytes = 0;

  constructor(runs: readonly RecordRun[]) {
    const sum = (of: (run: RecordRun) => number): number => {
      return runs.reduce((all, run) => all + of(run), 0);
    };
    const count = sum(({ from, to }) => to - from);
    const claims = sum((run) => claimsOf(run).length);
    this.#records = emptyRecords(count, claims, sum(bytesIn));
    this.#digests = new Uint8Array(count * NUMBER_DIGEST_BYTES);
    for (const run of runs) this.#append(run);
  }

  joined(): JoinedRecords {
    return { records: this.#records, digests: this.#digests };
  }

  #append(run: RecordRun): void {
    const { records, digests, from, to } = run;
    const { claimStarts, nameNumbers, values, validities, holders } = this.#records;
    const claims = claimsOf(run);
    const bytes = bytesOf(run);
    const [starts, ends] = [records.claimStarts, records.values.ends];
    copyMoved(starts.subarray(from, to + 1), claimStarts.subarray(this.#count), this.#claims);
    copyMoved(
      ends.subarray(claims.from, claims.to + 1),
      values.ends.subarray(this.#claims),
      this.#bytes,
    );
    nameNumbers.set(records.nameNumbers.subarray(claims.from, claims.to), this.#claims);
    values.bytes.set(bytes, this.#bytes);
    validities.set(records.validities.subarray(2 * from, 2 * to), 2 * this.#count);
    const part = (all: Uint8Array, width: number): Uint8Array => {
      return all.subarray(from * width, to * width);
    };
    holders.set(part(records.holders, HASH_BYTES), this.#count * HASH_BYTES);
    this.#digests.set(part(digests, NUMBER_DIGEST_BYTES), this.#count * NUMBER_DIGEST_BYTES);
    this.#count += to - from;
    this.#claims += claims.length;
    this.#bytes += bytes.length;
  }
}

export function emptyRecords(count: number, claims: number, bytes: number): FlatRecords {
  return {
    count,
    claimStarts: new Uint32Array(count + 1),
    nameNumbers: new Uint16Array(claims),
    values: { bytes: new Uint8Array(bytes), ends: new Uint32Array(claims + 1) },
    validities: new Float64Array(2 * count),
    holders: new Uint8Array(HASH_BYTES * count),
  };
}

interface Claims {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

function claimsOf({ records, from, to }: RecordRun): Claims {
  const [first, end] = [records.claimStarts[from] as number, records.claimStarts[to] as number];
  return { from: first, to: end, length: end - first };
}

function bytesOf(run: RecordRun): Uint8Array {
  const { from, to } = claimsOf(run);
  const { bytes, ends } = run.records.values;
  return bytes.subarray(ends[from], ends[to]);
}

function bytesIn(run: RecordRun): number {
  return bytesOf(run).length;
}

/** Where things end, counted from another beginning. */
function copyMoved(ends: Uint32Array, target: Uint32Array, start: number): void {
  const moved = start - (ends[0] as number);
  for (let i = 1; i < ends.length; i++) target[i] = (ends[i] as number) + moved;
}
