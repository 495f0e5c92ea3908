/** What the issuing threads do: from rows to flat buffers, and from those to leaves, trees and sealed pages. */
import { randomFillSync } from "node:crypto";
import { sealPages } from "../../adapters/agency-store/certificate-page.ts";
import { certificateLeaves } from "../../adapters/hashing/certificate-leaves.ts";
import { buildFlatTree } from "../../adapters/hashing/flat-tree.ts";
import { FlatWriter, flatNames } from "../../adapters/hashing/flat-writer.ts";
import { textHeadBytes } from "../../adapters/hashing/quick-cbor.ts";
import { HashingKernel } from "../../adapters/hashing/hashing-kernel.ts";
import { numberDigests } from "../../adapters/hashing/number-digests.ts";
import { CsvTable } from "../../adapters/sources/csv-table.ts";
import { PlainParts } from "../../adapters/sources/plain-parts.ts";
import { PlainRows } from "../../adapters/sources/plain-rows.ts";
import { TableError } from "../../adapters/sources/text-decoding.ts";
import { claimAt } from "../../app/issue/flat-runs.ts";
import { usableFields } from "../../app/issue/mapping.ts";
import { RecordReader, claimNames, numberText } from "../../app/issue/record-reader.ts";
import type { CompileValidator, ReadRecord } from "../../app/issue/record-reader.ts";
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { SALT_BYTES } from "../../core/certificate/claim.ts";
import { decodeCbor } from "../../core/encoding/cbor.ts";
import { claimValueFromCbor } from "../../core/encoding/claim-value.ts";
import type { SourceRecord, TableFault, TextBlock } from "../../ports/record-source.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type {
  CheckedRecords,
  ChunkOrder,
  FlatItems,
  FlatRecords,
  HashedRecordChunk,
  NumberDigest,
  RecordBlock,
  WorkerOrder,
} from "../../ports/issuing-workers.ts";
import { OtherIssuers } from "./other-issuers.ts";

const utf8 = new TextEncoder();

/** How a block was read to its end, or to where it could not be. */
interface BlockEnd {
  readonly lineCount: number;
  readonly fault: TableFault | null;
}

export class IssuingWork {
  readonly #order: WorkerOrder;
  readonly #names: FlatItems;
  /** The place of the number's claim among the names. */
  readonly #numberName: number;
  readonly #writer: FlatWriter;
  readonly #reader: RecordReader;
  readonly #table: CsvTable | null;
  /** Null where there is nothing that they could be of use for. */
  readonly #rows: PlainRows | null;
  /** Null where nobody issues yet. */
  readonly #otherIssuers: OtherIssuers | null;
  readonly #kernel = new HashingKernel();
  #saltRoom = new Uint8Array(0);

  constructor(order: WorkerOrder, compile: CompileValidator) {
    const { type, agency, columns, mapping, today, text } = order;
    const names = claimNames(type);
    this.#order = order;
    this.#names = flatNames(names);
    this.#numberName = names.indexOf(type.numberClaim);
    this.#writer = new FlatWriter(names);
    const fields = usableFields(type, columns, mapping);
    this.#reader = new RecordReader({ type, fields, today, compile }, this.#writer);
    this.#otherIssuers = agency === null ? null : new OtherIssuers(type, agency);
    this.#table = text && new CsvTable(text, columns.length);
    const isPlain = text?.encoding === "utf-8" && this.#reader.takesPlainRows;
    this.#rows = isPlain ? new PlainRows(text.separator, columns.length) : null;
  }

  check(block: RecordBlock): CheckedRecords {
    const found = new CheckedGatherer();
    const end = "bytes" in block ? this.#readBlock(block, found) : this.#readAll(block, found, 0);
    const { lines, faulty } = found;
    const valid = this.#writer.takeRecords();
    const digests = this.#digests(this.#numbersIn(valid));
    const numbersAtFault = faulty.flatMap(({ number }) => number ?? []);
    const digestsAtFault = this.#digests(numbersAtFault.map((number) => utf8.encode(number)));
    let next = 0;
    const digestOf = (text: string | null): NumberDigest | null => {
      if (text === null) return null;
      const at = NUMBER_DIGEST_BYTES * next++;
      return { text, digest: digestsAtFault.slice(at, at + NUMBER_DIGEST_BYTES) };
    };
    return {
      valid,
      lines: Uint32Array.from(lines),
      digests,
      faulty: faulty.map(({ line, faults, number }) => ({
        line,
        faults,
        number: digestOf(number),
      })),
      otherIssuers: this.#otherIssuers?.in(valid) ?? [],
      ...end,
    };
  }

