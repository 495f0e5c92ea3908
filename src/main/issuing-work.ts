/** What the issuing threads do: from rows to flat buffers, and from those to leaves, trees and sealed pages. */
import { randomFillSync } from "node:crypto";
import { sealPages } from "../adapters/agency-store/certificate-page.ts";
import { certificateLeaves } from "../adapters/hashing/certificate-leaves.ts";
import { buildFlatTree } from "../adapters/hashing/flat-tree.ts";
import { FlatWriter, flatNames } from "../adapters/hashing/flat-writer.ts";
import { HashingKernel } from "../adapters/hashing/hashing-kernel.ts";
import { numberDigests } from "../adapters/hashing/number-digests.ts";
import { CsvTable } from "../adapters/sources/csv-table.ts";
import { TableError } from "../adapters/sources/text-decoding.ts";
import { usableFields } from "../app/issue/mapping.ts";
import { RecordReader, claimNames } from "../app/issue/record-reader.ts";
import type { ReadRecord } from "../app/issue/record-reader.ts";
import { HASH_BYTES } from "../core/batch/tree.ts";
import { SALT_BYTES } from "../core/certificate/claim.ts";
import type { SourceRecord, TableFault, TextBlock } from "../ports.ts";
import { NUMBER_DIGEST_BYTES } from "../ports/agency-store.ts";
import type {
  CheckedRecords,
  ChunkOrder,
  FlatItems,
  HashedRecordChunk,
  NumberDigest,
  RecordBlock,
  WorkerOrder,
} from "../ports/issuing-workers.ts";

/** How a block was read to its end, or to where it could not be. */
interface BlockEnd {
  readonly lineCount: number;
  readonly fault: TableFault | null;
}

export class IssuingWork {
  readonly #order: WorkerOrder;
  readonly #names: FlatItems;
  readonly #writer: FlatWriter;
  readonly #reader: RecordReader;
  readonly #table: CsvTable | null;
  readonly #kernel = new HashingKernel();

  constructor(order: WorkerOrder) {
    const { type, columns, mapping, today, text } = order;
    const names = claimNames(type);
    this.#order = order;
    this.#names = flatNames(names);
    this.#writer = new FlatWriter(names);
    const fields = usableFields(type, columns, mapping);
    this.#reader = new RecordReader({ type, fields, today }, this.#writer);
    this.#table = text && new CsvTable(text, columns.length);
  }

  check(block: RecordBlock): CheckedRecords {
    const found = new CheckedGatherer();
    const end = "bytes" in block ? this.#readText(block, found) : this.#readAll(block, found);
    const { lines, numbers, faulty } = found;
    const numbersAtFault = faulty.flatMap(({ number }) => number ?? []);
    const digests = this.#digests(numbers);
    const digestsAtFault = this.#digests(numbersAtFault);
    let next = 0;
    const digestOf = (text: string | null): NumberDigest | null => {
      if (text === null) return null;
      const at = NUMBER_DIGEST_BYTES * next++;
      return { text, digest: digestsAtFault.slice(at, at + NUMBER_DIGEST_BYTES) };
    };
    return {
      valid: this.#writer.takeRecords(),
      lines: Uint32Array.from(lines),
      digests,
      faulty: faulty.map(({ line, faults, number }) => ({
        line,
        faults,
        number: digestOf(number),
      })),
      ...end,
    };
  }

  hash({ batch, firstIndex, records, padding }: ChunkOrder): HashedRecordChunk {
    const { suite } = this.#order.secrets;
    const salts = randomBytes(records.nameNumbers.length * SALT_BYTES);
    const certificates = { ...records, firstIndex, names: this.#names, salts };
    const leaves = certificateLeaves(this.#kernel, suite, certificates);
    const { nodes } = buildFlatTree(this.#kernel, suite, padded(leaves, padding));
    return { nodes, pages: sealPages(this.#order.secrets, batch, certificates) };
  }

  #readText(block: TextBlock, found: CheckedGatherer): BlockEnd {
    const rows = (this.#table as CsvTable).rows(block);
    try {
      for (let next = rows.next(); ; next = rows.next()) {
        if (next.done === true) return { lineCount: next.value, fault: null };
        this.#readAll(next.value, found);
      }
    } catch (error) {
      if (error instanceof TableError) return { lineCount: 0, fault: error.fault };
      throw error;
    }
  }

  #readAll(records: readonly SourceRecord[], found: CheckedGatherer): BlockEnd {
    for (const record of records) found.add(this.#reader.read(record));
    return { lineCount: 0, fault: null };
  }

  #digests(numbers: readonly string[]): Uint8Array {
    return numberDigests(this.#kernel, this.#order.secrets.numberKey, numbers);
  }
}

class CheckedGatherer {
  /** Of records with no fault. */
  readonly lines: number[] = [];
  readonly numbers: string[] = [];
  readonly faulty: ReadRecord[] = [];

  add(record: ReadRecord): void {
    if (record.faults.length > 0) {
      this.faulty.push(record);
      return;
    }
    this.lines.push(record.line);
    this.numbers.push(String(record.number));
  }
}

function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length));
}

/** Padding can't be told from a certificate's leaf. */
function padded(leaves: Uint8Array, padding: number): Uint8Array {
  if (padding === 0) return leaves;
  const all = new Uint8Array(leaves.length + padding * HASH_BYTES);
  randomFillSync(all, leaves.length);
  all.set(leaves);
  return all;
}
