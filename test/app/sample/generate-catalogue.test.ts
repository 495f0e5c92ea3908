import { describe, expect, it } from "@jest/globals";
import { generateCatalogue } from "../../../src/app/sample/generate-catalogue.ts";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import { parseCertificateType } from "../../../src/core/catalogue/parse-certificate-type.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { definingAuthorityOf } from "../../../src/core/identifiers/type-code.ts";
import { isFictitiousCreditCode } from "../../support/fictitious.ts";

const types = generateCatalogue({ seed: "1" });
const namesOf = (some: typeof types): string[] => some.map(({ names }) => names.zh);

describe("a made-up catalogue", () => {
  it("has 634 types, each of them a right definition", () => {
    expect(types).toHaveLength(634);
    for (const type of types) expect(parseCertificateType(type)).toEqual({ ok: true, type });
  });

  it("is the same for the same seed, and another for another", () => {
    expect(generateCatalogue({ seed: "1" })).toEqual(types);
    expect(namesOf(generateCatalogue({ seed: "2" }))).not.toEqual(namesOf(types));
  });

  it("is mostly national, with types of many provinces", () => {
    const regions = types.map(({ region }) => region);
    const regional = regions.filter((region) => region !== "0");
    expect(regional.length).toBeGreaterThan(60);
    expect(regional.length).toBeLessThan(130);
    expect(new Set(regional).size).toBe(31);
  });

  it("has codes and names that no two types share, in either language", () => {
    expect(new Set(types.map(({ code }) => code)).size).toBe(634);
    expect(new Set(namesOf(types)).size).toBe(634);
    expect(new Set(types.map(({ names }) => names.en)).size).toBe(634);
  });

  it("is marked as a demonstration, and its authorities are nobody's", () => {
    for (const { code, provenance, definingAuthority } of types) {
      expect(provenance.kind).toBe("demo");
      expect(isFictitiousCreditCode(definingAuthorityOf(code))).toBe(true);
      expect(definingAuthority.zh).toContain("虚构");
      expect(definingAuthority.en).toContain("fictitious");
    }
  });

  it("has types of people, organisations and assets, and every kind of validity", () => {
    expect(new Set(types.map(({ holderType }) => holderType)).size).toBe(3);
    expect(new Set(types.map(({ validity }) => validity.kind)).size).toBe(3);
  });

  it("masks what is not public", () => {
    const claims = types.flatMap((type) => type.claims);
    const open = claims.filter(
      ({ sensitivity, mask }) => sensitivity === "sensitive" && mask === "none",
    );
    expect(open).toEqual([]);
  });

  it("gives types that records can be made of and checked against", () => {
    const today = "2026-01-15";
    const kinds = new Map(types.map((type) => [`${type.holderType} ${type.validity.kind}`, type]));
    expect(kinds.size).toBeGreaterThan(5);
    for (const type of kinds.values()) {
      const validate = compileRecordValidator(type);
      const rows = [...generateRecords(type, { count: 20, seed: "1", today })];
      expect(rows.flatMap((row) => validate(row, { today, mode: "strict" }).faults)).toEqual([]);
    }
  });

  it("has as many regional types with a national one's name as are asked for", () => {
    const colliding = generateCatalogue({ seed: "1", collisions: 7 });
    const national = new Set(namesOf(colliding.filter(({ region }) => region === "0")));
    const regional = colliding.filter(({ region }) => region !== "0");
    expect(regional.filter(({ names }) => national.has(names.zh))).toHaveLength(7);
    expect(new Set(colliding.map(({ code }) => code)).size).toBe(634);
  });

  it("is as large or small as it is asked to be, but not larger than there are ideas", () => {
    expect(generateCatalogue({ seed: "1", count: 3 })).toHaveLength(3);
    const large = generateCatalogue({ seed: "1", count: 3_000 });
    expect(new Set(namesOf(large)).size).toBe(3_000);
    expect(new Set(large.map(({ code }) => code)).size).toBe(3_000);
    expect(() => generateCatalogue({ seed: "1", count: 100_000 })).toThrow(RangeError);
    expect(() => generateCatalogue({ seed: "1", count: 10, collisions: 5 })).toThrow(RangeError);
  });
});
