import { describe, expect, it } from "@jest/globals";
import type { RecordFault } from "../../../src/core/catalogue/record-fault.ts";
import { hasError } from "../../../src/core/catalogue/record-fault.ts";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { formatCertificateIdentifier } from "../../../src/core/identifiers/certificate-identifier.ts";
import { EXAMPLE_ROW, exampleType } from "./example-type.ts";

const STRICT = { today: "2026-01-15", mode: "strict" } as const;
const WARN = { today: "2026-01-15", mode: "warn" } as const;
const validate = compileRecordValidator(exampleType());

function withCells(cells: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...EXAMPLE_ROW, ...cells };
}

/** `field CODE value` of each fault. */
function faultsOf(cells: Readonly<Record<string, unknown>>): string[] {
  return validate(withCells(cells), STRICT).faults.map(short);
}

function short({ field, code, value }: RecordFault): string {
  return `${field} ${code} ${value}`.trim();
}

function identifier(typeCode: string): string {
  const made = formatCertificateIdentifier({
    typeCode,
    issuerCode: "11310000MB1A00001C",
    serial: "1",
    version: 1,
  });
  if (!made.ok) throw new Error("not an identifier");
  return made.value;
}

describe("a record without faults", () => {
  it("becomes typed claims with the validity in seconds, Beijing time", () => {
    const cells = {
      points: "12",
      isLocal: "是",
      classes: "A; B",
      kind: "",
      place: "460200",
      owners: '[{"ownerName":"李样","ownerCodeType":"414","ownerCode":"E00000000"}]',
      contact: '{"phone":"0898-12345678"}',
      identifier: identifier("11100000MB1A90019A099"),
      employer: "11310000MB1A00001C",
    };
    expect(validate(withCells(cells), STRICT)).toEqual({
      claims: {
        ...EXAMPLE_ROW,
        points: 12,
        isLocal: true,
        classes: ["A", "B"],
        place: "460200",
        owners: [{ ownerName: "李样", ownerCodeType: "414", ownerCode: "E00000000" }],
        contact: { phone: "0898-12345678" },
        identifier: cells.identifier,
        employer: "11310000MB1A00001C",
      },
      validity: {
        notBefore: Date.parse("2026-01-01T00:00:00+08:00") / 1000,
        notAfter: Date.parse("2031-12-31T23:59:59+08:00") / 1000,
      },
      faults: [],
    });
  });

  it("may be JSON with values that are already typed", () => {
    const typed = { points: 0, isLocal: false, classes: ["C"], validUntil: null, kind: undefined };
    const { claims, validity, faults } = validate(withCells(typed), STRICT);
    expect(faults).toEqual([]);
    expect(claims).toMatchObject({ points: 0, isLocal: false, classes: ["C"], validUntil: null });
    expect(claims).not.toHaveProperty("kind");
    expect(validity?.notAfter).toBeNull();
  });

  it("has no end where the cell says 长期", () => {
    const { claims, validity } = validate(withCells({ validUntil: "长期" }), STRICT);
    expect(claims["validUntil"]).toBeNull();
    expect(validity?.notAfter).toBeNull();
  });
});

