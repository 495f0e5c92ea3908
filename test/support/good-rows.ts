/** Records of one type for tests that need no ledger. */
import { join } from "node:path";
import { readCatalogueFiles } from "../../src/adapters/catalogue/read-catalogue.ts";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";

export const TODAY = "2026-06-01";
export const SHANGHAI = { code: "11310000MB1A00001C", region: "310000" };
/** The certificates hold from long before any test's chain until long after it. */
const WINDOW = { firstIssueDate: "2024-01-01", issueDate: "2024-01-01", validFrom: "2024-01-01" };
const END = { validUntil: "2099-12-31" };

export type Row = Record<string, string>;

/** Special operations qualification: 姓名, 性别, 证书编号, dates. */
export async function operationType(): Promise<CertificateType> {
  const file = join(import.meta.dirname, "../../catalogue/special-operations-qualification.json");
  const { types } = await readCatalogueFiles([file]);
  return types[0] as CertificateType;
}

/** Valid records of that type, each another holder's. */
export function goodRows(
  { type }: { readonly type: CertificateType },
  count: number,
  seed = "rows",
): Row[] {
  const rows = generateRecords(type, { count, seed, today: TODAY });
  return [...rows].map((row) => ({ ...row, ...WINDOW, ...END }));
}
