import { describe, expect, it } from "@jest/globals";
import { isConstant } from "../../../src/core/catalogue/mapping.ts";
import { parseMapping } from "../../../src/core/catalogue/parse-mapping.ts";
import { exampleType } from "./example-type.ts";

const type = exampleType();

function mapping(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format: "liangzheng-mapping/1",
    type: type.code,
    schemaVersion: 1,
    claims: {
      holderName: { column: "姓名", trim: true },
      kind: { constant: "甲" },
      validFrom: { column: "起", date: "YYYYMMDD", codes: { x: "2026-01-01" } },
      classes: { column: "类", split: "、" },
      holderKey: { column: "钥" },
    },
    ignore: ["备注", ""],
    ...changes,
  };
}

function faultsOf(json: unknown): readonly string[] {
  const parsed = parseMapping(json, type);
  return parsed.ok ? [] : parsed.faults;
}

describe("a mapping", () => {
  it("names for each claim a column with its steps, or a constant", () => {
    const parsed = parseMapping(mapping(), type);
    expect(parsed).toEqual({ ok: true, mapping: mapping() });
    expect(isConstant({ constant: "甲" })).toBe(true);
    expect(isConstant({ column: "甲" })).toBe(false);
  });

  it("may take several claims from one column", () => {
    const claims = { validFrom: { column: "日期" }, validUntil: { column: "日期" } };
    expect(faultsOf(mapping({ claims }))).toEqual([]);
  });
});

describe("a mapping that is not one is refused, with every place at fault", () => {
  it.each([
    ["no object", [], "must be object"],
    [
      "of another format",
      mapping({ format: "liangzheng-mapping/2" }),
      "format must be equal to constant",
    ],
    [
      "without what it ignores",
      mapping({ ignore: undefined }),
      "must have required property 'ignore'",
    ],
    ["with a member of its own", mapping({ note: 1 }), "must NOT have additional properties: note"],
    ["without a claim", mapping({ claims: {} }), "claims must NOT have fewer than 1 properties"],
    [
      "with a step of its own",
      mapping({ claims: { kind: { column: "a", script: "x" } } }),
      "claims.kind must NOT have additional properties: script",
    ],
    [
      "with a date format of its own",
      mapping({ claims: { kind: { column: "a", date: "D/M/Y" } } }),
      "claims.kind.date must be equal to one of the allowed values",
    ],
    [
      "with a constant and a column",
      mapping({ claims: { kind: { column: "a", constant: "b" } } }),
      "claims.kind must match exactly one schema in oneOf",
    ],
    [
      "with steps for a constant",
      mapping({ claims: { kind: { constant: "b", trim: true } } }),
      "claims.kind must match exactly one schema in oneOf",
    ],
    [
      "with neither",
      mapping({ claims: { kind: {} } }),
      "claims.kind must match exactly one schema in oneOf",
    ],
    [
      "for another type",
      mapping({ type: "x\u0007" }),
      `type: made for x\ufffd version 1, not ${type.code} version 1`,
    ],
    [
      "for another version",
      mapping({ schemaVersion: 2 }),
      `type: made for ${type.code} version 2, not ${type.code} version 1`,
    ],
    [
      "with a claim that the type lacks",
      mapping({ claims: { constructor: { column: "a" } } }),
      "claims.constructor: the type has no such claim",
    ],
    [
      "with a column that it ignores too",
      mapping({ ignore: ["姓名"] }),
      "ignore: 姓名 gives holderName",
    ],
  ])("such as one %s", (_what, json, fault) => {
    expect(faultsOf(JSON.parse(JSON.stringify(json)))).toContain(fault);
  });

  it("and all of them are told at once", () => {
    const json = mapping({
      type: "x",
      claims: { a: { column: "c" }, b: { column: "c" } },
      ignore: ["c"],
    });
    expect(faultsOf(json)).toHaveLength(5);
  });
});
