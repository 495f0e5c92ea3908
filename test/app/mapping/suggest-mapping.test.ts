import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { likeness, matchColumns } from "../../../src/app/mapping/match-columns.ts";
import { suggestMapping } from "../../../src/app/mapping/suggest-mapping.ts";
import type { Suggestion } from "../../../src/app/mapping/suggest-mapping.ts";
import { suggestSteps } from "../../../src/app/mapping/suggest-steps.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { parseMapping } from "../../../src/core/catalogue/parse-mapping.ts";
import type { Cell } from "../../../src/ports/record-source.ts";
import { TYPE_CODE, goodRows } from "../../support/chain-world.ts";
import type { Row } from "../../support/chain-world.ts";
import { exampleType } from "../../core/catalogue/example-type.ts";

let types: readonly CertificateType[];
/** 特种作业操作资格证. */
let type: CertificateType;

beforeAll(async () => {
  ({ types } = await readCatalogue(join(import.meta.dirname, "../../../catalogue")));
  type = types.find(({ code }) => code === TYPE_CODE) as CertificateType;
});

function suggest(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<Suggestion> {
  const pages = async function* () {
    yield rows.map((cells, i) => ({ line: i + 2, cells }));
  };
  return suggestMapping(type, { columns, pages });
}

/** claim ← column, for each column that has one. */
const matched = (columns: readonly string[], of = type): string[] =>
  matchColumns(of, columns).map(
    ({ claim, column, kind }) => `${claim} ← ${column}${kind === "near" ? "?" : ""}`,
  );

describe("the columns of a table are recognised", () => {
  it("by the names of the claims, in each type of the catalogue, all of them", () => {
    for (const each of types) {
      for (const nameOf of [
        ({ name }: { name: string }) => name,
        ({ zh }: { zh: string }) => zh,
        ({ en }: { en: string }) => en,
      ]) {
        const columns = each.claims.map(nameOf);
        const found = matchColumns(each, columns);
        expect(found.map(({ claim, column }) => [claim, column]).sort()).toEqual(
          each.claims.map((claim) => [claim.name, nameOf(claim)]).sort(),
        );
        expect(found.every(({ kind }) => kind === "name")).toBe(true);
      }
    }
  });

  it.each([
    ["CZZT", "holderName"],
    ["czztdm", "holderIdNumber"],
    ["ZZBH", "certificateNumber"],
    ["ZZBFRQ", "issueDate"],
    ["ZZYXQQSRQ", "validFrom"],
    ["ZZYXQJZRQ", "validUntil"],
    ["身份证号码", "holderIdNumber"],
    ["身份证号（18位）", "holderIdNumber"],
    [" 证 号 ", "certificateNumber"],
    ["发证机关", "issuingAuthority"],
    ["有效期至", "validUntil"],
    ["有效期起", "validFrom"],
    ["HOLDER_NAME", "holderName"],
    ["Ｈｏｌｄｅｒ Ｎａｍｅ", "holderName"],
    ["holderKey", "holderKey"],
  ])("by what is in use for it: %s", (column, claim) => {
    expect(matched([column])).toEqual([`${claim} ← ${column}`]);
  });

  it("by being called nearly so, which is said", () => {
    expect(matched(["公民身份证号"])).toEqual(["holderIdNumber ← 公民身份证号?"]);
  });

  it.each([["有效期"], ["备注"], ["编码"], [""], ["日期"]])(
    "not where it could be one or another, or none: %s",
    (column) => {
      expect(matched([column])).toEqual([]);
    },
  );

  it("once each: a better name takes the claim", () => {
    expect(matched(["持证人", "姓名"])).toEqual(["holderName ← 姓名"]);
    expect(matched(["姓名", "姓名"])).toEqual(["holderName ← 姓名"]);
  });

  it("by a likeness that is 1 for the same and 0 for nothing in common", () => {
    expect(likeness("发证日期", "颁发日期")).toBe(0.75);
    expect([likeness("甲", "甲"), likeness("甲", "乙"), likeness("", "")]).toEqual([1, 0, 0]);
  });
});

describe("a suggestion", () => {
  it("is a mapping that is valid, ignores what it has no use for, and says what is still missing", async () => {
    const suggestion = await suggest(
      ["序号", "姓名", "性别", "身份证号"],
      [["1", "张样例", "1", "11010519491231002X"]],
    );
    expect(parseMapping(suggestion.mapping, type)).toMatchObject({ ok: true });
    expect(suggestion.mapping.ignore).toEqual(["序号"]);
    expect(suggestion.matches.map(({ column }) => column)).toEqual(["姓名", "性别", "身份证号"]);
    expect(suggestion.withoutColumn).toContain("certificateNumber");
    expect(suggestion.withoutColumn).not.toContain("holderName");
    expect(suggestion.mapping.claims["holderSex"]).toEqual({
      column: "性别",
      codes: { 男: "男", 女: "女", "1": "男" },
    });
  });

  it("needs no steps where the table is as the type wants it", async () => {
    const rows = goodRows({ type }, 5);
    const columns = Object.keys(rows[0] as Row);
    const { mapping, withoutColumn } = await suggest(
      columns,
      rows.map((row) => Object.values(row)),
    );
    expect(withoutColumn).toEqual([]);
    expect(mapping.claims).toEqual(
      Object.fromEntries(columns.map((column) => [column, { column }])),
    );
  });

  it("looks at no more records than it needs", async () => {
    let pages = 0;
    const source = {
      columns: ["姓名", "holderKey"],
      pages: async function* () {
        for (;;) {
          pages++;
          yield Array.from({ length: 500 }, (_, i) => ({ line: i, cells: ["张样例", 7] }));
        }
      },
    };
    const { mapping } = await suggestMapping(type, source);
    expect(mapping.claims["holderKey"]).toEqual({ column: "holderKey" });
    expect(pages).toBe(4);
  });
});

describe("the steps of a column are suggested from its values", () => {
  const { properties } = exampleType().schema;
  const steps = (claim: string, ...values: string[]): unknown =>
    suggestSteps(properties[claim] as never, values);

  it.each([
    [["2026-01-31"], {}],
    [["2026-1-31", "2026-01-31"], { date: "YYYY-M-D" }],
    [["20260131"], { date: "YYYYMMDD" }],
    [["2026/1/31", "2026/12/01"], { date: "YYYY/M/D" }],
    [["2026.1.31"], { date: "YYYY.M.D" }],
    [["2026年1月31日"], { date: "YYYY年M月D日" }],
    [["46053"], { date: "excelSerial" }],
    [["20260131", "2026/1/31"], {}],
    [["20260230"], {}],
    [["20260131", "长期"], { date: "YYYYMMDD" }],
    [["20260131", "99991231"], { date: "YYYYMMDD", codes: { "99991231": "长期" } }],
    [["9999-12-31"], { codes: { "9999-12-31": "长期" } }],
    [["2026-01-31", "9999-12-31"], { date: "YYYY-M-D", codes: { "9999-12-31": "长期" } }],
    [[" 20260131"], { trim: true, date: "YYYYMMDD" }],
    [[], {}],
  ])("dates %j", (values, expected) => {
    expect(steps("validUntil", ...values)).toEqual(expected);
  });

  it("no far date is 长期 where a certificate must end", () => {
    expect(steps("validFrom", "20260131", "99991231")).toEqual({});
  });

  it.each([
    ["kind", ["甲", "乙"], {}],
    ["kind", ["丙"], {}],
    ["kind", ["甲 "], { trim: true }],
    ["isLocal", ["是", "否"], {}],
    [
      "isLocal",
      ["Y", "n", "是"],
      { codes: { true: "true", false: "false", 是: "是", Y: "true", n: "false" } },
    ],
    ["classes", ["A;B"], {}],
    ["classes", ["A、B", "C"], { split: "、" }],
    ["classes", ["A, B"], { split: ",", trim: true }],
    ["classes", ["A、D"], {}],
    ["points", ["3"], {}],
    ["holderName", ["张样例"], {}],
  ] as const)("of %s from %j", (claim, values, expected) => {
    expect(steps(claim, ...values)).toEqual(expected);
  });

  it("a list of anything is split only where Chinese tables would", () => {
    const list = { type: "array", items: { type: "string", maxLength: 9 }, maxItems: 3 } as const;
    expect(suggestSteps(list, ["甲、乙"])).toEqual({ split: "、" });
    expect(suggestSteps(list, ["a,b"])).toEqual({});
  });

  it("holder code types have their names", () => {
    const choice = { type: "string", enum: ["001", "111", "414"] } as const;
    expect(suggestSteps(choice, ["身份证", "护照", "111"])).toEqual({
      codes: { "001": "001", "111": "111", "414": "414", 身份证: "111", 护照: "414" },
    });
  });
});
