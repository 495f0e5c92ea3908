/** The short way through a record must never say anything else than the long one. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { compileQuickCheck } from "../../../src/core/catalogue/quick-check.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { citizenIdCheck } from "../../../src/core/identifiers/citizen-id.ts";
import { EXAMPLE_ROW, exampleType } from "./example-type.ts";

const TODAY = "2026-06-01";
const CATALOGUE = join(import.meta.dirname, "../../../catalogue");
const files = readdirSync(CATALOGUE).filter((file) => file.endsWith(".json"));
const types = files.map((file) => {
  return JSON.parse(readFileSync(join(CATALOGUE, file), "utf8")) as CertificateType;
});

type Row = Readonly<Record<string, unknown>>;

/** Whether the short way took the record; where it did, it must agree with the long one. */
function compare(type: CertificateType, row: Row, today = TODAY): boolean {
  return comparison(type, today)(row);
}

function comparison(type: CertificateType, today = TODAY): (row: Row) => boolean {
  const names = Object.keys(type.schema.properties);
  const [quick, thorough] = [compileQuickCheck(type, names, today), compileRecordValidator(type)];
  return (row) => {
    if (Object.keys(row).some((name) => !names.includes(name))) return false;
    const taken = quick(names.map((name) => (row[name] === undefined ? "" : row[name])));
    if (taken === null) return false;
    const given = names.map((name, i) => [name, taken.claims[i]] as const);
    const claims = Object.fromEntries(given.filter(([, claim]) => claim !== undefined));
    const { validity } = taken;
    expect({ claims, validity, faults: [] }).toEqual(thorough(row, { today, mode: "strict" }));
    return true;
  };
}

const hasMaps = (type: CertificateType): boolean =>
  type.claims.some(({ parts }) => parts !== undefined);

describe("a record that is right", () => {
  it.each(types.map((type) => [type.names.zh, type] as const))(
    "takes the short way, with the same claims and validity: %s",
    (_name, type) => {
      const take = comparison(type);
      const rows = [...generateRecords(type, { count: 60, seed: "quick", today: TODAY })];
      const taken = rows.filter((row) => take(row)).length;
      expect(taken).toBe(hasMaps(type) ? taken : rows.length);
      expect(taken).toBeGreaterThanOrEqual(hasMaps(type) ? 0 : 60);
    },
  );

  it.each([
    ["a whole number", { points: "12" }],
    ["a truth value", { isLocal: "否" }],
    ["a list", { classes: "A; B" }],
    ["a date in another form", { validFrom: "2026年1月2日" }],
    ["no end", { validUntil: "长期" }],
    ["an empty cell", { kind: "" }],
    ["an absent one", { kind: undefined }],
    ["a name with rare characters and a middle dot", { holderName: "买·\u{20087}力" }],
    ["a short name of characters of two units each", { holderName: "\u{20087}\u{20089}" }],
  ])("takes the short way with %s", (_what, cells) => {
    expect(compare(exampleType(), { ...EXAMPLE_ROW, ...cells })).toBe(true);
  });

  it("knows what a holder code is from the claim beside it, each time", () => {
    const type = withHolderCode();
    const take = comparison(type);
    const row = { ...EXAMPLE_ROW, ownerCode: "E00000000" };
    expect(take({ ...row, ownerCodeType: "414" })).toBe(true);
    expect(take({ ...row, ownerCodeType: "111" })).toBe(false);
  });

  it.each(["nothing", "maybe"])("takes the short way where %s is said to have no end", (name) => {
    expect(compare(withHolderCode(), { ...EXAMPLE_ROW, [name]: "长期" })).toBe(true);
  });

  it("is taken by the day on which it is looked at", () => {
    const holderIdNumber = `11010520260115001${citizenIdCheck("11010520260115001")}`;
    const row = { ...EXAMPLE_ROW, holderIdNumber };
    expect(compare(exampleType(), row, "2026-01-15")).toBe(true);
    expect(compare(exampleType(), row, "2026-01-14")).toBe(false);
  });
});

