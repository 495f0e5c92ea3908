/**
 * The gate between a source and a batch: valid records pass, every fault of the others is reported, and at
 * the end it is said whether what passed may be issued.
 */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { Problem } from "../../core/problem.ts";
import type { FaultReport, IssuedNumbers, Progress, RecordSource } from "../../ports.ts";
import { fieldsOf } from "./mapping.ts";
import type { FaultyRecord, ValidRecord } from "./read-records.ts";
import { readRecords } from "./read-records.ts";

export interface GateOrder {
  readonly type: CertificateType;
  /** Null where the columns are named as the claims are. */
  readonly mapping?: Mapping | null;
  /** Issue the valid records although others are not. */
  readonly skipInvalid: boolean;
  /** Give up once more records than that are at fault; null for never. */
  readonly maxErrors?: number | null;
  /** Reissue what was issued before with the same number, and mark that superseded. */
  readonly supersede?: boolean;
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
}

export interface GateTools {
  readonly source: RecordSource;
  readonly faults: FaultReport;
  /** What the agency issued before; absent where nobody keeps it. */
  readonly issued?: IssuedNumbers;
  readonly progress?: Progress;
}

export class QualityGate {
  readonly #order: GateOrder;
  readonly #tools: GateTools;
  #valid = 0;
  #invalid = 0;
  #replacing = 0;

  constructor(order: GateOrder, tools: GateTools) {
    this.#order = order;
    this.#tools = tools;
  }

  get valid(): number {
    return this.#valid;
  }

  get invalid(): number {
    return this.#invalid;
  }

  /** How many take the place of a certificate issued before. */
  get replacing(): number {
    return this.#replacing;
  }

  /** @throws Problem COLUMN_…, SOURCE_…, and RECORDS_INVALID once there are too many. */
  async *records(): AsyncIterable<ValidRecord> {
    const { type, today, supersede = false, mapping = null } = this.#order;
    const { source, issued = null } = this.#tools;
    const fields = fieldsOf(type, source, mapping);
    const reading = { type, source, fields, today, issued, supersede };
    for await (const page of readRecords(reading)) {
      for (const record of page) {
        if ("faults" in record) await this.#refuse(record);
        else yield this.#pass(record);
        this.#tools.progress?.("records", this.#valid + this.#invalid, null);
      }
    }
  }

  /** Closes the error file. @returns where it is, null where there was no fault. */
  async close(): Promise<string | null> {
    return this.#tools.faults.close();
  }

  /** @throws Problem RECORDS_INVALID, SOURCE_EMPTY */
  async requireIssuable(): Promise<void> {
    const file = await this.close();
    const { skipInvalid } = this.#order;
    if (this.#invalid > 0 && (!skipInvalid || this.#valid === 0)) {
      const counts = `${String(this.#invalid)} of ${String(this.#valid + this.#invalid)} records`;
      throw new Problem("RECORDS_INVALID", `${counts}; see ${file ?? this.#tools.source.name}`);
    }
    if (this.#valid === 0) throw new Problem("SOURCE_EMPTY", this.#tools.source.name);
  }

  #pass(record: ValidRecord): ValidRecord {
    this.#valid++;
    if (record.replaces !== null) this.#replacing++;
    return record;
  }

  async #refuse({ line, faults }: FaultyRecord): Promise<void> {
    for (const { fault, column } of faults) this.#tools.faults.write(line, fault, column);
    this.#invalid++;
    const { maxErrors = null } = this.#order;
    if (maxErrors === null || this.#invalid <= maxErrors) return;
    const file = await this.close();
    const where = `more than ${String(maxErrors)} by line ${String(line)}`;
    throw new Problem("RECORDS_INVALID", `${where}; see ${file ?? this.#tools.source.name}`);
  }
}
