/** From the rows of a source to valid records: every fault is found and reported, none is repaired. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { hasError, recordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFault } from "../../core/catalogue/record-fault.ts";
import type { RecordFaultCode } from "../../core/catalogue/record-faults.ts";
import { compileRecordValidator } from "../../core/catalogue/validate-record.ts";
import type { Claims, RecordValidator } from "../../core/catalogue/validate-record.ts";
import type { Validity } from "../../core/certificate/leaf.ts";
import { fromHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { RecordSource, SourceRecord } from "../../ports.ts";

/**
 * A column that every type may have beside its claims: the SHA-256 COSE key thumbprint (RFC 9679) of the
 * holder's key in hex, where the agency knows it; empty for a bearer certificate.
 */
export const HOLDER_KEY_COLUMN = "holderKey";
const HOLDER_KEY = /^[0-9a-f]{64}$/;
const BEARER = new Uint8Array(32);

export interface ValidRecord {
  readonly line: number;
  readonly claims: Claims;
  readonly validity: Validity;
  readonly holder: Uint8Array;
}

export interface FaultyRecord {
  readonly line: number;
  readonly faults: readonly RecordFault[];
}

export type ReadRecord = ValidRecord | FaultyRecord;

/** @throws Problem COLUMN_MISSING, COLUMN_UNKNOWN or COLUMN_DOUBLED, each naming all columns concerned. */
export function requireColumns(type: CertificateType, { name, columns }: RecordSource): void {
  const doubled = columns.filter((column, i) => columns.indexOf(column) !== i);
  if (doubled.length > 0) throw new Problem("COLUMN_DOUBLED", `${name}: ${doubled.join(", ")}`);
  const known = new Set([...Object.keys(type.schema.properties), HOLDER_KEY_COLUMN]);
  const unknown = columns.filter((column) => !known.has(column));
  if (unknown.length > 0) throw new Problem("COLUMN_UNKNOWN", `${name}: ${unknown.join(", ")}`);
  const missing = type.schema.required.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Problem("COLUMN_MISSING", `${name}: ${missing.join(", ")}`);
}

/** @param today YYYY-MM-DD in Beijing */
export async function* readRecords(
  type: CertificateType,
  source: RecordSource,
  today: string,
): AsyncIterable<ReadRecord> {
  const validate = compileRecordValidator(type);
  const numbers = new Set<string>();
  for await (const record of source.records()) {
    yield readRecord({ type, columns: source.columns, validate, numbers, today }, record);
  }
}

interface Reading {
  readonly type: CertificateType;
  readonly columns: readonly string[];
  readonly validate: RecordValidator;
  /** The certificate numbers seen so far. */
  readonly numbers: Set<string>;
  readonly today: string;
}

function readRecord(reading: Reading, { line, cells }: SourceRecord): ReadRecord {
  const { type, columns, validate, today } = reading;
  const entries = columns.map((column, i) => [column, cells[i] ?? ""] as const);
  const { [HOLDER_KEY_COLUMN]: key = "", ...record } = Object.fromEntries(entries);
  const { claims, validity, faults } = validate(record, { today, mode: "strict" });
  const all = [...faults, ...holderKeyFaults(type, key), ...doubledNumber(reading, claims)];
  if (validity === null || hasError(all)) return { line, faults: all };
  return { line, claims, validity, holder: key === "" ? BEARER : (fromHex(key) as Uint8Array) };
}

function holderKeyFaults(type: CertificateType, key: string): RecordFault[] {
  if (key === "" || HOLDER_KEY.test(key)) return [];
  return [fault(type, HOLDER_KEY_COLUMN, "HOLDER_KEY_SHAPE", key)];
}

function doubledNumber({ type, numbers }: Reading, claims: Claims): RecordFault[] {
  const number = claims[type.numberClaim];
  if (typeof number !== "string") return [];
  if (numbers.has(number)) return [fault(type, type.numberClaim, "NUMBER_DOUBLED", number)];
  numbers.add(number);
  return [];
}

function fault(
  type: CertificateType,
  field: string,
  code: RecordFaultCode,
  value: string,
): RecordFault {
  return recordFault(type, field, { code, severity: "error" }, value);
}