function withHolderCode(): CertificateType {
  const type = exampleType();
  const properties = {
    ...type.schema.properties,
    ownerCodeType: { type: "string", enum: ["111", "414"] },
    ownerCode: { type: "string", format: "holder-code", maxLength: 32 },
    nothing: { type: ["integer", "null"], minimum: 0, maximum: 9 },
    maybe: { type: ["boolean", "null"] },
  } as const;
  return { ...type, schema: { ...type.schema, properties } };
}

describe("a record that is not right", () => {
  it.each([
    ["a text that is wrong", { holderName: " 张" }],
    ["a text that is too short", { holderName: "张" }],
    ["one too short in characters, not in units", { holderName: "\u{20087}" }],
    ["a text that is too long", { holderName: "张".repeat(21) }],
    ["a format that is wrong", { holderIdNumber: "11010519491231002x" }],
    ["a pattern that is not kept", { number: "B0001" }],
    ["a choice that is none", { kind: "丙" }],
    ["a number out of range", { points: "13" }],
    ["no number", { points: "1.5" }],
    ["no truth value", { isLocal: "1" }],
    ["an item that is wrong", { classes: "A;D" }],
    ["an item twice", { classes: "A;A" }],
    ["too many items", { classes: "A;B;C" }],
    ["a missing field", { holderName: "" }],
    ["an unknown field", { other: "x" }],
    ["a member that is no text", { points: 3 }],
    ["a map", { contact: '{"phone":"13800000000"}' }],
    ["a list of maps", { owners: "[]" }],
    ["a date that does not exist", { validFrom: "2026-02-30" }],
    ["an end before its beginning", { validUntil: "2025-12-31" }],
  ])("takes the long way: %s", (_what, cells) => {
    expect(compare(exampleType(), { ...EXAMPLE_ROW, ...cells })).toBe(false);
  });
});

describe("records of a table that lacks a column", () => {
  it("take the long way, which says what is missing", () => {
    const names = Object.keys(exampleType().schema.properties).filter((name) => name !== "number");
    const quick = compileQuickCheck(exampleType(), names, TODAY);
    expect(quick(names.map((name) => EXAMPLE_ROW[name] ?? ""))).toBeNull();
  });
});

describe("a record without the day from which it holds", () => {
  it("takes the long way also where its type does not ask for one", () => {
    const type = exampleType();
    const free = { ...type, schema: { ...type.schema, required: [] } };
    expect(compare(free, { number: "A0001" })).toBe(false);
  });
});

describe("any record at all", () => {
  it("has the same outcome on both ways, where the short one is taken", () => {
    const type = withHolderCode();
    const take = comparison(type);
    const good: Row = {
      ...EXAMPLE_ROW,
      points: "3",
      isLocal: "是",
      classes: "A;B",
      place: "460200",
    };
    const odd = [
      "",
      "长期",
      "3",
      "-1",
      "是",
      "A",
      "A;",
      ";",
      "甲",
      "2026-01-01",
      "20260101",
      "张 样",
      "e\u0301",
      "\ue000",
      "\ud800",
      "111",
      "E1",
      "13800000000",
      "𠮷",
      "𠮷𠮷",
      "x".repeat(30),
      3,
      true,
      null,
      undefined,
    ];
    const changes = fc.dictionary(
      fc.constantFrom(...Object.keys(type.schema.properties), "other"),
      fc.constantFrom(...odd),
      { maxKeys: 3 },
    );
    let taken = 0;
    fc.assert(
      fc.property(changes, (changed) => {
        if (take({ ...good, ...changed })) taken++;
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  it("has it too when there are more different texts than are remembered", () => {
    const take = comparison(exampleType());
    for (let i = 0; i < 5_000; i++) {
      const number = `A${String(i % 10_000).padStart(4, "0")}`;
      expect(take({ ...EXAMPLE_ROW, number, kind: i % 2 === 0 ? "甲" : "乙" })).toBe(true);
    }
    expect(take({ ...EXAMPLE_ROW, number: "A0" })).toBe(false);
  });
});
