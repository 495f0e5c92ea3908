import { describe, expect, it } from "@jest/globals";
import { fileURLToPath } from "node:url";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { canonicalBytes } from "../../../src/core/catalogue/canonical-bytes.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";

const folder = fileURLToPath(new URL("../../../catalogue", import.meta.url));
const { types, faults } = await readCatalogue(folder);

describe("the catalogue that comes with the project", () => {
  it("has no faults", () => {
    expect(faults).toEqual([]);
  });

  it("has at least fourteen types with different codes", () => {
    expect(new Set(types.map(({ code }) => code)).size).toBeGreaterThanOrEqual(14);
  });

  it("has types of people, organisations and assets, with and without an end, and a local one", () => {
    expect(new Set(types.map(({ holderType }) => holderType)).size).toBe(3);
    expect(new Set(types.map(({ validity }) => validity.kind)).size).toBe(3);
    expect(types.some(({ region }) => region !== "0")).toBe(true);
  });

  it("marks every type whose code names a fictitious authority as a demonstration", () => {
    const fictitious = types.filter(({ code }) => code.includes("MB1A"));
    expect(fictitious.length).toBeGreaterThan(0);
    expect(fictitious.every(({ provenance }) => provenance.kind === "demo")).toBe(true);
  });

  it.each(types.map((type) => [type.names.zh, type] as const))(
    "masks what is not public in %s",
    (_name, { claims }) => {
      const sensitive = claims.filter(({ sensitivity }) => sensitivity === "sensitive");
      expect(sensitive.filter(({ mask }) => mask === "none")).toEqual([]);
    },
  );

  it.each(types.map((type) => [type.names.zh, type] as const))(
    "compiles %s and refuses an empty record of it",
    (_name, type) => {
      const { faults: missing } = compileRecordValidator(type)(
        {},
        { today: "2026-01-15", mode: "strict" },
      );
      expect(missing.map(({ code }) => code)).toEqual(
        type.schema.required.map(() => "MISSING_FIELD"),
      );
      expect(canonicalBytes(type).length).toBeGreaterThan(500);
    },
  );
});
