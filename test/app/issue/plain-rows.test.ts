/** Rows that are checked where they lie in a table's bytes come to the same as rows of text. */
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { numberDigest } from "../../../src/adapters/agency-store/number-digest.ts";
import { readCatalogueFiles } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { FlatWriter } from "../../../src/adapters/hashing/flat-writer.ts";
import { CsvTable } from "../../../src/adapters/sources/csv-table.ts";
import { PlainRows } from "../../../src/adapters/sources/plain-rows.ts";
import { TableError } from "../../../src/adapters/sources/text-decoding.ts";
import { fieldsOf } from "../../../src/app/issue/mapping.ts";
import { RecordReader, claimNames } from "../../../src/app/issue/record-reader.ts";
import { generateRecords } from "../../../src/app/sample/generate-records.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { IssuingWork } from "../../../src/main/issuing/issuing-work.ts";
import type { SourceRecord, TextBlock } from "../../../src/ports/record-source.ts";
import type { CheckedRecords } from "../../../src/ports/issuing-workers.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { EXAMPLE_ROW, exampleType } from "../../core/catalogue/example-type.ts";

const TODAY = "2026-06-01";
/** Whose none of the rows are. */
const AGENCY = "11460000MB1A00001P";
const NUMBER_KEY = new Uint8Array(32).fill(7);
const POSITION = 100_000;
const UTF8 = { encoding: "utf-8", separator: "," } as const;
const CATALOGUE = join(import.meta.dirname, "../../../catalogue");
const NAMES = ["real-estate-registration-proof", "driving-licence", "business-licence"];
const { types } = await readCatalogueFiles(NAMES.map((name) => join(CATALOGUE, `${name}.json`)));
const allTypes = [...types, exampleType(), withNumbers()];

/** A type whose certificates are numbered by a number. */
function withNumbers(): CertificateType {
  const type = exampleType();
  const required = [...type.schema.required, "points"];
  return { ...type, numberClaim: "points", schema: { ...type.schema, required } };
}

function columnsOf({ schema }: CertificateType): string[] {
  return Object.keys(schema.properties);
}

function workFor(type: CertificateType, columns: readonly string[], isText: boolean): IssuingWork {
  const secrets = { suite: 1, pageKey: new Uint8Array(32), numberKey: NUMBER_KEY } as const;
  const text = isText ? UTF8 : null;
  const order = { type, agency: AGENCY, columns, mapping: null, today: TODAY, text, secrets };
  return new IssuingWork(order, compileRecordValidator);
}

function blockOf(text: string | Uint8Array): TextBlock {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return { bytes, position: POSITION, headerLine: null, isTooLong: false };
}

/** By way of text: rows parsed from it first, and then given as records. */
function checkedAsText(work: IssuingWork, width: number, block: TextBlock): CheckedRecords {
  const records: SourceRecord[] = [];
  const end = { lineCount: 0, fault: null as CheckedRecords["fault"] };
  try {
    const rows = new CsvTable(UTF8, width).rows(block);
    let next = rows.next();
    for (; next.done !== true; next = rows.next()) records.push(...next.value);
    end.lineCount = next.value;
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    end.fault = error.fault;
  }
  return { ...work.check(records), ...end };
}

/** Compares both ways through a table. @returns how many records of it are right */
function comparison(
  type: CertificateType,
  more: string[] = [],
): (text: string | Uint8Array) => number {
  const columns = [...columnsOf(type), ...more];
  const [asBytes, asText] = [workFor(type, columns, true), workFor(type, columns, false)];
  return (text) => {
    const expected = checkedAsText(asText, columns.length, blockOf(text));
    const checked = asBytes.check(blockOf(text));
    if (expected.fault === null) expect(checked).toEqual(expected);
    else expect(checked.fault).toEqual(expected.fault);
    return checked.valid.count;
  };
}

function exampleRows(): Record<string, string>[] {
  const row = { ...EXAMPLE_ROW } as Record<string, string>;
  const variants = [{}, { validUntil: "长期" }, { kind: "", points: "" }, { isLocal: "是" }];
  return variants.map((variant, i) => {
    return { ...row, number: `A000${String(i)}`, points: String(i), ...variant };
  });
}

function rowsOf(type: CertificateType, count: number): string[][] {
  const isExample = !types.includes(type);
  const options = { count, seed: "plain", today: TODAY };
  const rows = isExample ? exampleRows() : [...generateRecords(type, options)];
  return rows.map((row) => columnsOf(type).map((column) => row[column] ?? ""));
}

const textOf = (rows: readonly (readonly string[])[], end = "\n"): string =>
  rows.map((cells) => cells.join(",") + end).join("");

