/** From a row of a source to what a certificate is made of: every fault is found, none is repaired. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { HOLDER_KEY_COLUMN } from "../../core/catalogue/mapping.ts";
import { compileQuickCheck } from "../../core/catalogue/quick-check.ts";
import type { QuickCheck } from "../../core/catalogue/quick-check.ts";
import { compilePlainCheck } from "../../core/catalogue/quick-check-bytes.ts";
import type { PlainCheck, PlainRow } from "../../core/catalogue/quick-check-bytes.ts";
import { hasError, recordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "../../core/catalogue/record-faults.ts";
import type { Claims, RecordValidator } from "../../core/catalogue/validated-record.ts";
import { compareClaimNames } from "../../core/certificate/claim.ts";
import type { Validity } from "../../core/certificate/leaf.ts";
import { fromHex } from "../../core/encoding/bytes.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";
import type { SourceRecord } from "../../ports/record-source.ts";
import type { ColumnFault } from "../../ports/issuing-workers.ts";
import type { Field } from "./mapping.ts";
import { cellOf } from "./mapping.ts";

const HOLDER_KEY = /^[0-9a-f]{64}$/;
const BEARER = new Uint8Array(32);

export interface ReadingOrder {
  readonly type: CertificateType;
  readonly fields: readonly Field[];
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
  /** Makes what looks at records the long way; asked for it when the first of them comes. */
  readonly compile: CompileValidator;
}

/** As `compileRecordValidator`, which may still have to be loaded. */
export type CompileValidator = (type: CertificateType) => RecordValidator;

export interface ReadRecord {
  readonly line: number;
  /** The certificate's number; null where there is none. */
  readonly number: string | null;
  /** None where the record is right, and only then it was written. */
  readonly faults: readonly ColumnFault[];
}

/** Takes what certificates are made of, the claims of each in the order of their names. */
export interface RecordWriter {
  /** @param name its place among `claimNames` */
  claim(name: number, value: ClaimValue): void;
  /** The same, of a text in UTF-8 with nothing wrong in it: bytes `from` to `to` of some. */
  text(name: number, bytes: Uint8Array, from: number, to: number): void;
  end(validity: Validity, holder: Uint8Array): void;
}

/** All that a certificate of the type can have, in the order of claims. */
export function claimNames({ schema }: CertificateType): string[] {
  return Object.keys(schema.properties).sort(compareClaimNames);
}

export class RecordReader {
  readonly #order: ReadingOrder;
  readonly #writer: RecordWriter;
  /** Made for the first record that needs it: that takes as long as checking some thousands quickly. */
  #validator: RecordValidator | null = null;
  readonly #quickCheck: QuickCheck;
  /** Null where the type or the mapping asks for more than it can tell. */
  readonly #plainCheck: PlainCheck | null;
  /** Of claims, in the order of their names. */
  readonly #fields: readonly Field[];
  /** For each of them its place among all names. */
  readonly #names: readonly number[];
  readonly #placeOfName: ReadonlyMap<string, number>;
  /** Among the fields; -1 where nothing gives it. */
  readonly #numberField: number;
  readonly #holderField: Field | undefined;
  readonly #cells: unknown[] = [];

