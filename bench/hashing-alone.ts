/** The part of issuing that has to be: checked values encoded and salted, claims, leaves and trees hashed. */
import { randomFillSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { certificateLeaves } from "../src/adapters/hashing/certificate-leaves.ts";
import { buildFlatTree } from "../src/adapters/hashing/flat-tree.ts";
import { FlatWriter } from "../src/adapters/hashing/flat-writer.ts";
import { HashingKernel } from "../src/adapters/hashing/hashing-kernel.ts";
import { CHUNK_LEAVES } from "../src/adapters/hashing/tree-layout.ts";
import { CsvRows } from "../src/adapters/sources/csv-rows.ts";
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { compileRecordValidator } from "../src/core/catalogue/validate-record.ts";
import type { ValidatedRecord } from "../src/core/catalogue/validated-record.ts";
import { compareClaimNames } from "../src/core/certificate/claim.ts";
import { collectGarbage, cpuSeconds } from "./compare.ts";

const BEARER = new Uint8Array(32);
const TODAY = "2026-01-15";

type Claims = Pick<ValidatedRecord, "claims" | "validity">;

/** @returns CPU seconds for one certificate */
export function hashingAlone(type: CertificateType, records: readonly Claims[]): number {
  const names = Object.keys(type.schema.properties).toSorted(compareClaimNames);
  const [kernel, writer] = [new HashingKernel(), new FlatWriter(names)];
  const hashChunk = (from: number): void => {
    for (const record of records.slice(from, from + CHUNK_LEAVES)) write(writer, names, record);
    const certificates = writer.take(from, (length) => randomFillSync(new Uint8Array(length)));
    buildFlatTree(kernel, 1, certificateLeaves(kernel, 1, certificates));
  };
  hashChunk(0);
  collectGarbage();
  const before = process.cpuUsage();
  for (let from = 0; from < records.length; from += CHUNK_LEAVES) hashChunk(from);
  return cpuSeconds(before) / records.length;
}

function write(writer: FlatWriter, names: readonly string[], { claims, validity }: Claims): void {
  if (validity === null) throw new Error("a synthetic record is at fault");
  names.forEach((name, i) => {
    const value = claims[name];
    if (value !== undefined) writer.claim(i, value);
  });
  writer.end(validity, BEARER);
}

/** The first records of a table, as they are once they were checked. */
export async function checkedRecords(
  type: CertificateType,
  table: string,
  count: number,
): Promise<Claims[]> {
  const columns = Object.keys(type.schema.properties);
  const validate = compileRecordValidator(type);
  const rows = new CsvRows(",");
  const records: Claims[] = [];
  let isHeader = true;
  for await (const text of createReadStream(table, { encoding: "utf8" })) {
    for (const { cells } of rows.push(text as string)) {
      const record: Record<string, unknown> = {};
      columns.forEach((column, i) => (record[column] = cells[i]));
      if (!isHeader) records.push(validate(record, { today: TODAY, mode: "strict" }));
      isHeader = false;
    }
    if (records.length >= count) break;
  }
  return records.slice(0, count);
}
