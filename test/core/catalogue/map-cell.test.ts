import { describe, expect, it } from "@jest/globals";
import { ELEMENT_NAMES, isElementName } from "../../../src/core/catalogue/element-names.ts";
import { cellMapper } from "../../../src/core/catalogue/map-cell.ts";
import type { ColumnSource } from "../../../src/core/catalogue/mapping.ts";

/** What becomes of a cell: its value, or the code of its fault. */
function mapped(steps: Omit<ColumnSource, "column">, cell: unknown): unknown {
  const result = cellMapper({ column: "x", ...steps })?.(cell);
  return result?.fault ?? result?.value;
}

describe("a column without steps", () => {
  it("gives its cells as they are", () => {
    expect(cellMapper({ column: "x" })).toBeNull();
    expect(cellMapper({ column: "x", trim: false })).toBeNull();
  });
});

describe("the step 'trim'", () => {
  it.each([
    [" 张样例\u3000", "张样例"],
    ["\t\u00a0", ""],
    [7, 7],
    [null, null],
  ])("takes white space off both ends, Chinese spaces too: %j", (cell, value) => {
    expect(mapped({ trim: true }, cell)).toBe(value);
  });
});

describe("the step 'date'", () => {
  it.each([
    ["YYYYMMDD", "20260131"],
    ["YYYY-M-D", "2026-1-31"],
    ["YYYY-M-D", "2026-01-31"],
    ["YYYY/M/D", "2026/1/31"],
    ["YYYY.M.D", "2026.01.31"],
    ["YYYY年M月D日", "2026年1月31日"],
    ["excelSerial", "46053"],
    ["excelSerial", 46053],
    ["YYYYMMDD", 20260131],
  ] as const)("reads a date written as %s: %s", (date, cell) => {
    expect(mapped({ date }, cell)).toBe("2026-01-31");
  });

  it.each([
    ["YYYYMMDD", "2026-01-31"],
    ["YYYY-M-D", "20260131"],
    ["YYYY/M/D", "31/1/2026"],
    ["YYYY年M月D日", "2026年1月"],
    ["excelSerial", "46053.5"],
    ["excelSerial", "60"],
    ["excelSerial", "401769"],
    ["excelSerial", ""],
    ["YYYYMMDD", " 20260131"],
    ["YYYYMMDD", true],
  ] as const)("refuses anything else as DATE_FORMAT, %s: %s", (date, cell) => {
    expect(mapped({ date }, cell)).toBe(cell === "" ? "" : "DATE_FORMAT");
  });

  it("knows the first and the last day that a spreadsheet and a certificate can have", () => {
    expect(mapped({ date: "excelSerial" }, "61")).toBe("1900-03-01");
    expect(mapped({ date: "excelSerial" }, "401768")).toBe("2999-12-31");
  });

  it.each(["", "长期", null])("leaves alone what is no date: %j", (cell) => {
    for (const date of ["YYYYMMDD", "excelSerial"] as const)
      expect(mapped({ date }, cell)).toBe(cell);
  });
});

describe("the step 'codes'", () => {
  const codes = { "1": "男", "2": "女", true: "是" };

  it.each([
    ["1", "男"],
    [2, "女"],
    [true, "是"],
    ["", ""],
  ])("gives what a value stands for: %j", (cell, value) => {
    expect(mapped({ codes }, cell)).toBe(value);
  });

  it.each(["9", "男", 0, "constructor", null])("refuses any other as CODE_UNKNOWN: %j", (cell) => {
    expect(mapped({ codes }, cell)).toBe("CODE_UNKNOWN");
  });

  it("may say what an empty cell stands for", () => {
    expect(mapped({ codes: { "": "长期" } }, "")).toBe("长期");
  });

  it("comes before a date: what the table lacks must be one", () => {
    const steps = { codes: { "99991231": "长期" }, date: "YYYYMMDD" } as const;
    expect(mapped(steps, "99991231")).toBe("长期");
    expect(mapped(steps, "20260131")).toBe("2026-01-31");
    expect(mapped(steps, "2026")).toBe("DATE_FORMAT");
    expect(mapped(steps, "")).toBe("");
  });
});

describe("the step 'split'", () => {
  it("takes the other steps for each item, and gives the first fault of any", () => {
    const steps = { split: "、", trim: true, codes: { A: "甲", B: "乙" } };
    expect(mapped(steps, "A、 B")).toEqual(["甲", "乙"]);
    expect(mapped(steps, "A")).toEqual(["甲"]);
    expect(mapped(steps, "A、C")).toBe("CODE_UNKNOWN");
    expect(mapped(steps, "")).toBe("");
    expect(mapped({ split: "、" }, ["甲"])).toEqual(["甲"]);
  });
});

describe("the names of common elements", () => {
  it("are those of GB/T 36903, each for one element", () => {
    const names = Object.values(ELEMENT_NAMES).flat();
    expect(new Set(names).size).toBe(names.length);
    expect(["ZZBH", "CZZT"].every(isElementName)).toBe(true);
    expect(["XXXX", "constructor"].some(isElementName)).toBe(false);
  });
});