describe("a record with faults", () => {
  it("says MISSING_FIELD, also for an empty cell, so that no end is never assumed", () => {
    expect(faultsOf({ holderName: "", validUntil: "" })).toEqual([
      "holderName MISSING_FIELD",
      "validUntil MISSING_FIELD",
    ]);
  });

  it("says UNKNOWN_FIELD for a column that the type does not have, and hides its value", () => {
    expect(faultsOf({ phone: "13800000000" })).toEqual(["phone UNKNOWN_FIELD"]);
    expect(faultsOf({ constructor: "1\n2" })).toEqual(["constructor TEXT_CONTROL_CHARACTER ***"]);
  });

  it("says WRONG_TYPE for cells that are no number, no truth value and no list", () => {
    expect(faultsOf({ points: "three", isLocal: "maybe", owners: "李样", contact: "[" })).toEqual([
      "points WRONG_TYPE three",
      "isLocal WRONG_TYPE maybe",
      "owners WRONG_TYPE ***",
      "contact WRONG_TYPE ***",
    ]);
    expect(faultsOf({ kind: ["甲"], points: 1.5, holderName: null })).toEqual([
      "holderName WRONG_TYPE",
      "kind WRONG_TYPE",
      "kind NOT_IN_LIST",
      "points WRONG_TYPE 1.5",
    ]);
    expect(faultsOf({ kind: { is: "甲" } })).toContain("kind WRONG_TYPE");
  });

  it("says TOO_LONG and TOO_SHORT counting characters, not code units", () => {
    expect(faultsOf({ holderName: "𠮷" })).toEqual(["holderName TOO_SHORT *"]);
    expect(faultsOf({ holderName: "𠮷".repeat(20) })).toEqual([]);
    expect(faultsOf({ holderName: "张".repeat(21) })[0]).toMatch(/^holderName TOO_LONG 张\*+张$/u);
  });

  it("says PATTERN, NOT_IN_LIST and OUT_OF_RANGE", () => {
    expect(faultsOf({ number: "B0001", kind: "丙", points: "13" })).toEqual([
      "number PATTERN B0001",
      "kind NOT_IN_LIST 丙",
      "points OUT_OF_RANGE 13",
    ]);
    expect(faultsOf({ points: "-1" })).toEqual(["points OUT_OF_RANGE -1"]);
  });

  it("says TOO_FEW_ITEMS, TOO_MANY_ITEMS and DUPLICATE_ITEM for lists", () => {
    expect(faultsOf({ classes: [] })).toEqual(["classes TOO_FEW_ITEMS"]);
    expect(faultsOf({ classes: "A;B;C" })).toEqual(["classes TOO_MANY_ITEMS"]);
    expect(faultsOf({ classes: "A;A" })).toEqual(["classes DUPLICATE_ITEM"]);
    expect(faultsOf({ classes: "A;D" })).toEqual(["classes[1] NOT_IN_LIST D"]);
  });

  it("says TEXT_NOT_UNICODE, TEXT_NOT_NFC, TEXT_CONTROL_CHARACTER and TEXT_OUTER_SPACE", () => {
    expect(faultsOf({ holderName: "张\ud800样" })).toEqual(["holderName TEXT_NOT_UNICODE 张*样"]);
    expect(faultsOf({ holderName: "Ame\u0301" })).toEqual(["holderName TEXT_NOT_NFC A**\u0301"]);
    expect(faultsOf({ holderName: "张\n样" })).toEqual(["holderName TEXT_CONTROL_CHARACTER 张*样"]);
    expect(faultsOf({ holderName: "张\u200b样" })).toEqual([
      "holderName TEXT_CONTROL_CHARACTER 张*样",
    ]);
    expect(faultsOf({ holderName: " 张样" })).toEqual(["holderName TEXT_OUTER_SPACE  *样"]);
  });

  it("says DATE_INVALID for a day that does not exist, and then knows no validity", () => {
    const { faults, validity } = validate(withCells({ validFrom: "2026-02-29" }), STRICT);
    expect(faults.map(short)).toEqual(["validFrom DATE_INVALID 2026-02-29"]);
    expect(validity).toBeNull();
    expect(validate(withCells({ validUntil: "someday" }), STRICT).validity).toBeNull();
  });

  it("says VALIDITY_ORDER where the validity ends before it begins", () => {
    expect(faultsOf({ validUntil: "2025-12-31" })).toEqual([
      "validUntil VALIDITY_ORDER 2025-12-31",
    ]);
    expect(faultsOf({ validUntil: "2026-01-01" })).toEqual([]);
  });

  it("says what is wrong with identity numbers, credit codes and regions, masked", () => {
    const cells = { holderIdNumber: "110105194912310021", employer: "1", place: "990000" };
    expect(faultsOf(cells)).toEqual([
      "holderIdNumber CITIZEN_ID_CHECK_DIGIT 110***********0021",
      "employer CREDIT_CODE_SHAPE 1",
      "place REGION_UNKNOWN 990000",
    ]);
  });

  it("says CITIZEN_ID_FUTURE by the day it is told is today", () => {
    const tomorrow = "119901202601160010";
    expect(faultsOf({ holderIdNumber: tomorrow })[0]).toContain("CITIZEN_ID_FUTURE");
  });

  it("says PHONE_SHAPE for a number that cannot be called", () => {
    expect(faultsOf({ contact: '{"phone":"12345"}' })).toEqual(["contact.phone PHONE_SHAPE ***"]);
  });

  it("checks a holder's code by the kind of document beside it, and says HOLDER_CODE_SHAPE", () => {
    const owner = (ownerCodeType: string, ownerCode: string) => ({
      owners: [{ ownerName: "李样", ownerCodeType, ownerCode }],
    });
    expect(faultsOf(owner("111", "110105194912310021"))[0]).toContain("CITIZEN_ID_CHECK_DIGIT");
    expect(faultsOf(owner("001", "11310000MB1A00001D"))[0]).toContain("CREDIT_CODE_CHECK_DIGIT");
    expect(faultsOf(owner("414", "E 1"))).toEqual(["owners[0].ownerCode HOLDER_CODE_SHAPE ***"]);
    expect(faultsOf(owner("001", "11310000MB1A00001C"))).toEqual([]);
  });

  it("says CERTIFICATE_IDENTIFIER_TYPE for an identifier of another type", () => {
    const other = identifier("11100000MB1A90019A098");
    expect(faultsOf({ identifier: other })).toEqual(["identifier CERTIFICATE_IDENTIFIER_TYPE ***"]);
    expect(faultsOf({ identifier: "1.2.3" })).toEqual([
      "identifier CERTIFICATE_IDENTIFIER_SHAPE ***",
    ]);
  });

  it("names the place of a fault inside a list of maps", () => {
    const owners = [
      { ownerName: "李样", ownerCodeType: "414", ownerCode: "E1" },
      { ownerName: "王\t例", ownerCodeType: "414", share: "1/2" },
    ];
    expect(faultsOf({ owners })).toEqual([
      "owners[1].ownerName TEXT_CONTROL_CHARACTER 王*例",
      "owners[1].ownerCode MISSING_FIELD",
      "owners[1].share UNKNOWN_FIELD",
    ]);
  });

  it("gives one fault for a field whose text is wrong already, not the schema's too", () => {
    expect(faultsOf({ holderIdNumber: "1".repeat(30) })).toEqual([
      "holderIdNumber CITIZEN_ID_SHAPE ***",
    ]);
  });

  it("never prints a long or unprintable value or field name as it is", () => {
    expect(faultsOf({ number: `A${"1".repeat(60)}` })[0]).toBe(
      `number TOO_LONG A${"1".repeat(39)}…`,
    );
    expect(faultsOf({ "a\u0007b": 1 })).toEqual(["a\ufffdb UNKNOWN_FIELD"]);
  });

  it("collects the faults of all fields at once", () => {
    const { faults } = validate({}, STRICT);
    expect(faults).toHaveLength(5);
    expect(hasError(faults)).toBe(true);
    expect(faults[0]?.words).toBe(RECORD_FAULTS.MISSING_FIELD);
  });
});

describe("a character that only some machines can show", () => {
  it.each(["\ue000", "\uf8ff", "\u{f0000}", "\u{10fffd}"])(
    "is TEXT_PRIVATE_USE: %j",
    (character) => {
      expect(faultsOf({ holderName: `王${character}` })).toEqual([
        `holderName TEXT_PRIVATE_USE 王*`,
      ]);
    },
  );

  it("is not one of those that all of Unicode has, however rare", () => {
    expect(faultsOf({ holderName: "王\u{20087}\u9fb4\u{30000}" })).toEqual([]);
  });
});

describe("a record made elsewhere, imported in warn mode", () => {
  it("keeps an old identity number, an odd credit code and small letters with warnings", () => {
    const cells = { holderIdNumber: "110105491231002", employer: "91350100m0001tgqxm" };
    const { claims, faults } = validate(withCells(cells), WARN);
    expect(claims).toMatchObject({
      holderIdNumber: "110105491231002",
      employer: "91350100M0001TGQXM",
    });
    expect(faults.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      "CITIZEN_ID_15_DIGITS warning",
      "LOWER_CASE warning",
      "CREDIT_CODE_CHECK_DIGIT warning",
    ]);
    expect(hasError(faults)).toBe(false);
  });
});
