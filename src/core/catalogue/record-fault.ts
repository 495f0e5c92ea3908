/** One fault of one field of a record, as a clerk sees it. */
import type { FaultWords, Severity } from "../identifiers/faults.ts";
import type { CertificateType, ClaimDefinition } from "./certificate-type.ts";
import type { FormatFault } from "./check-format.ts";
import { printable } from "./check-text.ts";
import { maskOf } from "./mask-claim.ts";
import { HIDDEN, maskText } from "./mask.ts";
import type { RecordFaultCode } from "./record-faults.ts";
import { RECORD_FAULTS } from "./record-faults.ts";

export interface RecordFault {
  /** The claim, or a place in it such as `owners[1].holderCode`. */
  readonly field: string;
  readonly code: RecordFaultCode;
  readonly severity: Severity;
  /** What was found, masked and safe to print; empty where there is nothing to show. */
  readonly value: string;
  readonly words: FaultWords;
}

const FIELD_LIMIT = 160;
const VALUE_LIMIT = 40;

/** Masks the value as the type says for the claim at this place. */
export function recordFault(
  type: CertificateType,
  place: string,
  { code, severity }: FormatFault,
  value: unknown,
): RecordFault {
  const field = printable(place, FIELD_LIMIT);
  const masked = maskedValue(claimAt(type, place), value);
  return { field, code, severity, value: masked, words: RECORD_FAULTS[code] };
}

/** Whether the record can't be used: a warning alone doesn't stop it. */
export function hasError(faults: readonly RecordFault[]): boolean {
  return faults.some(({ severity }) => severity === "error");
}

function claimAt(type: CertificateType, place: string): ClaimDefinition | undefined {
  const names = place.replace(/\[\d+\]/g, "").split(".");
  return names.slice(1).reduce(
    (claim, name) => claim?.parts?.find((part) => part.name === name),
    type.claims.find((claim) => claim.name === names[0]),
  );
}

function maskedValue(claim: ClaimDefinition | undefined, value: unknown): string {
  if (value === undefined || value === null || typeof value === "object") return "";
  if (claim === undefined) return HIDDEN;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return printable(maskText(maskOf(claim), text), VALUE_LIMIT);
}