  hash({ batch, firstIndex, records, padding }: ChunkOrder): HashedRecordChunk {
    const { suite } = this.#order.secrets;
    const salts = this.#salts(records.nameNumbers.length);
    const certificates = { ...records, firstIndex, names: this.#names, salts };
    const leaves = certificateLeaves(this.#kernel, suite, certificates);
    const { nodes } = buildFlatTree(this.#kernel, suite, padded(leaves, padding));
    return { nodes, pages: sealPages(this.#order.secrets, batch, certificates) };
  }

  /** Fresh ones, where those of the chunk before were. */
  #salts(count: number): Uint8Array {
    const bytes = count * SALT_BYTES;
    if (this.#saltRoom.length < bytes) this.#saltRoom = new Uint8Array(bytes);
    return randomFillSync(this.#saltRoom.subarray(0, bytes));
  }

  /** Rows that are right beyond doubt are taken as they lie in the bytes, the others as text. */
  #readBlock(block: TextBlock, found: CheckedGatherer): BlockEnd {
    const rows = this.#rows;
    if (rows?.open(block) !== true) return this.#readText(block, found, 0);
    const parts = new PlainParts(block);
    while (!parts.isDone) {
      const next = rows.read(parts.at);
      if (next > 0 && this.#reader.readPlain(rows)) {
        found.addRight(parts.line);
        parts.takeRow(next);
        continue;
      }
      const { lineCount, fault } = this.#readText(parts.doubtful(), found, parts.line - 1);
      if (fault !== null) return { lineCount: 0, fault: parts.placed(fault) };
      parts.takeDoubtful(lineCount);
    }
    return { lineCount: parts.line - 1, fault: null };
  }

  /** @param before how many lines of the block came before */
  #readText(block: TextBlock, found: CheckedGatherer, before: number): BlockEnd {
    const rows = (this.#table as CsvTable).rows(block);
    try {
      for (let next = rows.next(); ; next = rows.next()) {
        if (next.done === true) return { lineCount: next.value, fault: null };
        this.#readAll(next.value, found, before);
      }
    } catch (error) {
      if (error instanceof TableError) return { lineCount: 0, fault: error.fault };
      throw error;
    }
  }

  #readAll(records: readonly SourceRecord[], found: CheckedGatherer, before: number): BlockEnd {
    for (const record of records) found.add(this.#reader.read(record), before);
    return { lineCount: 0, fault: null };
  }

  #numbersIn(records: FlatRecords): Uint8Array[] {
    return Array.from({ length: records.count }, (_, i) => {
      return numberIn(claimAt(records, i, this.#numberName));
    });
  }

  #digests(numbers: readonly Uint8Array[]): Uint8Array {
    return numberDigests(this.#kernel, this.#order.secrets.numberKey, numbers);
  }
}

class CheckedGatherer {
  /** Of records with no fault. */
  readonly lines: number[] = [];
  readonly faulty: ReadRecord[] = [];

  /** @param before how many lines came before those that the record counts from */
  add(record: ReadRecord, before: number): void {
    const line = before + record.line;
    if (record.faults.length === 0) this.addRight(line);
    else this.faulty.push({ ...record, line });
  }

  addRight(line: number): void {
    this.lines.push(line);
  }
}

/** A number in UTF-8, from its claim. Nearly all are texts, whose CBOR is a head and that. */
function numberIn(cbor: Uint8Array): Uint8Array {
  const head = textHeadBytes(cbor);
  if (head > 0) return cbor.subarray(head);
  const value = claimValueFromCbor(decodeCbor(cbor), "number");
  return utf8.encode(String(numberText(value)));
}

/** Padding can't be told from a certificate's leaf. */
function padded(leaves: Uint8Array, padding: number): Uint8Array {
  if (padding === 0) return leaves;
  const all = new Uint8Array(leaves.length + padding * HASH_BYTES);
  randomFillSync(all, leaves.length);
  all.set(leaves);
  return all;
}
