import { describe, expect, it } from "@jest/globals";
import { fileURLToPath } from "node:url";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import type { DemoAgency } from "../../../src/app/sample/demo-agencies.ts";
import { DEMO_AGENCIES } from "../../../src/app/sample/demo-agencies.ts";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { exampleDefinition, exampleType } from "../../core/catalogue/example-type.ts";
import {
  isFictitiousCitizenId,
  isFictitiousCreditCode,
  isFictitiousPhone,
} from "../../support/fictitious.ts";

const folder = fileURLToPath(new URL("../../../catalogue", import.meta.url));
const { types } = await readCatalogue(folder);
const all = [...types, exampleType()].map((type) => [type.names.zh, type] as const);
const today = "2026-01-15";
const COUNT = 200;

const rowsOf = (type: CertificateType, seed = "1") => [
  ...generateRecords(type, { count: COUNT, seed, today }),
];

describe.each(all)("sample records of %s", (_name, type) => {
  const rows = rowsOf(type);

  it("have no faults", () => {
    const validate = compileRecordValidator(type);
    const faults = rows.flatMap((row) => validate(row, { today, mode: "strict" }).faults);
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(COUNT);
  });

  it("are the same bytes for the same seed and others for another", () => {
    expect(JSON.stringify(rowsOf(type))).toBe(JSON.stringify(rows));
    expect(JSON.stringify(rowsOf(type, "2"))).not.toBe(JSON.stringify(rows));
  });

  it("have numbers and identifiers of their own", () => {
    expect(new Set(rows.map((row) => row[type.numberClaim])).size).toBe(COUNT);
    const identifiers = rows.flatMap((row) => row["certificateIdentifier"] ?? []);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });

  it("have no identity number, telephone number or credit code of anybody", () => {
    const text = JSON.stringify(
      rows.map(({ certificateIdentifier: _, identifier: __, ...row }) => row),
    );
    const ids = text.match(/(?<![\dA-Z])[1-8]\d{5}(?:19|20)\d{9}[\dX](?![\dA-Z])/g) ?? [];
    const phones = text.match(/(?<![\dA-Z])1[3-9]\d{9}(?![\dA-Z])/g) ?? [];
    const codes = text.match(/(?<![\dA-Z])[159]\d{7}M[0-9A-Z]{9}(?![\dA-Z])/g) ?? [];
    expect(ids.filter((id) => !isFictitiousCitizenId(id))).toEqual([]);
    expect(phones.filter((phone) => !isFictitiousPhone(phone))).toEqual([]);
    expect(codes.filter((code) => !isFictitiousCreditCode(code))).toEqual([]);
  });

  it("hold today", () => {
    const validate = compileRecordValidator(type);
    const now = Date.parse(`${today}T12:00:00+08:00`) / 1000;
    for (const row of rows) {
      const { validity } = validate(row, { today, mode: "strict" });
      expect(validity?.notBefore).toBeLessThanOrEqual(now);
      expect(validity?.notAfter ?? Infinity).toBeGreaterThan(now);
    }
  });
});

interface Owner {
  readonly ownerCode: string;
}
interface FreeDefinition {
  schema: { properties: Record<string, object> };
}
interface OwnersSchema {
  properties: { owners: { items: { properties: { ownerCodeType: { enum: string[] } } } } };
}

describe("sample records", () => {
  const typeNamed = (zh: string) => types.find(({ names }) => names.zh === zh) as CertificateType;

  it("have names of two to four characters and names with a dot", () => {
    const names = rowsOf(typeNamed("居民身份证")).map((row) => row["holderName"] ?? "");
    for (const shape of [/^..$/u, /^...$/u, /^....$/u, /·/u]) {
      expect(names.some((name) => shape.test(name))).toBe(true);
    }
  });

  it("have people whose sex and birth date are those of their identity number", () => {
    for (const row of rowsOf(typeNamed("居民身份证"))) {
      const id = row["holderIdNumber"] ?? "";
      expect(id.slice(6, 14)).toBe(row["holderBirthDate"]?.replaceAll("-", ""));
      expect(Number(id[16]) % 2 === 1 ? "男" : "女").toBe(row["holderSex"]);
    }
  });

  it("have parents and spouses of either sex, and children born before their certificate", () => {
    for (const row of rowsOf(typeNamed("结婚证"))) {
      expect([row["firstSpouseSex"], row["secondSpouseSex"]]).toEqual(["男", "女"]);
    }
    for (const row of rowsOf(typeNamed("出生医学证明"))) {
      expect(row["newbornBirthDate"]?.localeCompare(row["issueDate"] ?? "")).toBeLessThan(0);
      expect(Number(row["motherIdNumber"]?.[16]) % 2).toBe(0);
    }
  });

  it("give organisations credit codes where a holder's code is one", () => {
    const definition = exampleDefinition() as unknown as { schema: OwnersSchema };
    definition.schema.properties.owners.items.properties.ownerCodeType.enum = ["001"];
    const type = exampleType({ schema: definition.schema });
    const rows = [...generateRecords(type, { count: 20, seed: "1", today })];
    const owners = rows.flatMap((row) => JSON.parse(row["owners"] ?? "[]") as Owner[]);
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.every(({ ownerCode }) => isFictitiousCreditCode(ownerCode))).toBe(true);
  });

  it("can be made of fields that say no more than how long they are", () => {
    const definition = exampleDefinition() as unknown as FreeDefinition;
    definition.schema.properties["number"] = { type: "string", maxLength: 20 };
    definition.schema.properties["kind"] = { type: "string", minLength: 6, maxLength: 9 };
    definition.schema.properties["points"] = { type: "string", maxLength: 3 };
    const type = exampleType({ schema: definition.schema });
    const [row, next] = [...generateRecords(type, { count: 2, seed: "3", today })];
    expect(row?.["number"]).toMatch(/^S\d{9}$/);
    expect(row?.["number"]).not.toBe(next?.["number"]);
    expect(row?.["kind"] ?? next?.["kind"]).toBe("样例样例样例");
    expect(row?.["points"] ?? next?.["points"]).toBe("样例样");
  });

  it("are not made for an agency whose code is wrong", () => {
    const agency = { ...DEMO_AGENCIES[0], code: "11310000MB1A00001D" } as DemoAgency;
    const rows = generateRecords(typeNamed("结婚证"), { count: 1, seed: "1", today, agency });
    expect(() => rows.next()).toThrow("no identifier can be made");
  });

  it("are issued by the agency that is given", () => {
    const agency = DEMO_AGENCIES[3];
    if (agency === undefined) throw new Error("no agency");
    const options = { count: 3, seed: "1", today, agency };
    for (const row of generateRecords(typeNamed("学位证书"), options)) {
      expect(row["issuingAuthorityCode"]).toBe(agency.code);
      expect(row["certificateIdentifier"]).toContain(`.${agency.code}.`);
    }
  });

  it("are issued by an agency of the region for a local type", () => {
    for (const row of rowsOf(typeNamed("广东省居住证"))) {
      expect(row["issuingAuthorityCode"]?.slice(2, 8)).toBe("440000");
    }
  });

  it("can be made for a local type of a region without a demonstration agency", () => {
    const local = exampleType({ region: "620000" });
    expect(
      [...generateRecords(local, { count: 20, seed: "1", today })].map((row) => row["place"]),
    ).toContain("620000");
  });
});
