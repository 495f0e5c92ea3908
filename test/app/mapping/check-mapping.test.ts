import { describe, expect, it } from "@jest/globals";
import { checkMapping, fits } from "../../../src/app/mapping/check-mapping.ts";
import type { MappingCheck } from "../../../src/app/mapping/check-mapping.ts";
import { FaultTally, tallied } from "../../../src/app/issue/fault-tally.ts";
import type { ClaimSource, Mapping } from "../../../src/core/catalogue/mapping.ts";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";
import { exampleType } from "../../core/catalogue/example-type.ts";
import { workersInProcess } from "../../support/intake-in-memory.ts";

const type = exampleType();
const CLAIMS: Record<string, ClaimSource> = {
  holderName: { column: "姓名" },
  holderIdNumber: { column: "身份证号" },
  number: { column: "编号" },
  kind: { column: "类别", codes: { "1": "甲" } },
  validFrom: { constant: "2026-01-01" },
  validUntil: { constant: "长期" },
};
const COLUMNS = ["姓名", "身份证号", "编号", "类别"];
const ID = "11010519491231002X";

function check(
  rows: readonly (readonly string[])[],
  { columns = COLUMNS, claims = CLAIMS, ignore = [] as string[] } = {},
): Promise<MappingCheck> {
  const mapping: Mapping = {
    format: "liangzheng-mapping/1",
    type: type.code,
    schemaVersion: 1,
    claims,
    ignore,
  };
  const source = {
    name: "a table",
    digest: "",
    columns,
    pages: async function* () {
      yield rows.map((cells, i) => ({ line: i + 2, cells }));
    },
    close: () => Promise.resolve(),
  };
  const told: string[] = [];
  const progress = (stage: string, done: number): number => told.push(`${stage} ${String(done)}`);
  const tools = { source, openWorkers: workersInProcess, progress };
  return checkMapping({ type, mapping, today: "2026-06-01" }, tools);
}

describe("the check of a mapping", () => {
  it("says that everything fits", async () => {
    const result = await check([
      ["张样例", ID, "A0001", "1"],
      ["王样例", ID, "A0002", ""],
    ]);
    expect(result).toMatchObject({ records: 2, valid: 2, faults: [] });
    expect(fits(result)).toBe(true);
  });

  it("tells what values fit nothing: how often, with the first lines, masked", async () => {
    const rows = Array.from({ length: 9 }, (_, i) => {
      return ["张样例", i > 3 ? "110105194912310021" : ID, `A000${String(i)}`, i === 8 ? "9" : "1"];
    });
    const result = await check(rows);
    expect(result).toMatchObject({ records: 9, valid: 4 });
    expect(result.faults).toMatchObject([
      {
        column: "身份证号",
        code: "CITIZEN_ID_CHECK_DIGIT",
        count: 5,
        examples: [6, 7, 8].map((line) => ({ line, value: "110***********0021" })),
      },
      { column: "类别", code: "CODE_UNKNOWN", count: 1, examples: [{ line: 10, value: "9" }] },
    ]);
    expect(fits(result)).toBe(false);
  });

  it("tells of a claim without a column once, not for every record", async () => {
    const { number: _number, ...claims } = CLAIMS;
    const columns = ["姓名", "身份证号", "类别", "电话"];
    const result = await check([["张样例", ID, "1", "x"]], { columns, claims });
    expect(result.columns).toEqual({ doubled: [], unknown: ["电话"], missing: ["number"] });
    expect(result.faults).toEqual([]);
    expect(fits(result)).toBe(false);
  });

  it("says that nothing fits where a column is there twice or not at all", async () => {
    const twice = await check([["张样例", ID, "A0001", "1", "x"]], {
      columns: [...COLUMNS, "姓名"],
    });
    expect(twice.columns.doubled).toEqual(["姓名"]);
    expect(fits(twice)).toBe(false);
    const none = await check([["张样例", ID, "A0001"]], { columns: COLUMNS.slice(0, 3) });
    expect(none.columns.missing).toEqual(["类别"]);
    expect(none.valid).toBe(1);
  });
});

describe("faults in sum", () => {
  it("are counted by column and code, whichever item of a list they are in, and passed on", async () => {
    const tally = new FaultTally();
    const written: unknown[] = [];
    const report = tallied(
      { write: (...fault) => written.push(fault), close: async () => "errors.csv" },
      tally,
    );
    const fault = {
      code: "TOO_LONG",
      field: "owners[3].name",
      value: "x",
      severity: "error",
      words: RECORD_FAULTS.TOO_LONG,
    } as const;
    report.write(2, fault);
    report.write(3, { ...fault, field: "owners[0].name" });
    report.write(4, fault, "权利人");
    expect(tally.counts()).toMatchObject([
      { column: "owners.name", count: 2 },
      { column: "权利人", count: 1 },
    ]);
    expect(written).toHaveLength(3);
    expect(await report.close()).toBe("errors.csv");
  });
});
