import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { CsvFault, CsvRows } from "../../../src/adapters/sources/csv-rows.ts";

/** The rows of text that comes in pieces, or the message of its fault. */
function rowsOf(pieces: readonly string[], separator = ","): string[][] | string {
  const rows = new CsvRows(separator);
  try {
    return [...pieces.flatMap((piece) => rows.push(piece)), ...rows.end()].map(
      ({ cells }) => cells,
    );
  } catch (error) {
    if (error instanceof CsvFault) return "fault";
    throw error;
  }
}

/** As an independent reader has them. */
function expectedRows(text: string, separator = ",", lineEnd = "\n"): string[][] | string {
  const options = { delimiter: separator, record_delimiter: lineEnd, relax_column_count: true };
  try {
    const rows = parse(text, options);
    return rows.filter((cells) => cells.length > 1 || cells[0] !== "");
  } catch {
    return "fault";
  }
}

function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end));
}

const places = fc.array(fc.nat(), { maxLength: 6 });

describe("rows of separated text, wherever it is cut into pieces", () => {
  it.each([
    [",", "\n"],
    [",", "\r\n"],
    ["\t", "\n"],
    ["\t", "\r\n"],
  ])("are those of csv-parse, for any text with separator %j and line end %j", (separator, end) => {
    const unit = fc.constantFrom("王", "a", '"', '"', separator, end, "𠮷", " ", ";", "-");
    const text = fc.array(unit, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, places, (content, at) => {
        expect(rowsOf(cut(content, at), separator)).toEqual(expectedRows(content, separator, end));
      }),
      { numRuns: 3_000 },
    );
  });

  it("are those of csv-parse for any table that was written properly", () => {
    const cell = fc.string({
      unit: fc.constantFrom("王", "a", '"', ",", "\n", "\r\n", "\r", "𠮷"),
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(table, places, (rows, at) => {
        const text = rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
        const filled = rows.filter((cells) => cells.length > 1 || cells[0] !== "");
        expect(rowsOf(cut(text, at))).toEqual(filled);
      }),
      { numRuns: 1_000 },
    );
  });

  it("know their lines, counting a CR LF as one end also where it is cut in two", () => {
    const rows = new CsvRows(",");
    const lines = ["a\r", "\nb,", '"x\r', '\ny"\r\nc\r', "d"].flatMap((piece) => rows.push(piece));
    expect([...lines, ...rows.end()]).toEqual([
      { line: 1, cells: ["a"] },
      { line: 2, cells: ["b", "x\r\ny"] },
      { line: 4, cells: ["c"] },
      { line: 5, cells: ["d"] },
    ]);
  });
});
