/** Looks through a whole table and says what of it does not fit its mapping or its type. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import type { Progress } from "../../ports/progress.ts";
import type { FaultReport, RecordSource } from "../../ports/record-source.ts";
import type { OpenIssuingWorkers } from "../../ports/issuing-workers.ts";
import { countRecords } from "../issue/check-records.ts";
import type { FaultCount } from "../issue/fault-tally.ts";
import { FaultTally } from "../issue/fault-tally.ts";
import type { ColumnMisfit } from "../issue/mapping.ts";
import { columnMisfit, usableFields } from "../issue/mapping.ts";

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

export interface MappingTools {
  readonly source: RecordSource;
  readonly openWorkers: OpenIssuingWorkers;
  readonly progress?: Progress;
}

export function fits({ records, valid, columns }: MappingCheck): boolean {
  const { doubled, unknown, missing } = columns;
  return records === valid && doubled.length + unknown.length + missing.length === 0;
}

/** @throws Problem SOURCE_…. The source stays open. */
export async function checkMapping(
  { type, mapping, today }: CheckOrder,
  { source, openWorkers, progress }: MappingTools,
): Promise<MappingCheck> {
  const columns = columnMisfit(type, source.columns, mapping);
  const fields = usableFields(type, source.columns, mapping);
  const given = new Set(fields.map(({ name }) => name));
  const tally = new FaultTally();
  const faults: FaultReport = {
    write: (line, fault, column = fault.field) => {
      // Said once of the column, not of every record.
      const isSaid = fault.code === "MISSING_FIELD" && !given.has(fault.field);
      if (!isSaid) tally.add(line, fault, column);
    },
    close: () => Promise.resolve(null),
  };
  const order = { type, mapping, today, skipInvalid: true };
  const tools = { source, faults, openWorkers, ...(progress && { progress }) };
  const { valid, invalid } = await countRecords(order, fields, tools);
  return { records: valid + invalid, valid, columns, faults: tally.counts() };
}
