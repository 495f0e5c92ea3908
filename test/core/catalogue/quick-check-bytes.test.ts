/** What is taken as it lies in the bytes must be right beyond all doubt. */
import { describe, expect, it } from "@jest/globals";
import { checkText } from "../../../src/core/catalogue/check-text.ts";
import { compileQuickCheck } from "../../../src/core/catalogue/quick-check.ts";
import {
  compilePlainCheck,
  isPlainCharacter,
  isPlainSign,
} from "../../../src/core/catalogue/quick-check-bytes.ts";
import type { PlainRow } from "../../../src/core/catalogue/quick-check-bytes.ts";
import { EXAMPLE_ROW, exampleType } from "./example-type.ts";

const TODAY = "2026-06-01";
const type = exampleType();
const names = Object.keys(type.schema.properties);
const places = names.map((_, i) => i);

/** Cells one after another; none has a character of two UTF-16 units. */
function rowOf(cells: readonly string[]): PlainRow {
  const ends = cells.map((_, i) => Buffer.byteLength(cells.slice(0, i + 1).join("")));
  return {
    bytes: new TextEncoder().encode(cells.join("")),
    starts: Uint32Array.from([0, ...ends]),
    ends: Uint32Array.from(ends),
    lengths: Uint32Array.from(cells, ({ length }) => length),
    textOf: (cell) => cells[cell] as string,
  };
}

function cellsWith(changes: Readonly<Record<string, string>>): string[] {
  return names.map((name) => ({ ...EXAMPLE_ROW, ...changes })[name] ?? "");
}

const codes = Array.from({ length: 0x1_0000 }, (_, code) => code);
const plain = codes.filter((code) => (code < 0x80 ? isPlainSign(code) : isPlainCharacter(code)));

describe("a plain character", () => {
  it("has nothing wrong with it, alone and beside any other", () => {
    expect(plain.length).toBeGreaterThan(20_000);
    const marks = ["\u00b7", "A", "一", "\uff5e"];
    const all = String.fromCharCode(...plain.filter((_, i) => i % 7 === 0));
    for (const mark of marks) expect(checkText([...all].join(mark) + mark)).toBe(null);
    for (const code of plain)
      expect([code, checkText(String.fromCharCode(code))]).toEqual([code, null]);
  });

  it("is no control, no space and none that combines", () => {
    const others = [
      0, 9, 10, 13, 0x20, 0x7f, 0x85, 0xa0, 0x301, 0x3000, 0x3099, 0xd800, 0xe000, 0xfeff,
    ];
    for (const code of others) expect(plain).not.toContain(code);
  });
});

describe("a row of plain cells", () => {
  const check = compilePlainCheck({ type, today: TODAY }, names, places);
  const quickly = compileQuickCheck(type, names, TODAY);
  /** How long it holds, if it is taken: as the short way says. */
  const taken = (changes: Readonly<Record<string, string>>): boolean => {
    const cells = cellsWith(changes);
    const validity = check?.check(rowOf(cells)) ?? null;
    if (validity !== null) expect(quickly(cells)).toMatchObject({ validity });
    return validity !== null;
  };

  it.each([
    ["as it is", {}],
    ["a choice", { kind: "乙" }],
    ["a number", { points: "12" }],
    ["a number with zeros before it", { points: "007" }],
    ["other days", { validFrom: "2024-02-29", validUntil: "2024-02-29" }],
    ["a format that is spelt out", { employer: "11100000MB1A90019A" }],
  ])("is taken with %s", (_what, changes) => {
    expect(taken(changes)).toBe(true);
    expect(taken(changes)).toBe(true);
  });

  it.each([
    ["nothing where something must be", { holderName: "" }],
    ["no choice", { kind: "丙" }],
    ["a number past its range", { points: "13" }],
    ["a number below nought", { points: "-1" }],
    ["no number", { points: "1a" }],
    ["more digits than a number has", { points: "0000000000000001" }],
    ["a text too long", { holderName: "一".repeat(21) }],
    ["a text too short", { holderName: "一" }],
    ["a pattern that is not kept", { number: "B0001" }],
    ["a check character that is wrong", { holderIdNumber: "110105194912310021" }],
    ["a day that never was", { validFrom: "2023-02-29" }],
    ["a day in another form", { validFrom: "2026/01/01" }],
    ["a day without its dashes", { validFrom: "20260101" }],
    ["no end", { validUntil: "长期" }],
    ["an end before its beginning", { validUntil: "2025-12-31" }],
    ["a list", { classes: "A" }],
  ])("is left to a longer way with %s", (_what, changes) => {
    expect(taken(changes)).toBe(false);
  });

  it("is checked each time, in a column that never repeats as in one that does", () => {
    for (let i = 0; i < 200; i++) {
      const number = `A${String(i).padStart(4, "0")}`;
      expect([number, taken({ number })]).toEqual([number, true]);
    }
    expect(taken({ number: "A0199" })).toBe(true);
    expect(taken({ number: "A019X" })).toBe(false);
  });

  it("is left to a longer way where a text may say that there is no end", () => {
    const remark = { type: ["string", "null"], maxLength: 10 } as const;
    const { schema } = type;
    const properties = { ...schema.properties, remark };
    const withRemark = { ...type, schema: { ...schema, properties } };
    const checked = compilePlainCheck(
      { type: withRemark, today: TODAY },
      [...names, "remark"],
      [...places, names.length],
    );
    expect(checked?.check(rowOf([...cellsWith({}), "长期"]))).toBe(null);
    expect(checked?.check(rowOf([...cellsWith({}), "长期的"]))).not.toBe(null);
  });

  it("is not taken where every record asks for more", () => {
    const required = [...type.schema.required, "isLocal"];
    const withTruth = { ...type, schema: { ...type.schema, required } };
    expect(compilePlainCheck({ type: withTruth, today: TODAY }, names, places)).toBe(null);
    const without = names.filter((name) => name !== "number");
    expect(compilePlainCheck({ type, today: TODAY }, without, places)).toBe(null);
  });
});
