import { describe, expect, it } from "@jest/globals";
import { coerceCell } from "../../../src/core/catalogue/coerce-cell.ts";

describe("cells of a table", () => {
  it.each(["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "2026/01/05"])(
    "reads the date %s",
    (cell) => {
      expect(coerceCell({ type: "string", format: "date" }, cell)).toBe("2026-01-05");
    },
  );

  it.each(["2026-1/5", "5.1.2026", "26-1-5", "2026年1月", "202615"])(
    "leaves %s as it is, since it may mean several days or none",
    (cell) => {
      expect(coerceCell({ type: "string", format: "date" }, cell)).toBe(cell);
    },
  );

  it.each([
    ["true", true],
    ["是", true],
    ["false", false],
    ["否", false],
    ["1", "1"],
  ])("reads the truth value %s", (cell, value) => {
    expect(coerceCell({ type: "boolean" }, cell)).toBe(value);
  });

  it("reads whole numbers and leaves anything else to the schema check", () => {
    expect(coerceCell({ type: "integer" }, "-12")).toBe(-12);
    expect(coerceCell({ type: "integer" }, "1e3")).toBe("1e3");
    expect(coerceCell({ type: "integer" }, "1".repeat(16))).toBe("1".repeat(16));
  });

  it("takes 长期 as no end only where the schema allows it", () => {
    expect(coerceCell({ type: ["string", "null"], format: "date" }, "长期")).toBeNull();
    expect(coerceCell({ type: "string", format: "date" }, "长期")).toBe("长期");
    expect(coerceCell({ type: ["null"] }, "x")).toBe("x");
  });

  it("keeps text as it is, even if it looks like a number", () => {
    expect(coerceCell({ type: "string" }, "007")).toBe("007");
  });
});
