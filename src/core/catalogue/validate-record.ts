/** Checks one record against its certificate type and turns it into claims. Finds all faults at once. */
import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { CertificateType } from "./certificate-type.ts";
import type { FormatFault } from "./check-format.ts";
import { FIELD_FORMATS } from "./check-format.ts";
import { checkMembers } from "./check-values.ts";
import { coerceRecord } from "./coerce-cell.ts";
import type { RecordFault } from "./record-fault.ts";
import { recordFault } from "./record-fault.ts";
import { readSchemaError } from "./schema-errors.ts";
import type { Claims, RecordValidator } from "./validated-record.ts";
import type { ValidityPeriod } from "./validity-period.ts";
import { validityPeriod } from "./validity-period.ts";

/**
 * Compiles the type's schema once; the validator it gives takes table rows (all cells text) and JSON
 * alike, and finds every fault. Empty cells count as absent: 'no end' has to be said as `长期`, or null in
 * JSON.
 */
export function compileRecordValidator(type: CertificateType): RecordValidator {
  const schemaFaults = compileSchema(type);
  return (record, context) => {
    const faults: RecordFault[] = [];
    const report = (place: string, fault: FormatFault, value: unknown) => {
      faults.push(recordFault(type, place, fault, value));
    };
    const typed = coerceRecord(type.schema.properties, record);
    const walk = { ...context, typeCode: type.code, report };
    const claims = checkMembers(type.schema.properties, typed, "", walk) as Claims;
    for (const fault of schemaFaults(claims, faults)) faults.push(fault);
    const validity = validityPeriod(type.validity, claims);
    if (validity !== null) faults.push(...orderFaults(type, validity, claims));
    return { claims, validity, faults };
  };
}

type SchemaCheck = (claims: Claims, known: readonly RecordFault[]) => RecordFault[];

/** Faults against the schema, except in fields whose text has already been found at fault. */
function compileSchema(type: CertificateType): SchemaCheck {
  const formats = Object.fromEntries(FIELD_FORMATS.map((format) => [format, true] as const));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true, formats });
  const fits = ajv.compile(type.schema);
  return (claims, known) => {
    if (fits(claims)) return [];
    const places = new Set(known.map(({ field }) => field));
    return (fits.errors as ErrorObject[])
      .map(readSchemaError)
      .filter(({ place }) => !places.has(place))
      .map(({ code, place, value }) =>
        recordFault(type, place, { code, severity: "error" }, value),
      );
  };
}

/** A validity that ends before it begins, reported at the claim that ends it. */
function orderFaults(
  type: CertificateType,
  { notBefore, notAfter }: ValidityPeriod,
  claims: Claims,
): RecordFault[] {
  if (type.validity.kind !== "until" || notAfter === null || notAfter >= notBefore) return [];
  const { until } = type.validity;
  const fault = { code: "VALIDITY_ORDER", severity: "error" } as const;
  return [recordFault(type, until, fault, claims[until])];
}
