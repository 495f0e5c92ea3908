/** What checking a record against its certificate type gives. */
import type { ClaimValue } from "../encoding/cbor.ts";
import type { CheckMode } from "../identifiers/faults.ts";
import type { RecordFault } from "./record-fault.ts";
import type { ValidityPeriod } from "./validity-period.ts";

export interface RecordContext {
  /** YYYY-MM-DD in Beijing; a birth date after it is a fault. */
  readonly today: string;
  /** `strict` to issue, `warn` to import what was issued elsewhere. */
  readonly mode: CheckMode;
}

export type Claims = Readonly<Record<string, ClaimValue>>;

export interface ValidatedRecord {
  /** To be used only when no fault is an error. */
  readonly claims: Claims;
  /** Null when a date it needs is missing or wrong. */
  readonly validity: ValidityPeriod | null;
  readonly faults: readonly RecordFault[];
}

export type RecordValidator = (
  record: Readonly<Record<string, unknown>>,
  context: RecordContext,
) => ValidatedRecord;
