/**
 * The shortest way through a record that is right: its cells are checked where they lie in a table's bytes, and no
 * text is made of them but where a pattern or a check character asks for one. What it takes, the short way takes too,
 * with the same claims; at the first doubt it gives up.
 */
import { dayNumber, isExistingDay } from "../identifiers/calendar-date.ts";
import type { CertificateType } from "./certificate-type.ts";
import { compilePeriod, formatCheck, remember } from "./quick-check.ts";
import type { Compiling } from "./quick-check.ts";
import type { FieldSchema } from "./record-schema.ts";
import { isNullable, mainTypeOf } from "./record-schema.ts";
import type { ValidityPeriod } from "./validity-period.ts";

/** A row in UTF-8 of nothing but `isPlainSign`, `isPlainCharacter` and the dot between names (U+00B7). */
export interface PlainRow {
  readonly bytes: Uint8Array;
  /** For each cell where it begins and ends in the bytes. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** For each cell how many characters it has; none has two UTF-16 units. */
  readonly lengths: Uint32Array;
  textOf(cell: number): string;
}

/** Of ASCII's: neither a control nor a space. */
export function isPlainSign(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** Common ideographs, their punctuation, full-width forms: as `checkText` finds them right at once. */
export function isPlainCharacter(code: number): boolean {
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  return (code >= 0x3001 && code <= 0x3029) || (code >= 0xff01 && code <= 0xff5e);
}

/** What a cell says that is a number or a day, 0 for texts; NOT_SURE where a longer way is to look at it. */
type CellCheck = (row: PlainRow, cell: number) => number;

const NOT_SURE = -1;
const neverSure: CellCheck = () => NOT_SURE;

interface Field {
  readonly check: CellCheck;
  readonly cell: number;
  readonly isRequired: boolean;
}

export class PlainCheck {
  /** For each name whether its claim is a number, and not the text of its cell. */
  readonly isNumber: readonly boolean[];
  /** For each name the number its cell said last. */
  readonly numbers: Float64Array;
  readonly #fields: readonly Field[];
  readonly #periodOf: (row: PlainRow) => ValidityPeriod | null;

  constructor(type: CertificateType, names: readonly string[], fields: readonly Field[]) {
    this.isNumber = names.map((name) => mainTypeOf(schemaOf(type, name)) === "integer");
    this.numbers = new Float64Array(names.length);
    this.#fields = fields;
    this.#periodOf = this.#compilePeriod(type, names);
  }

  /** How long the row's certificate holds; null where a longer way is to look at it. */
  check(row: PlainRow): ValidityPeriod | null {
    const fields = this.#fields;
    for (let i = 0; i < fields.length; i++) {
      const { check, cell, isRequired } = fields[i] as Field;
      const isEmpty = row.starts[cell] === row.ends[cell];
      if (isEmpty && isRequired) return null;
      const number = isEmpty ? 0 : check(row, cell);
      if (number === NOT_SURE) return null;
      this.numbers[i] = number;
    }
    return this.#periodOf(row);
  }

  #compilePeriod(
    type: CertificateType,
    names: readonly string[],
  ): (row: PlainRow) => ValidityPeriod | null {
    const { validity } = type;
    const first = names.indexOf(validity.from);
    const last = validity.kind === "until" ? names.indexOf(validity.until) : -1;
    const periodOf = compilePeriod(type, names);
    const known = new Map<number, Map<number, ValidityPeriod>>();
    return (row) => {
      const [from, until] = [this.#numberOf(first), this.#numberOf(last)];
      const before = known.get(from)?.get(until);
      if (before !== undefined) return before;
      const period = periodOf(this.#fields.map(({ cell }) => row.textOf(cell) || undefined));
      if (period !== null) remember(known, from, until, period);
      return period;
    };
  }

  #numberOf(place: number): number {
    return place < 0 ? 0 : (this.numbers[place] as number);
  }
}

/**
 * @param names of claims that the type has; @param cells for each name which cell of a row gives it
 * @returns null where every record has claims that are not looked at here
 */
export function compilePlainCheck(
  compiling: Compiling,
  names: readonly string[],
  cells: readonly number[],
): PlainCheck | null {
  const { type } = compiling;
  const { required } = type.schema;
  if (!required.every((name) => names.includes(name))) return null;
  const fields: Field[] = [];
  for (const [i, name] of names.entries()) {
    const check = checkOf(schemaOf(type, name), compiling);
    const isRequired = required.includes(name);
    if (check === null && isRequired) return null;
    fields.push({ check: check ?? neverSure, cell: cells[i] as number, isRequired });
  }
  return new PlainCheck(type, names, fields);
}

function schemaOf({ schema }: CertificateType, name: string): FieldSchema {
  return schema.properties[name] as FieldSchema;
}

function checkOf(schema: FieldSchema, compiling: Compiling): CellCheck | null {
  const kind = mainTypeOf(schema);
  if (kind === "integer") return sure(schema, integerCheck(schema));
  if (kind !== "string" || schema.format === "holder-code") return null;
  return sure(schema, ofRightLength(schema, textCheck(schema, compiling)));
}

/** What may be 长期, is not sure where it has two characters. */
function sure(schema: FieldSchema, check: CellCheck): CellCheck {
  if (!isNullable(schema)) return check;
  return (row, cell) => (row.lengths[cell] === 2 ? NOT_SURE : check(row, cell));
}

function ofRightLength({ minLength = 0, maxLength = Infinity }: FieldSchema, check: CellCheck) {
  return (row: PlainRow, cell: number): number => {
    const length = row.lengths[cell] as number;
    return length >= minLength && length <= maxLength ? check(row, cell) : NOT_SURE;
  };
}

function textCheck(schema: FieldSchema, compiling: Compiling): CellCheck {
  const { format, pattern } = schema;
  const choices = schema.enum?.map((choice) => new TextEncoder().encode(choice));
  const hasDay = format === "date";
  const expression = pattern === undefined ? null : new RegExp(pattern, "u");
  const isRight = format === undefined || hasDay ? null : formatCheck(format, compiling);
  const spelt =
    expression === null && isRight === null
      ? null
      : sameAsBefore((text) => isRight?.(text, null) !== false && expression?.test(text) !== false);
  return (row, cell) => {
    if (choices?.some((choice) => isSame(row, cell, choice)) === false) return NOT_SURE;
    if (spelt?.(row, cell) === false) return NOT_SURE;
    return hasDay ? dayIn(row, cell) : 0;
  };
}

/** After so many texts that were not the one before, no column is taken for one that repeats them. */
const PATIENCE = 64;

/** Many columns hold the same text in row after row. */
function sameAsBefore(
  isRight: (text: string) => boolean,
): (row: PlainRow, cell: number) => boolean {
  let before = new Uint8Array(0);
  let others = 0;
  return (row, cell) => {
    if (others === PATIENCE) return isRight(row.textOf(cell));
    if (isSame(row, cell, before)) {
      others = 0;
      return true;
    }
    if (!isRight(row.textOf(cell))) return false;
    before = row.bytes.slice(row.starts[cell], row.ends[cell]);
    others++;
    return true;
  };
}

function isSame({ bytes, starts, ends }: PlainRow, cell: number, text: Uint8Array): boolean {
  const start = starts[cell] as number;
  if ((ends[cell] as number) - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}

const ZERO = 0x30;
const DASH = 0x2d;
const DATE_BYTES = 10;
/** As many as a cell may have that is a number. */
const MOST_DIGITS = 15;

/** Of a date as it is written in certificates, YYYY-MM-DD; NOT_SURE of any other. */
function dayIn({ bytes, starts, ends }: PlainRow, cell: number): number {
  const at = starts[cell] as number;
  const isShaped = (ends[cell] as number) - at === DATE_BYTES;
  if (!isShaped || bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return NOT_SURE;
  const [year, month] = [numberIn(bytes, at, at + 4), numberIn(bytes, at + 5, at + 7)];
  const day = numberIn(bytes, at + 8, at + 10);
  return isExistingDay(year, month, day) ? dayNumber(year, month, day) : NOT_SURE;
}

function integerCheck({ minimum = -Infinity, maximum = Infinity }: FieldSchema): CellCheck {
  return ({ bytes, starts, ends }, cell) => {
    const [start, end] = [starts[cell] as number, ends[cell] as number];
    const number = end - start > MOST_DIGITS ? NOT_SURE : numberIn(bytes, start, end);
    return number >= minimum && number <= maximum ? number : NOT_SURE;
  };
}

/** Of digits alone; NOT_SURE of anything else. */
function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return NOT_SURE;
    number = 10 * number + digit;
  }
  return number;
}
