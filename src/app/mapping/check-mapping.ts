/** Looks through a whole table and says what of it does not fit its mapping or its type. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import type { Progress, RecordSource } from "../../ports.ts";
import type { FaultCount } from "../issue/fault-tally.ts";
import { FaultTally } from "../issue/fault-tally.ts";
import type { ColumnMisfit } from "../issue/mapping.ts";
import { columnMisfit, usableFields } from "../issue/mapping.ts";
import { readRecords } from "../issue/read-records.ts";

export interface MappingCheck {
  readonly records: number;
  readonly valid: number;
  readonly columns: ColumnMisfit;
  /** The most frequent first. */
  readonly faults: readonly FaultCount[];
}

export interface CheckOrder {
  readonly type: CertificateType;
  /** Null where the columns are named as the claims are. */
  readonly mapping: Mapping | null;
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
}

export function fits({ records, valid, columns }: MappingCheck): boolean {
  const { doubled, unknown, missing } = columns;
  return records === valid && doubled.length + unknown.length + missing.length === 0;
}

/** @throws Problem SOURCE_…. The source stays open. */
export async function checkMapping(
  { type, mapping, today }: CheckOrder,
  source: RecordSource,
  progress?: Progress,
): Promise<MappingCheck> {
  const columns = columnMisfit(type, source.columns, mapping);
  const fields = usableFields(type, source.columns, mapping);
  const given = new Set(fields.map(({ name }) => name));
  const tally = new FaultTally();
  let [records, valid] = [0, 0];
  const reading = { type, source, fields, today, issued: null, supersede: false };
  for await (const page of readRecords(reading)) {
    for (const record of page) {
      records++;
      if (!("faults" in record)) valid++;
      else {
        for (const { fault, column } of record.faults) {
          // Said once of the column, not of every record.
          const isSaid = fault.code === "MISSING_FIELD" && !given.has(fault.field);
          if (!isSaid) tally.add(record.line, fault, column);
        }
      }
    }
    progress?.("records", records, null);
  }
  return { records, valid, columns, faults: tally.counts() };
}
