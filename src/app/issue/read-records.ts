/** From the rows of a source to valid records: every fault is found and reported, none is repaired. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { HOLDER_KEY_COLUMN } from "../../core/catalogue/mapping.ts";
import { hasError, recordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "../../core/catalogue/record-faults.ts";
import { compileRecordValidator } from "../../core/catalogue/validate-record.ts";
import type { Claims, RecordValidator } from "../../core/catalogue/validated-record.ts";
import type { Validity } from "../../core/certificate/leaf.ts";
import { fromHex } from "../../core/encoding/bytes.ts";
import type { IssuedNumbers, IssuedPlace, RecordSource, SourceRecord } from "../../ports.ts";
import type { Field } from "./mapping.ts";
import { cellOf } from "./mapping.ts";
import { NumberSet } from "./number-set.ts";

const HOLDER_KEY = /^[0-9a-f]{64}$/;
const BEARER = new Uint8Array(32);

export interface ValidRecord {
  readonly line: number;
  readonly claims: Claims;
  readonly validity: Validity;
  readonly holder: Uint8Array;
  /** The certificate that was issued with this number before. */
  readonly replaces: IssuedPlace | null;
}

/** A fault with the column it is in, as the source names it. */
export interface ColumnFault {
  readonly column: string;
  readonly fault: RecordFault;
}

export interface FaultyRecord {
  readonly line: number;
  readonly faults: readonly ColumnFault[];
}

export type ReadRecord = ValidRecord | FaultyRecord;

export interface Reading {
  readonly type: CertificateType;
  readonly source: Pick<RecordSource, "pages">;
  readonly fields: readonly Field[];
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
  /** What was issued before; null where nobody keeps it. */
  readonly issued: IssuedNumbers | null;
  /** Whether a number that was issued before stands for a new certificate in its place. */
  readonly supersede: boolean;
}

/** As many at a time as the source gives. */
export async function* readRecords(reading: Reading): AsyncIterable<readonly ReadRecord[]> {
  const reader = new RecordReader(reading);
  for await (const page of reading.source.pages()) {
    const records = page.map((record) => reader.read(record));
    yield reading.issued === null ? records : await reader.compare(records, reading.issued);
  }
}

class RecordReader {
  readonly #reading: Reading;
  readonly #validate: RecordValidator;
  /** The certificate numbers seen so far. */
  readonly #numbers = new NumberSet();

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#validate = compileRecordValidator(reading.type);
  }

  read(record: SourceRecord): NumberedRecord {
    const { type, today } = this.#reading;
    const { members, found } = this.#members(record);
    const { [HOLDER_KEY_COLUMN]: key = "", ...rest } = members;
    const { claims, validity, faults } = this.#validate(rest, { today, mode: "strict" });
    const number = claims[type.numberClaim];
    const all = [
      ...found,
      ...faults.filter(({ field }) => !found.some((fault) => fault.field === claimOf(field))),
      ...holderKeyFaults(type, key),
      ...this.#doubledNumber(number),
    ];
    const { line } = record;
    if (validity === null || hasError(all)) return { line, number, faults: this.#placed(all) };
    const holder = key === "" ? BEARER : (fromHex(key as string) as Uint8Array);
    return { line, number, claims, validity, holder, replaces: null };
  }

  /** Looks up what of them was issued before. */
  async compare(
    records: readonly NumberedRecord[],
    issued: IssuedNumbers,
  ): Promise<readonly ReadRecord[]> {
    const numbered = records.filter(({ number }) => typeof number === "string");
    const places = await issued.find(numbered.map(({ number }) => number as string));
    const found = new Map(numbered.map((record, i) => [record, places[i] ?? null]));
    return records.map((record) => this.#compared(record, found.get(record) ?? null));
  }

  #compared(record: NumberedRecord, place: IssuedPlace | null): ReadRecord {
    const { type, supersede } = this.#reading;
    if (place === null) return record;
    if (supersede) return "faults" in record ? record : { ...record, replaces: place };
    const again = fault(type, type.numberClaim, "NUMBER_ISSUED", record.number);
    const faults = "faults" in record ? record.faults : [];
    return { line: record.line, faults: [...faults, ...this.#placed([again])] };
  }

  /** The record's members as the validator takes them, and what was wrong with cells before that. */
  #members({ cells, faults = [] }: SourceRecord): {
    members: Record<string, unknown>;
    found: RecordFault[];
  } {
    const { fields, type } = this.#reading;
    const members: Record<string, unknown> = {};
    const found: RecordFault[] = [];
    for (const field of fields) {
      const cell = cellOf(field, cells);
      const mapped = field.mapper?.(cell) ?? { value: cell };
      const inSource = faults.find(({ column }) => column === field.at)?.code;
      const code = inSource ?? mapped.fault;
      if (code !== undefined) found.push(fault(type, field.name, code, cell));
      else members[field.name] = mapped.value;
    }
    return { members, found };
  }

  #doubledNumber(number: unknown): RecordFault[] {
    const { type } = this.#reading;
    if (typeof number !== "string" || this.#numbers.add(number)) return [];
    return [fault(type, type.numberClaim, "NUMBER_DOUBLED", number)];
  }

  #placed(faults: readonly RecordFault[]): ColumnFault[] {
    const { fields } = this.#reading;
    return faults.map((each) => {
      const claim = claimOf(each.field);
      const column = fields.find(({ name }) => name === claim)?.column ?? "";
      return { column: column === claim || column === "" ? each.field : column, fault: each };
    });
  }
}

/** A record with its number, whatever that is. */
type NumberedRecord = ReadRecord & { readonly number: unknown };

/** `owners[1].holderCode` → `owners` */
function claimOf(field: string): string {
  return /^[^.[]*/.exec(field)?.[0] ?? field;
}

function holderKeyFaults(type: CertificateType, key: unknown): RecordFault[] {
  if (key === "" || (typeof key === "string" && HOLDER_KEY.test(key))) return [];
  return [fault(type, HOLDER_KEY_COLUMN, "HOLDER_KEY_SHAPE", key)];
}

function fault(
  type: CertificateType,
  field: string,
  code: RecordFaultCode,
  value: unknown,
): RecordFault {
  return recordFault(type, field, { code, severity: "error" }, value);
}
