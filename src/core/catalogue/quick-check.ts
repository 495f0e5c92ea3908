/**
 * The short way through a record that is right: each cell is taken by a check made for its field, and the
 * result is what the long way would give. At the first doubt it gives up, and the long way finds all faults.
 * Nearly all records are right, and the long way takes twenty times as long.
 */
import type { ClaimValue } from "../encoding/cbor.ts";
import { isCalendarDate } from "../identifiers/calendar-date.ts";
import { isCitizenId } from "../identifiers/citizen-id.ts";
import { isCreditCode } from "../identifiers/credit-code.ts";
import { identifierCheckOf } from "../identifiers/certificate-identifier.ts";
import type { CertificateType } from "./certificate-type.ts";
import { checkFormat } from "./check-format.ts";
import { checkText } from "./check-text.ts";
import { NO_END, coerceCell } from "./coerce-cell.ts";
import type { FieldFormat, FieldSchema } from "./record-schema.ts";
import { isNullable, mainTypeOf } from "./record-schema.ts";
import type { ValidityPeriod } from "./validity-period.ts";
import { periodBetween } from "./validity-period.ts";

/** A record's claims in the order of the names asked for; undefined for those that it lacks. */
export interface QuickRecord {
  readonly claims: readonly (ClaimValue | undefined)[];
  readonly validity: ValidityPeriod;
}

/** @param cells one for each name, in their order; empty text is nothing */
export type QuickCheck = (cells: readonly unknown[]) => QuickRecord | null;

/**
 * The claim of a cell; undefined where the long way is to look at it.
 * @param beside what the claim `<name>Type` says, for a holder code
 */
type FieldCheck = (cell: string, beside: unknown) => ClaimValue | undefined;

interface Field {
  readonly check: FieldCheck;
  readonly isRequired: boolean;
  /** The place of the cell that says what a holder code is; -1 for other formats, and where there is none. */
  readonly beside: number;
}

export interface Compiling {
  readonly type: CertificateType;
  /** YYYY-MM-DD in Beijing; a birth date after it is a fault. */
  readonly today: string;
}

/**
 * For records of which each has the same cells. It takes none but those without the least fault.
 * @param names of claims that the type has
 */
export function compileQuickCheck(
  type: CertificateType,
  names: readonly string[],
  today: string,
): QuickCheck {
  if (!type.schema.required.every((name) => names.includes(name))) return () => null;
  const fields = names.map((name) => fieldOf(name, names, { type, today }));
  const periodOf = compilePeriod(type, names);
  return (cells) => {
    const claims = claimsOf(fields, cells);
    const validity = claims === null ? null : periodOf(claims);
    return claims === null || validity === null ? null : { claims, validity };
  };
}

function claimsOf(
  fields: readonly Field[],
  cells: readonly unknown[],
): (ClaimValue | undefined)[] | null {
  const claims: (ClaimValue | undefined)[] = [];
  for (let i = 0; i < fields.length; i++) {
    const { check, isRequired, beside } = fields[i] as Field;
    const cell = cells[i];
    if (cell === "") {
      if (isRequired) return null;
      claims.push(undefined);
      continue;
    }
    if (typeof cell !== "string") return null;
    // A place that no array has is looked for by its name, which takes as long as ten checks.
    const claim = check(cell, beside < 0 ? undefined : cells[beside]);
    if (claim === undefined) return null;
    claims.push(claim);
  }
  return claims;
}

function fieldOf(name: string, names: readonly string[], compiling: Compiling): Field {
  const { properties, required } = compiling.type.schema;
  const schema = properties[name] as FieldSchema;
  const isHolderCode = schema.format === "holder-code";
  const check = checkOf(schema, compiling);
  return {
    check: isHolderCode ? check : remembered(check),
    isRequired: required.includes(name),
    beside: isHolderCode ? names.indexOf(`${name}Type`) : -1,
  };
}

type PeriodCheck = (claims: readonly (ClaimValue | undefined)[]) => ValidityPeriod | null;

/** Null where it can't be said, or ends before it begins. */
export function compilePeriod(
  { validity }: CertificateType,
  names: readonly string[],
): PeriodCheck {
  const from = names.indexOf(validity.from);
  const until = validity.kind === "until" ? names.indexOf(validity.until) : -1;
  const ordered = (first?: ClaimValue, last?: ClaimValue): ValidityPeriod | null => {
    const period = periodBetween(validity, first, last);
    const { notBefore = 0, notAfter = null } = period ?? {};
    return validity.kind === "until" && notAfter !== null && notAfter < notBefore ? null : period;
  };
  const known = new Map<ClaimValue | undefined, Map<ClaimValue | undefined, ValidityPeriod>>();
  return (claims) => {
    const [first, last] = [claims[from], until < 0 ? undefined : claims[until]];
    const before = known.get(first)?.get(last);
    if (before !== undefined) return before;
    const period = ordered(first, last);
    if (period !== null) remember(known, first, last, period);
    return period;
  };
}