/** What may stand in a cell, right or wrong. */
const anyCell = fc.oneof(
  fc.constantFrom("", " ", "长期", "张三", "买买提·艾力", "\u{20087}某", "a b", "0", "-1", "007"),
  fc.constantFrom(
    "2026-02-29",
    "2024-02-29",
    "2026年1月2日",
    "20260102",
    "1799-12-31",
    "é",
    "e\u0301",
  ),
  fc.constantFrom(
    "99999999999",
    "4294967296",
    "1234567890123456",
    "一".repeat(300),
    "\u007f",
    "\u200b",
  ),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replace(/[",\r\n]/g, "")),
);

describe("rows of a table's bytes", () => {
  it.each(allTypes.map((type) => [type.names.zh, type] as const))(
    "come to the same records, lines, digests and faults as text: %s",
    (_name, type) => {
      const rows = rowsOf(type, 12);
      const expectSame = comparison(type);
      const change = fc.record({ row: fc.nat(), cell: fc.nat(), text: anyCell });
      fc.assert(
        fc.property(fc.array(change, { maxLength: 5 }), fc.boolean(), (changes, isWindows) => {
          const changed = rows.map((cells) => [...cells]);
          for (const { row, cell, text } of changes) {
            const cells = changed[row % rows.length] as string[];
            cells[cell % cells.length] = text.toWellFormed();
          }
          expectSame(textOf(changed, isWindows ? "\r\n" : "\n"));
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each([
    [0, 100],
    // Each has classes, a list, which is looked at as text.
    [1, 0],
  ])(
    "are taken without making text of them where all is plain: type %i, %i of 100",
    (at, count) => {
      const type = types[at] as CertificateType;
      const columns = columnsOf(type);
      const fields = fieldsOf(type, { name: "a table", columns }, null);
      const reader = new RecordReader(
        { type, fields, today: TODAY, compile: compileRecordValidator },
        new FlatWriter(claimNames(type)),
      );
      const rows = new PlainRows(",", columns.length);
      const block = blockOf(textOf(rowsOf(type, 100)));
      expect(rows.open(block)).toBe(true);
      let taken = 0;
      for (let at = 0, next; (next = rows.read(at)) > 0; at = next) {
        if (reader.readPlain(rows)) taken++;
      }
      expect(taken).toBe(count);
    },
  );

  it("are taken with the number's digest, be it text or a number", () => {
    for (const type of [types[0] as CertificateType, withNumbers()]) {
      const [cells = []] = rowsOf(type, 1);
      const checked = workFor(type, columnsOf(type), true).check(blockOf(textOf([cells])));
      const number = cells[columnsOf(type).indexOf(type.numberClaim)] as string;
      expect(checked.digests).toEqual(numberDigest(NUMBER_KEY, number));
    }
  });

  it.each([
    ["no end of the last line", (rows: string[][]) => textOf(rows).slice(0, -1)],
    ["empty lines and empty rows", (rows: string[][]) => `\n${textOf(rows)}\r\n,,,,,,,,,,\n`],
    ["lines that end in CR alone", (rows: string[][]) => textOf(rows, "\r")],
    ["a CR within a line", (rows: string[][]) => `${textOf(rows)}a\rb\n${textOf(rows)}`],
    [
      "quotes",
      (rows: string[][]) => `${textOf(rows)}${textOf(rows).replace("抵押权", '"抵押权"')}`,
    ],
    ["a row that is too short", (rows: string[][]) => `${textOf(rows)}a,b\n`],
    ["a row that is too long", (rows: string[][]) => textOf(rows, ",\n")],
    ["nothing in it", () => ""],
  ])("come to the same with %s", (_what, write) => {
    const [type] = types as [CertificateType];
    const rows = rowsOf(type, 20);
    const expectSame = comparison(type);
    expectSame(write(rows));
    expectSame(write(rows.map((cells) => cells.map((cell) => `${cell} `))));
  });

  it("are faulted at the same line and byte where they are not UTF-8", () => {
    const [type] = types as [CertificateType];
    const expectSame = comparison(type);
    const whole = Buffer.from(textOf(rowsOf(type, 20)));
    for (const bad of [[0xff], [0xe4, 0xb8], [0xc2, 0x41], [0xed, 0xa0, 0x80]]) {
      const middle = whole.indexOf("\n", whole.length / 2) + 1;
      const bytes = [whole.subarray(0, middle), Buffer.from(bad), whole.subarray(middle)];
      expect(expectSame(new Uint8Array(Buffer.concat(bytes)))).toBeLessThan(20);
    }
  });

  it("say whose they are in a column of its own, as rows of text do", () => {
    const [type] = types as [CertificateType];
    const keys = ["", "ab".repeat(32), "no key"];
    const rows = rowsOf(type, 9).map((cells, i) => [...cells, keys[i % 3] as string]);
    expect(comparison(type, ["holderKey"])(textOf(rows))).toBe(6);
  });
});
