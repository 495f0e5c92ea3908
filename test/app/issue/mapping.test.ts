import { describe, expect, it } from "@jest/globals";
import { columnMisfit, fieldsOf } from "../../../src/app/issue/mapping.ts";
import type { ReadRecord } from "../../../src/app/issue/record-reader.ts";
import { RecordReader, claimNames } from "../../../src/app/issue/record-reader.ts";
import type { ClaimSource, Mapping } from "../../../src/core/catalogue/mapping.ts";
import type { Cell, SourceRecord } from "../../../src/ports/record-source.ts";
import type { Validity } from "../../../src/core/certificate/leaf.ts";
import type { ClaimValue } from "../../../src/core/encoding/cbor.ts";
import type { Row } from "../../support/good-rows.ts";
import { TODAY, goodRows, operationType } from "../../support/good-rows.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { exampleType } from "../../core/catalogue/example-type.ts";

const type = await operationType();

function mappingOf(claims: Readonly<Record<string, ClaimSource>>, ignore: string[] = []): Mapping {
  const { code, version } = type;
  return { format: "liangzheng-mapping/1", type: code, schemaVersion: version, claims, ignore };
}

/** Each claim from a column called in Chinese, with changes. */
function chinese(changes: Readonly<Record<string, ClaimSource>> = {}): Mapping {
  const own = type.claims.map(({ name, zh }) => [name, { column: zh }] as const);
  return mappingOf({ ...Object.fromEntries(own), ...changes });
}

/** A record as it was read, and as it was written where it is right. */
interface Read extends ReadRecord {
  readonly claims?: Readonly<Record<string, ClaimValue>>;
  readonly validity?: Validity;
  readonly holder?: Uint8Array;
}

/** The records read as the mapping says. */
function read(
  columns: readonly string[],
  records: readonly SourceRecord[],
  mapping: Mapping | null,
  of = type,
): Read[] {
  const fields = fieldsOf(of, { name: "a table", columns }, mapping);
  const names = claimNames(of);
  let written: Omit<Read, keyof ReadRecord> = {};
  let claims: Record<string, ClaimValue> = {};
  const reader = new RecordReader(
    { type: of, fields, today: TODAY, compile: compileRecordValidator },
    {
      claim: (name, value) => {
        claims[names[name] as string] = value;
      },
      text: () => {
        throw new Error("no row of bytes was given");
      },
      end: (validity, holder) => {
        written = { claims, validity, holder };
      },
    },
  );
  return records.map((record) => {
    [written, claims] = [{}, {}];
    return { ...reader.read(record), ...written };
  });
}

function tableOf(row: Row): { columns: string[]; cells: Cell[] } {
  const columns = type.claims.map(({ zh }) => zh);
  return { columns, cells: type.claims.map(({ name }) => row[name] ?? "") };
}

const faultsOf = (records: readonly ReadRecord[]): string[] =>
  records.flatMap(({ faults }) =>
    faults.map(({ column, fault }) => `${column} ${fault.field} ${fault.code}`),
  );

describe("a table with an agency's own columns", () => {
  it("gives the same claims as one with the claims' names", () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const { columns, cells } = tableOf(row);
    const mapped = read(columns, [{ line: 2, cells }], chinese());
    const named = read(Object.keys(row), [{ line: 2, cells: Object.values(row) }], null);
    expect(mapped).toEqual(named);
    expect(faultsOf(mapped)).toEqual([]);
  });

  it("has its cells changed as the mapping says, constants added, and what it ignores left out", () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const { columns, cells } = tableOf(row);
    const at = (zh: string): number => columns.indexOf(zh);
    const [sex, issued] = [
      type.claims.find(({ name }) => name === "holderSex")?.zh ?? "",
      type.claims.find(({ name }) => name === "issueDate")?.zh ?? "",
    ];
    cells[at(sex)] = row["holderSex"] === "男" ? "1" : "2";
    cells[at(issued)] = ` ${String(row["issueDate"]).replaceAll("-", "")}`;
    const authority = type.claims.find(({ name }) => name === "issuingAuthority")?.zh ?? "";
    cells[at(authority)] = "别的名称";
    const mapping = {
      ...chinese({
        holderSex: { column: sex, codes: { "1": "男", "2": "女" } },
        issueDate: { column: issued, trim: true, date: "YYYYMMDD" },
        issuingAuthority: { constant: "上海市证照样例局" },
        holderKey: { constant: "ab".repeat(32) },
      }),
      ignore: [authority],
    };
    const [record] = read(columns, [{ line: 2, cells }], mapping);
    expect(record).toMatchObject({
      line: 2,
      claims: { ...row, issuingAuthority: "上海市证照样例局" },
    });
    expect(record).toMatchObject({ holder: new Uint8Array(32).fill(0xab) });
  });

  it("has faults named by its own columns, each value once", () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const { columns, cells } = tableOf(row);
    const zh = (claim: string): string => type.claims.find(({ name }) => name === claim)?.zh ?? "";
    const set = (claim: string, cell: string): void => {
      cells[columns.indexOf(zh(claim))] = cell;
    };
    set("holderSex", "9");
    set("issueDate", "2026年1月");
    set("holderName", "");
    const mapping = chinese({
      holderSex: { column: zh("holderSex"), codes: { "1": "男" } },
      issueDate: { column: zh("issueDate"), date: "YYYYMMDD" },
    });
    expect(faultsOf(read(columns, [{ line: 2, cells }], mapping))).toEqual([
      `${zh("holderSex")} holderSex CODE_UNKNOWN`,
      `${zh("issueDate")} issueDate DATE_FORMAT`,
      `${zh("holderName")} holderName MISSING_FIELD`,
    ]);
  });

  it("has a fault of a constant named by its claim", () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const { columns, cells } = tableOf(row);
    const mapping = {
      ...chinese({ holderSex: { constant: "?" } }),
      ignore: [type.claims.find(({ name }) => name === "holderSex")?.zh ?? ""],
    };
    expect(faultsOf(read(columns, [{ line: 2, cells }], mapping))).toEqual([
      "holderSex holderSex NOT_IN_LIST",
    ]);
  });
});