export function remember<Key, Value>(
  known: Map<Key, Map<Key, Value>>,
  first: Key,
  last: Key,
  value: Value,
): void {
  const beside = known.get(first) ?? new Map<Key, Value>();
  if (known.size < MOST_REMEMBERED) known.set(first, beside);
  if (beside.size < MOST_REMEMBERED) beside.set(last, value);
}

function checkOf(schema: FieldSchema, compiling: Compiling): FieldCheck {
  switch (mainTypeOf(schema)) {
    case "string":
      return textCheck(schema, compiling);
    case "integer":
      return integerCheck(schema);
    case "boolean":
      return (cell) => {
        const value = coerceCell(schema, cell);
        return typeof value === "boolean" || value === null ? value : undefined;
      };
    case "array":
      return listCheck(schema, compiling);
    default:
      return () => undefined;
  }
}

function textCheck(schema: FieldSchema, compiling: Compiling): FieldCheck {
  const { format, minLength = 0, maxLength = Infinity } = schema;
  const choices = schema.enum === undefined ? null : new Set(schema.enum);
  const pattern = schema.pattern === undefined ? null : new RegExp(schema.pattern, "u");
  const isRight = format === undefined ? null : formatCheck(format, compiling);
  const canEnd = isNullable(schema);
  const isDate = format === "date";
  return (cell, beside) => {
    if (canEnd && cell === NO_END) return null;
    const text = isDate ? (coerceCell(schema, cell) as string) : cell;
    if (isRight?.(text, beside) === false || checkText(text) !== null) return undefined;
    if (choices?.has(text) === false || pattern?.test(text) === false) return undefined;
    return hasLength(text, minLength, maxLength) ? text : undefined;
  };
}

type FormatCheck = (text: string, beside: unknown) => boolean;

/** Whether there is nothing to be said of the text, and nothing to be changed in it. */
export function formatCheck(format: FieldFormat, { type, today }: Compiling): FormatCheck {
  switch (format) {
    case "citizen-id":
      return (text) => isCitizenId(text, today);
    case "credit-code":
      return isCreditCode;
    case "certificate-identifier":
      return identifierCheckOf(type.code);
    case "date":
      return isCalendarDate;
    default:
      return (text, holderCodeType) => {
        const context = { today, mode: "strict", typeCode: type.code, holderCodeType } as const;
        const answer = checkFormat(format, text, context);
        return answer.faults.length === 0 && answer.text === text;
      };
  }
}

/** In code points. */
function hasLength(text: string, least: number, most: number): boolean {
  // There are at most as many as code units, and at least half.
  if (text.length <= most && text.length >= 2 * least) return true;
  const length = Array.from(text).length;
  return length >= least && length <= most;
}

function integerCheck(schema: FieldSchema): FieldCheck {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  return (cell) => {
    const value = coerceCell(schema, cell);
    if (value === null) return null;
    const isRight = typeof value === "number" && value >= minimum && value <= maximum;
    return isRight ? value : undefined;
  };
}

/** Of texts and numbers; maps in it are left to the long way. */
function listCheck(schema: FieldSchema, compiling: Compiling): FieldCheck {
  const { items, minItems = 0, maxItems = Infinity, uniqueItems = false } = schema;
  if (items === undefined || mainTypeOf(items) === "object") return () => undefined;
  const check = checkOf(items, compiling);
  return (cell) => {
    const values = cell.split(";").map((item) => check(item.trim(), undefined));
    const isRight =
      values.length >= minItems &&
      values.length <= maxItems &&
      !values.includes(undefined) &&
      !(uniqueItems && new Set(values).size < values.length);
    return isRight ? (values as ClaimValue[]) : undefined;
  };
}

const MOST_REMEMBERED = 2_048;

/**
 * Most columns of a table hold few different texts: authorities, days, kinds. What has been found right is
 * not looked at again; where texts hardly come twice, nothing is remembered any more.
 */
function remembered(check: FieldCheck): FieldCheck {
  let known: Map<string, ClaimValue> | null = new Map<string, ClaimValue>();
  let hits = 0;
  return (cell, beside) => {
    if (known === null) return check(cell, beside);
    const before = known.get(cell);
    if (before !== undefined) {
      hits++;
      return before;
    }
    const claim = check(cell, beside);
    if (claim === undefined) return undefined;
    if (known.size < MOST_REMEMBERED) known.set(cell, claim);
    else if (hits < MOST_REMEMBERED) known = null;
    return claim;
  };
}
