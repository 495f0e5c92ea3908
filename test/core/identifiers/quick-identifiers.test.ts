/** The quick checks must never pass what the thorough ones have anything to say of, nor stop what they pass. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  formatCertificateIdentifier,
  identifierCheckOf,
  parseCertificateIdentifier,
} from "../../../src/core/identifiers/certificate-identifier.ts";
import {
  citizenIdCheck,
  isCitizenId,
  parseCitizenId,
} from "../../../src/core/identifiers/citizen-id.ts";
import {
  CREDIT_CODE_ALPHABET,
  creditCodeCheck,
  isCreditCode,
  orgCodeCheck,
  parseCreditCode,
} from "../../../src/core/identifiers/credit-code.ts";

const TODAY = "2026-06-01";
const AGENCY = "11310000MB1A00001C";
const TYPE = "11100000000013338W032";

const withCheckOf = (body: string): string => body + citizenIdCheck(body);

/** A text with some characters changed, left out or added, or none. */
function nearly(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sign = fc.constantFrom(..."0123456789XxAaZI.-王８ ".split(""), "");
  const change = fc.tuple(fc.nat({ max: 80 }), sign);
  return fc.tuple(text, fc.array(change, { maxLength: 2 })).map(([whole, changes]) => {
    return changes.reduce((changed, [place, put]) => {
      const at = place % (changed.length + 1);
      return changed.slice(0, at) + put + changed.slice(at + 1);
    }, whole);
  });
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(..."0123456789".split("")),
    minLength: length,
    maxLength: length,
  });

/** How often both said yes. */
function agreements(
  texts: fc.Arbitrary<string>,
  quick: (text: string) => boolean,
  thorough: (text: string) => { readonly ok: boolean; readonly faults: readonly unknown[] },
): number {
  let passed = 0;
  const property = fc.property(texts, (text) => {
    const { ok, faults } = thorough(text);
    expect(quick(text)).toBe(ok && faults.length === 0);
    if (ok) passed++;
  });
  fc.assert(property, { numRuns: 4_000 });
  return passed;
}

describe("the quick check says what the thorough one says", () => {
  it("of citizen identity numbers, also of those born tomorrow or on no day", () => {
    const region = fc.constantFrom("110105", "460200", "830000", "000000", "990000");
    const date = fc.oneof(
      fc.constantFrom("20260601", "20260602", "17991231", "30000101", "19000229", "20000229"),
      fc.constantFrom("19491231", "19900230", "19900431", "19901301", "19900001", "19900100"),
      digits(8),
    );
    const numbers = fc.tuple(region, date, digits(3)).map((parts) => {
      const body = parts.join("");
      return body + citizenIdCheck(body);
    });
    const thorough = (text: string): ReturnType<typeof parseCitizenId> =>
      parseCitizenId(text, TODAY);
    expect(
      agreements(nearly(numbers), (text) => isCitizenId(text, TODAY), thorough),
    ).toBeGreaterThan(50);
  });

  it("of credit codes", () => {
    const sign = fc.constantFrom(...CREDIT_CODE_ALPHABET.split(""));
    const body = fc.tuple(
      fc.constantFrom("310000", "100000", "990000"),
      fc.string({ unit: sign, minLength: 10, maxLength: 10 }),
    );
    const codes = body.map(([region, rest]) => {
      const org = rest.slice(2);
      const start = rest.slice(0, 2) + region + org + orgCodeCheck(org);
      return start + creditCodeCheck(start);
    });
    expect(
      agreements(nearly(codes), isCreditCode, (text) => parseCreditCode(text)),
    ).toBeGreaterThan(50);
  });

  it("of certificate identifiers of one type, whoever issued them", () => {
    const issuer = fc.constantFrom(AGENCY, "11520000MB1A00001X", "123456", "11310000MB1A000010");
    const parts = fc.tuple(issuer, digits(4), fc.integer({ min: 1, max: 999 }));
    const identifiers = parts.map(([issuerCode, serial, version]) => {
      const checked = formatCertificateIdentifier({
        ...{ typeCode: TYPE, issuerCode, serial, version },
      });
      return checked.ok ? checked.value : `1.2.156.3005.2.${TYPE}.${issuerCode}.${serial}.001.0`;
    });
    const quick = identifierCheckOf(TYPE);
    const thorough = (text: string): ReturnType<typeof parseCertificateIdentifier> => {
      const checked = parseCertificateIdentifier(text);
      const isOther = checked.ok && checked.value.typeCode !== TYPE;
      return isOther ? { ok: false, faults: [] } : checked;
    };
    expect(agreements(nearly(identifiers), quick, thorough)).toBeGreaterThan(50);
  });

  it("of no identifier with a character in its serial number or version that none has", () => {
    const checked = formatCertificateIdentifier({
      ...{ typeCode: TYPE, issuerCode: AGENCY, serial: "2026", version: 1 },
    });
    if (!checked.ok) throw new Error("the identifier is wrong");
    const quick = identifierCheckOf(TYPE);
    expect(quick(checked.value)).toBe(true);
    for (const serial of ["202证", "202é", "202a"]) {
      expect(quick(checked.value.replace(".2026.", `.${serial}.`))).toBe(false);
    }
    for (const version of ["00A", "00证", "000"]) {
      expect(quick(checked.value.replace(".001.", `.${version}.`))).toBe(false);
    }
  });

  it("of what is cut short, empty, or of a place or an office that there is not", () => {
    for (const id of ["", "11010519491231002", withCheckOf("99999919900101001")]) {
      expect(isCitizenId(id, TODAY)).toBe(false);
    }
    for (const code of ["", AGENCY.slice(1), `${AGENCY.slice(0, 17)}A`, AGENCY.toLowerCase()]) {
      expect(isCreditCode(code)).toBe(false);
    }
    const quick = identifierCheckOf(TYPE);
    for (const issuer of ["", "11310000MB1A00001D", `${AGENCY}0`]) {
      expect(quick(`1.2.156.3005.2.${TYPE}.${issuer}.2026.001.0`)).toBe(false);
    }
  });

  it("of one issuer's identifiers one after another, and of another's after those", () => {
    const quick = identifierCheckOf(TYPE);
    for (const issuerCode of [AGENCY, AGENCY, "11520000MB1A00001X", AGENCY]) {
      const parts = { typeCode: TYPE, issuerCode, serial: "2026", version: 1 };
      const checked = formatCertificateIdentifier(parts);
      expect(checked.ok && quick(checked.value)).toBe(true);
    }
  });

  it("of no identifier where the type's own code is none", () => {
    expect(identifierCheckOf("123")("1.2.156.3005.2.123")).toBe(false);
  });
});