  constructor(order: ReadingOrder, writer: RecordWriter) {
    const { type, fields, today } = order;
    this.#order = order;
    this.#writer = writer;
    this.#placeOfName = new Map(claimNames(type).map((name, i) => [name, i]));
    this.#fields = fields
      .filter(({ name }) => name !== HOLDER_KEY_COLUMN)
      .sort((a, b) => this.#placeOf(a.name) - this.#placeOf(b.name));
    this.#names = this.#fields.map(({ name }) => this.#placeOf(name));
    const given = this.#fields.map(({ name }) => name);
    this.#quickCheck = compileQuickCheck(type, given, today);
    const isAsItIs = this.#fields.every(({ at, mapper }) => at >= 0 && mapper === null);
    const cells = this.#fields.map(({ at }) => at);
    this.#plainCheck = isAsItIs ? compilePlainCheck({ type, today }, given, cells) : null;
    this.#numberField = given.indexOf(type.numberClaim);
    this.#holderField = fields.find(({ name }) => name === HOLDER_KEY_COLUMN);
  }

  /** Whether rows may be read where they lie. */
  get takesPlainRows(): boolean {
    return this.#plainCheck !== null;
  }

  /** Writes the row's record if it is right beyond doubt. @returns false where `read` is to look at it */
  readPlain(row: PlainRow): boolean {
    const check = this.#plainCheck;
    const holder = this.#holderField?.at ?? -1;
    if (check === null || (holder >= 0 && row.starts[holder] !== row.ends[holder])) return false;
    const validity = check.check(row);
    if (validity === null) return false;
    for (let i = 0; i < this.#names.length; i++) this.#writePlain(check, row, i);
    this.#writer.end(validity, BEARER);
    return true;
  }

  #writePlain(
    { isNumber, numbers }: PlainCheck,
    { bytes, starts, ends }: PlainRow,
    i: number,
  ): void {
    const { at } = this.#fields[i] as Field;
    const [start, end] = [starts[at] as number, ends[at] as number];
    if (start === end) return;
    const name = this.#names[i] as number;
    if (isNumber[i] === true) this.#writer.claim(name, numbers[i] as number);
    else this.#writer.text(name, bytes, start, end);
  }

  /** Writes what is right. */
  read(record: SourceRecord): ReadRecord {
    return this.#readQuickly(record) ?? this.#readThoroughly(record);
  }

  /** Null where the long way is to look at it; nothing is written then. */
  #readQuickly({ line, cells, faults }: SourceRecord): ReadRecord | null {
    if (faults !== undefined || !this.#take(cells)) return null;
    const holder = this.#holderIn(cells);
    const quick = holder === null ? null : this.#quickCheck(this.#cells);
    if (holder === null || quick === null) return null;
    const { claims, validity } = quick;
    for (let i = 0; i < claims.length; i++) {
      const claim = claims[i];
      if (claim !== undefined) this.#writer.claim(this.#names[i] as number, claim);
    }
    this.#writer.end(validity, holder);
    return { line, number: numberText(claims[this.#numberField]), faults: NO_FAULTS };
  }

  /** Puts each field's cell in its place, as the mapping makes it; false where it can't. */
  #take(cells: SourceRecord["cells"]): boolean {
    const fields = this.#fields;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as Field;
      const cell = cellOf(field, cells);
      const mapped = field.mapper === null ? null : field.mapper(cell);
      if (mapped?.fault !== undefined) return false;
      this.#cells[i] = mapped === null ? cell : mapped.value;
    }
    return true;
  }

  #holderIn(cells: SourceRecord["cells"]): Uint8Array | null {
    const field = this.#holderField;
    if (field === undefined) return BEARER;
    const cell = cellOf(field, cells);
    const key = field.mapper === null ? cell : field.mapper(cell).value;
    if (typeof key !== "string") return null;
    return key === "" || HOLDER_KEY.test(key) ? holderOf(key) : null;
  }

  #readThoroughly(record: SourceRecord): ReadRecord {
    const { type, today, compile } = this.#order;
    const { members, found } = this.#members(record);
    const { [HOLDER_KEY_COLUMN]: key = "", ...rest } = members;
    this.#validator ??= compile(type);
    const { claims, validity, faults } = this.#validator(rest, { today, mode: "strict" });
    const all = [
      ...found,
      ...faults.filter(({ field }) => !found.some((fault) => fault.field === claimOf(field))),
      ...holderKeyFaults(type, key),
    ];
    const { line } = record;
    const number = numberText(claims[type.numberClaim]);
    if (validity === null || hasError(all)) return { line, number, faults: this.#placed(all) };
    this.#write(claims, validity, holderOf(key as string));
    return { line, number, faults: NO_FAULTS };
  }

  #write(claims: Claims, validity: Validity, holder: Uint8Array): void {
    const entries = Object.entries(claims).map(([name, value]) => {
      return [this.#placeOf(name), value] as const;
    });
    for (const [place, value] of entries.sort(([a], [b]) => a - b)) {
      this.#writer.claim(place, value);
    }
    this.#writer.end(validity, holder);
  }

  /** The record's members as the validator takes them, and what was wrong with cells before that. */
  #members({ cells, faults = [] }: SourceRecord): {
    members: Record<string, unknown>;
    found: RecordFault[];
  } {
    const { fields, type } = this.#order;
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

  #placed(faults: readonly RecordFault[]): ColumnFault[] {
    return faults.map((each) => placedFault(each, this.#order.fields));
  }

  #placeOf(name: string): number {
    return this.#placeOfName.get(name) as number;
  }
}

const NO_FAULTS: readonly ColumnFault[] = [];

/** A fault with the column that gives the claim, as the source calls it. */
export function placedFault(each: RecordFault, fields: readonly Field[]): ColumnFault {
  const claim = claimOf(each.field);
  const column = fields.find(({ name }) => name === claim)?.column ?? "";
  return { column: column === claim || column === "" ? each.field : column, fault: each };
}

/** Nearly all types have texts for numbers. */
export function numberText(claim: ClaimValue | undefined): string | null {
  if (claim === undefined) return null;
  return typeof claim === "string" ? claim : JSON.stringify(claim);
}

/** `owners[1].holderCode` → `owners` */
function claimOf(field: string): string {
  return /^[^.[]*/.exec(field)?.[0] ?? field;
}

function holderOf(key: string): Uint8Array {
  return key === "" ? BEARER : (fromHex(key) as Uint8Array);
}

function holderKeyFaults(type: CertificateType, key: unknown): RecordFault[] {
  if (key === "" || (typeof key === "string" && HOLDER_KEY.test(key))) return [];
  return [fault(type, HOLDER_KEY_COLUMN, "HOLDER_KEY_SHAPE", key)];
}

export function fault(
  type: CertificateType,
  field: string,
  code: RecordFaultCode,
  value: unknown,
): RecordFault {
  return recordFault(type, field, { code, severity: "error" }, value);
}
