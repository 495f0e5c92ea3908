import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  formatCertificateIdentifier,
  mod3736Check,
  parseCertificateIdentifier,
} from "../../../src/core/identifiers/certificate-identifier.ts";
import { codesOf } from "../../../src/core/identifiers/checked.ts";

const PREFIX = "1.2.156.3005.2.";
const VALID = [
  "11100000000013338W011.11430000006122244L.20230000403.001.U",
  "11100000000013338W011.11430000006122244L.20230000403.002.S",
  "11100000000013338W009.11330105002500287C.2025052201.002.0",
  "11100000000013338W087.11370800MB28559184.37080001202411010001.001.3",
  "11100000MB03271699001.11310000MB1A00001C.DEMO2024000000000001.001.C",
  "11100000000013127D001.11330000MB1A00001L.DEMO2024000000000003.001.I",
  "11100000MB0341032Y001.11440000MB1A00001F.DEMO2024000000000002.001.W",
].map((rest) => PREFIX + rest);
const REGION_AS_ISSUER = `${PREFIX}11100000MB03271699022.340100.000000016.001.9`;
const OTHER_CHECK = `${PREFIX}11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M`;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const identifier = fc
  .record({
    typeCode: fc.constantFrom("11100000000013338W011", "11100000MB03271699001"),
    issuerCode: fc.constantFrom("11310000MB1A00001C", "11520000MB1A00001X"),
    serial: fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength: 32 }),
    version: fc.integer({ min: 1, max: 999 }),
  })
  .map((parts) => ({ parts, formatted: formatCertificateIdentifier(parts) }));

describe("certificate identifier (GB/T 36904)", () => {
  it.each(VALID)("accepts %s", (text) => {
    expect(parseCertificateIdentifier(text).ok).toBe(true);
  });

  it("gives the parts of an identifier", () => {
    expect(parseCertificateIdentifier(VALID[0] as string)).toEqual({
      ok: true,
      value: {
        text: VALID[0],
        typeCode: "11100000000013338W011",
        issuerCode: "11430000006122244L",
        serial: "20230000403",
        version: 1,
      },
      faults: [],
    });
  });

  it("computes the worked check character U", () => {
    expect(mod3736Check("11100000000013338W01111430000006122244L20230000403001")).toBe("U");
  });

  it("refuses a region code as issuer when issuing and keeps it with a warning on import", () => {
    expect(codesOf(parseCertificateIdentifier(REGION_AS_ISSUER))).toEqual([
      "CERTIFICATE_IDENTIFIER_ISSUER",
    ]);
    expect(parseCertificateIdentifier(REGION_AS_ISSUER, "warn")).toMatchObject({
      ok: true,
      value: { issuerCode: "340100", text: REGION_AS_ISSUER },
      faults: [{ code: "CERTIFICATE_IDENTIFIER_ISSUER", severity: "warning" }],
    });
  });

  it("says CERTIFICATE_IDENTIFIER_CHECK where the standard gives D and a deployed variant M", () => {
    expect(codesOf(parseCertificateIdentifier(OTHER_CHECK))).toEqual([
      "CERTIFICATE_IDENTIFIER_CHECK",
    ]);
    expect(parseCertificateIdentifier(`${OTHER_CHECK.slice(0, -1)}D`).ok).toBe(true);
    expect(parseCertificateIdentifier(OTHER_CHECK, "warn")).toMatchObject({
      ok: true,
      value: { text: OTHER_CHECK },
    });
  });

  it("says CERTIFICATE_IDENTIFIER_TYPE for a type code whose authority does not exist", () => {
    const made = formatCertificateIdentifier({
      typeCode: "11100000000013338X011",
      issuerCode: "11310000MB1A00001C",
      serial: "1",
      version: 1,
    });
    expect(codesOf(made)).toEqual(["CERTIFICATE_IDENTIFIER_TYPE"]);
  });

  it.each([
    ["another OID", (VALID[0] as string).replace("3005", "3006")],
    ["version 000", (VALID[0] as string).replace(".001.", ".000.")],
    ["a missing part", (VALID[0] as string).replace(".001", "")],
    ["an issuer of five characters", REGION_AS_ISSUER.replace("340100", "34010")],
    ["a serial of 33 characters", OTHER_CHECK.replace("209FA", "2090FA")],
    ["nothing", ""],
  ])("says CERTIFICATE_IDENTIFIER_SHAPE for %s, on import too", (_what, text) => {
    expect(codesOf(parseCertificateIdentifier(text))).toEqual(["CERTIFICATE_IDENTIFIER_SHAPE"]);
    expect(parseCertificateIdentifier(text, "warn").ok).toBe(false);
  });

  it("keeps the given text in lower case on import", () => {
    const text = (VALID[0] as string).toLowerCase();
    expect(parseCertificateIdentifier(text, "warn")).toMatchObject({
      value: { text, issuerCode: "11430000006122244L" },
    });
  });

  it("does not make an identifier of version 1000", () => {
    const made = formatCertificateIdentifier({
      typeCode: "11100000000013338W011",
      issuerCode: "11310000MB1A00001C",
      serial: "1",
      version: 1000,
    });
    expect(codesOf(made)).toEqual(["CERTIFICATE_IDENTIFIER_SHAPE"]);
  });

  it("reads back every identifier it makes", () => {
    fc.assert(
      fc.property(identifier, ({ parts, formatted }) => {
        if (!formatted.ok) throw new Error(codesOf(formatted).join());
        const text = formatted.value;
        expect(parseCertificateIdentifier(text)).toMatchObject({ value: { ...parts, text } });
      }),
    );
  });

  it("detects all 35 other characters at each position of the worked example", () => {
    const text = VALID[0] as string;
    for (let at = PREFIX.length; at < text.length; at++) {
      for (const other of ALPHABET) {
        if (text[at] === "." || text[at] === other) continue;
        expect(parseCertificateIdentifier(text.slice(0, at) + other + text.slice(at + 1)).ok).toBe(
          false,
        );
      }
    }
  });
});