describe("what a source itself found wrong with a cell", () => {
  it.each(["CELL_ERROR", "CELL_NOT_CALCULATED", "CELL_PRECISION"] as const)(
    "is a fault of the record, %s, and the only one of that cell",
    (code) => {
      const [row] = goodRows({ type }, 1) as [Row];
      const columns = Object.keys(row);
      const column = columns.indexOf("holderIdNumber");
      const cells = Object.values(row).with(column, "");
      const records = read(columns, [{ line: 7, cells, faults: [{ column, code }] }], null);
      expect(records).toMatchObject([{ line: 7 }]);
      expect(faultsOf(records)).toEqual([`holderIdNumber holderIdNumber ${code}`]);
    },
  );

  it("is nobody's where the column is not used", () => {
    const [row] = goodRows({ type }, 1) as [Row];
    const { columns, cells } = tableOf(row);
    const mapping = { ...chinese(), ignore: ["备注"] };
    const record = {
      line: 2,
      cells: [...cells, ""],
      faults: [{ column: cells.length, code: "CELL_ERROR" as const }],
    };
    expect(faultsOf(read([...columns, "备注"], [record], mapping))).toEqual([]);
  });
});

describe("null in JSON", () => {
  const example = exampleType();
  const full: Record<string, Cell> = {
    holderName: "张样例",
    holderIdNumber: "11010519491231002X",
    number: "A0001",
    validFrom: "2026-01-01",
    validUntil: null,
    kind: null,
    points: 3,
    owners: null,
  };
  const readJson = (changes: Record<string, Cell>): Read[] => {
    const record = { ...full, ...changes };
    return read(Object.keys(record), [{ line: 1, cells: Object.values(record) }], null, example);
  };

  it("says 长期 where the type allows it, and else that there is nothing", () => {
    const [record] = readJson({});
    expect(record).toMatchObject({
      claims: { points: 3, validUntil: null },
      validity: { notAfter: null },
    });
    expect(Object.keys(record?.claims ?? {})).not.toContain("kind");
  });

  it("is a missing field where one must be there", () => {
    expect(faultsOf(readJson({ holderName: null }))).toEqual([
      "holderName holderName MISSING_FIELD",
    ]);
  });
});

describe("columns that do not fit", () => {
  it("are told apart: doubled, not named by the mapping, missing", () => {
    const mapping = mappingOf(
      {
        holderName: { column: "姓名" },
        holderSex: { column: "性别" },
        holderIdNumber: { constant: "x" },
      },
      ["备注", "备注2"],
    );
    const misfit = columnMisfit(type, ["姓名", "姓名", "备注", "备注", "电话"], mapping);
    expect(misfit.doubled).toEqual(["姓名"]);
    expect(misfit.unknown).toEqual(["电话"]);
    expect(misfit.missing).toContain("性别");
    expect(misfit.missing).toContain("certificateNumber");
    expect(misfit.missing).not.toContain("holderIdNumber");
  });

  it("stop the reading, naming all of a kind", () => {
    const source = { name: "a table", columns: ["姓名"] };
    const mapping = mappingOf({ holderName: { column: "姓名" } });
    expect(() => fieldsOf(type, source, mapping)).toThrow(/COLUMN_MISSING: a table: holderSex, /);
    expect(() => fieldsOf(type, { ...source, columns: ["姓名", "b", "c"] }, mapping)).toThrow(
      "COLUMN_UNKNOWN: a table: b, c",
    );
  });
});
