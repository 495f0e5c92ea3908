/** A table that names another issuer than the agency that issues from it: told, and nothing stopped. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import type { FaultCount } from "../../../src/app/issue/fault-tally.ts";
import { FaultTally } from "../../../src/app/issue/fault-tally.ts";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import { toCsv } from "../../../src/app/sample/to-csv.ts";
import { formatCertificateIdentifier } from "../../../src/core/identifiers/certificate-identifier.ts";
import type { Row } from "../../support/good-rows.ts";
import { TODAY } from "../../support/good-rows.ts";
import type { HashingOptions } from "../../support/hashing.ts";
import { hashing, type } from "../../support/hashing.ts";

const SHANGHAI = "11310000MB1A00001C";
const HAINAN = "11460000MB1A00001P";
const BEIJING = "11110000MB1A00001Y";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-issuers-"));
});
afterAll(() => rm(folder, { recursive: true }));

function rowsOf(issuers: readonly string[]): Row[] {
  const rows = [...generateRecords(type, { count: issuers.length, seed: "issuers", today: TODAY })];
  return rows.map((row, i) => {
    const [typeCode, issuerCode, serial, version] = [
      type.code,
      String(issuers[i]),
      `A${String(i)}`,
      1,
    ];
    const parts = { typeCode, issuerCode, serial, version };
    const identifier = formatCertificateIdentifier(parts);
    if (!identifier.ok) throw new Error(`no code of an issuer: ${issuerCode}`);
    return { ...row, certificateIdentifier: identifier.value, issuingAuthorityCode: issuerCode };
  });
}

/** What is warned of when Shanghai issues: claim, issuer, how many, and the first lines. */
async function warnings(rows: readonly Row[], options: HashingOptions = {}): Promise<unknown[]> {
  const file = join(folder, "records.csv");
  await writeFile(file, [...toCsv(Object.keys(rows[0] as Row), rows)].join(""));
  const tally = new FaultTally(({ value }) => value);
  await hashing(await openSource(file), { agency: SHANGHAI, warnings: tally, ...options }).hashed;
  return tally.counts().map(({ column, code, count, examples }: FaultCount) => {
    const issuers = new Set(examples.map(({ value }) => value));
    return [column, code, ...issuers, count, examples.map(({ line }) => line)];
  });
}

describe("OTHER_ISSUER", () => {
  it("is said of each claim and issuer with how many records and the first lines, and stops nothing", async () => {
    const issuers = [SHANGHAI, HAINAN, HAINAN, SHANGHAI, BEIJING, HAINAN, HAINAN];
    const found = await warnings(rowsOf(issuers), { skipInvalid: false });
    expect(found).toEqual([
      ["certificateIdentifier", "OTHER_ISSUER", HAINAN, 4, [3, 4, 7]],
      ["issuingAuthorityCode", "OTHER_ISSUER", HAINAN, 4, [3, 4, 7]],
      ["certificateIdentifier", "OTHER_ISSUER", BEIJING, 1, [6]],
      ["issuingAuthorityCode", "OTHER_ISSUER", BEIJING, 1, [6]],
    ]);
  });

  it("is not said of an agency's own records", async () => {
    expect(await warnings(rowsOf([SHANGHAI, SHANGHAI]), { skipInvalid: false })).toEqual([]);
  });

  it("is said of records that are issued, and not of those that are left out", async () => {
    const [first, second, third] = rowsOf([SHANGHAI, HAINAN, HAINAN]);
    const number = { certificateNumber: first?.["certificateNumber"] ?? "" };
    const rows = [first, { ...second, ...number }, { ...third, holderSex: "" }] as Row[];
    expect(await warnings(rows)).toEqual([]);
  });
});
