/** All records of a source, one after the other. */
import type { RecordSource, SourceRecord } from "../../src/ports/record-source.ts";

export async function recordsOf(source: RecordSource): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const page of source.pages()) records.push(...page);
  return records;
}
