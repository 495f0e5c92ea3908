/**
 * The short way through a record that is right: each cell is taken by a check made for its field, and the
 * result is what the long way would give. At the first doubt it gives up, and the long way finds all faults.
 * Nearly all records are right, and the long way takes ten times as long.
 */
import type { ClaimValue } from "../encoding/cbor.ts";
import type { CertificateType } from "./certificate-type.ts";
import type { FormatContext } from "./check-format.ts";
import { checkFormat } from "./check-format.ts";
import { checkText } from "./check-text.ts";
import { NO_END, coerceCell } from "./coerce-cell.ts";
import type { FieldFormat, FieldSchema } from "./record-schema.ts";
import { isNullable, mainTypeOf } from "./record-schema.ts";
import type { Claims, RecordContext, ValidatedRecord } from "./validated-record.ts";
import { validityPeriod } from "./validity-period.ts";

export type QuickCheck = (
  record: Readonly<Record<string, unknown>>,
  context: RecordContext,
) => ValidatedRecord | null;

/** The claim of a cell; undefined where the long way is to look at it. */
type FieldCheck = (cell: string, context: FormatContext) => ClaimValue | undefined;

interface Field {
  readonly check: FieldCheck;
  /** The claim that says what a holder code is; undefined for other formats. */
  readonly typeClaim: string | undefined;
}

export function compileQuickCheck(type: CertificateType): QuickCheck {
  const { properties, required } = type.schema;
  const fields = new Map(
    Object.entries(properties).map(([name, schema]) => [name, fieldOf(name, schema)]),
  );
  return (record, { today, mode }) => {
    const context = { today, mode, typeCode: type.code, holderCodeType: undefined };
    const claims = claimsOf(fields, record, context);
    if (claims === null || !required.every((name) => Object.hasOwn(claims, name))) return null;
    const validity = validityPeriod(type.validity, claims);
    if (validity === null) return null;
    const { notBefore, notAfter } = validity;
    const isOrdered = type.validity.kind !== "until" || notAfter === null || notAfter >= notBefore;
    return isOrdered ? { claims, validity, faults: [] } : null;
  };
}

function claimsOf(
  fields: ReadonlyMap<string, Field>,
  record: Readonly<Record<string, unknown>>,
  context: FormatContext,
): Claims | null {
  const claims: Record<string, ClaimValue> = {};
  for (const name of Object.keys(record)) {
    const cell = record[name];
    if (cell === "" || cell === undefined) continue;
    const field = fields.get(name);
    if (field === undefined || typeof cell !== "string") return null;
    const { check, typeClaim } = field;
    const own =
      typeClaim === undefined ? context : { ...context, holderCodeType: record[typeClaim] };
    const claim = check(cell, own);
    if (claim === undefined) return null;
    claims[name] = claim;
  }
  return claims;
}

function fieldOf(name: string, schema: FieldSchema): Field {
  const isHolderCode = schema.format === "holder-code";
  return {
    check: isHolderCode ? checkOf(schema) : remembered(checkOf(schema)),
    typeClaim: isHolderCode ? `${name}Type` : undefined,
  };
}

function checkOf(schema: FieldSchema): FieldCheck {
  switch (mainTypeOf(schema)) {
    case "string":
      return textCheck(schema);
    case "integer":
      return integerCheck(schema);
    case "boolean":
      return (cell) => {
        const value = coerceCell(schema, cell);
        return typeof value === "boolean" || value === null ? value : undefined;
      };
    case "array":
      return listCheck(schema);
    default:
      return () => undefined;
  }
}

function textCheck(schema: FieldSchema): FieldCheck {
  const { format, minLength = 0, maxLength = Infinity } = schema;
  const choices = schema.enum === undefined ? null : new Set(schema.enum);
  const pattern = schema.pattern === undefined ? null : new RegExp(schema.pattern, "u");
  const canEnd = isNullable(schema);
  return (cell, context) => {
    if (canEnd && cell === NO_END) return null;
    const text = coerceCell(schema, cell) as string;
    if (checkText(text) !== null) return undefined;
    const value = format === undefined ? text : formatted(format, text, context);
    if (value === null || choices?.has(value) === false || pattern?.test(value) === false) {
      return undefined;
    }
    return hasLength(value, minLength, maxLength) ? value : undefined;
  };
}

function formatted(format: FieldFormat, text: string, context: FormatContext): string | null {
  const answer = checkFormat(format, text, context);
  return answer.faults.length === 0 ? answer.text : null;
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
function listCheck(schema: FieldSchema): FieldCheck {
  const { items, minItems = 0, maxItems = Infinity, uniqueItems = false } = schema;
  if (items === undefined || mainTypeOf(items) === "object") return () => undefined;
  const check = checkOf(items);
  return (cell, context) => {
    const values = cell.split(";").map((item) => check(item.trim(), context));
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
  let [today, mode, hits] = ["", "", 0];
  return (cell, context) => {
    if (known === null) return check(cell, context);
    if (context.today !== today || context.mode !== mode) known.clear();
    ({ today, mode } = context);
    const before = known.get(cell);
    if (before !== undefined) {
      hits++;
      return before;
    }
    const claim = check(cell, context);
    if (claim === undefined) return undefined;
    if (known.size < MOST_REMEMBERED) known.set(cell, claim);
    else if (hits < MOST_REMEMBERED) known = null;
    return claim;
  };
}
