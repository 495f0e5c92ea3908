/** Batches in columns: of each, what a verdict and a list say of it. */
import { fromHex, toHex } from "../encoding/bytes.ts";
import { malformed } from "../encoding/format-error.ts";
import { isSuiteId } from "../hashing.ts";
import type { Anchor } from "../ledger/state.ts";
import { ZERO_HASH } from "../ledger/state.ts";
import type { Decoded } from "./codec.ts";
import { bytes, hex, integer, list, record, text } from "./codec.ts";
import { ColumnReader, ColumnWriter } from "./columns.ts";

const ROOT_BYTES = 32;
const MAX_SIZE = 2 ** 32 - 1;

/**
 * Agencies, types and operators are written once and named by their number. `ordinals` says where each batch
 * stands in the whole pack: the difference to the one before, less one.
 */
export const batchColumns = record({
  count: integer,
  agencies: list(text),
  types: list(text),
  operators: list(hex(20)),
  roots: bytes,
  ordinals: bytes,
  records: bytes,
});

export type BatchColumns = Decoded<typeof batchColumns>;

/** A batch with its place in the whole pack. */
export interface PlacedAnchor {
  readonly ordinal: number;
  readonly anchor: Anchor;
}

/** @param placed by rising ordinal */
export function packBatches(placed: readonly PlacedAnchor[]): BatchColumns {
  const [agencies, types, operators] = [new Names(), new Names(), new Names()];
  const [ordinals, records] = [new ColumnWriter(), new ColumnWriter()];
  const roots = new Uint8Array(ROOT_BYTES * placed.length);
  let before = FIRST;
  placed.forEach(({ ordinal, anchor }, i) => {
    roots.set(fromHex(anchor.root.slice(2)) as Uint8Array, ROOT_BYTES * i);
    ordinals.uint(ordinal - before.ordinal - 1);
    for (const [names, name] of [
      [agencies, anchor.agency],
      [types, anchor.type],
      [operators, anchor.operator],
    ] as const) {
      records.uint(names.numberOf(name));
    }
    writeRecord(records, anchor, before);
    before = { ordinal, ...placeOf(anchor) };
  });
  const names = { agencies: agencies.all, types: types.all, operators: operators.all };
  const columns = { roots, ordinals: ordinals.bytes(), records: records.bytes() };
  return { count: placed.length, ...names, ...columns };
}

/** What is written as a difference to the batch before. */
interface Before {
  readonly ordinal: number;
  readonly sequence: number;
  readonly block: number;
  readonly time: number;
}

const FIRST: Before = { ordinal: -1, sequence: 0, block: 0, time: 0 };

function placeOf({ sequence, position: { block }, time }: Anchor): Omit<Before, "ordinal"> {
  return { sequence, block, time };
}

function writeRecord(records: ColumnWriter, anchor: Anchor, before: Before): void {
  const { schemaVersion, size, suite, sequence, time, assurance, position } = anchor;
  records.uint(schemaVersion);
  records.uint(size);
  records.uint(suite);
  records.uint(assurance ?? 0);
  records.int(sequence - before.sequence);
  records.int(position.block - before.block);
  records.uint(position.logIndex);
  records.int(time - before.time);
  records.int(position.time - time);
}

/** @throws FormatError MALFORMED for columns that don't fit each other */
export function unpackBatches(columns: BatchColumns): PlacedAnchor[] {
  const { count, roots } = columns;
  if (roots.length !== ROOT_BYTES * count) throw malformed("batches", "roots of another number");
  const ordinals = new ColumnReader(columns.ordinals, "batches.ordinals");
  const records = new ColumnReader(columns.records, "batches.records");
  const placed: PlacedAnchor[] = [];
  let before = FIRST;
  for (let i = 0; i < count; i++) {
    const ordinal = before.ordinal + 1 + ordinals.uint(MAX_SIZE);
    const root = `0x${toHex(roots.subarray(ROOT_BYTES * i, ROOT_BYTES * (i + 1)))}`;
    const anchor = readRecord(records, columns, root, before);
    placed.push({ ordinal, anchor });
    before = { ordinal, ...placeOf(anchor) };
  }
  ordinals.end();
  records.end();
  return placed;
}

/** What a pack leaves out is zero: the log's head, the manifest and the transaction. */
function readRecord(
  records: ColumnReader,
  { agencies, types, operators }: BatchColumns,
  root: string,
  before: Before,
): Anchor {
  const agency = nameAt(agencies, records.uint());
  const type = nameAt(types, records.uint());
  const operator = nameAt(operators, records.uint());
  const [schemaVersion, size, suite] = [records.uint(), records.uint(MAX_SIZE), records.uint()];
  if (!isSuiteId(suite)) throw malformed("batches.records", "an unknown suite");
  const assurance = records.uint() || null;
  const sequence = before.sequence + records.int();
  const [block, logIndex] = [before.block + records.int(), records.uint()];
  const time = before.time + records.int();
  const position = { block, logIndex, time: time + records.int(), transaction: ZERO_HASH };
  const unsaid = { kind: "BatchAnchored" as const, head: ZERO_HASH, manifestHash: ZERO_HASH };
  const described = { agency, root, type, sequence, schemaVersion, size, suite, time, operator };
  return { ...unsaid, ...described, assurance, position };
}

function nameAt(names: readonly string[], number: number): string {
  const name = names[number];
  if (name === undefined) throw malformed("batches.records", "a name that is not there");
  return name;
}

/** Names numbered in the order in which they come. */
class Names {
  readonly #numbers = new Map<string, number>();

  get all(): string[] {
    return [...this.#numbers.keys()];
  }

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
