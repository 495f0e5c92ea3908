import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { codesOf } from "../../../src/core/identifiers/checked.ts";
import {
  CREDIT_CODE_ALPHABET,
  creditCodeCheck,
  orgCodeCheck,
  parseAgencyCode,
  parseCreditCode,
} from "../../../src/core/identifiers/credit-code.ts";

const VALID = [
  ...["11100000000013338W", "11100000000013127D", "11100000000019713D", "111000000000131433"],
  ...["11100000MB03271699", "11100000MB0341032Y", "11100000000013661B", "91350100M000100Y43"],
  ...["11430000006122244L", "11330105002500287C", "11370800MB28559184"],
  ...["11310000MB1A00001C", "11330000MB1A00001L", "11440000MB1A00001F", "11520000MB1A00001X"],
];
const character = fc.constantFrom(...CREDIT_CODE_ALPHABET);

/** Valid codes of made-up bodies in real provinces. */
const creditCode = fc
  .tuple(
    fc.constantFrom("11310000", "91440300", "52460200", "12100000"),
    fc.string({ unit: character, minLength: 8, maxLength: 8 }),
  )
  .map(([head, org]) => head + org + orgCodeCheck(org))
  .map((body) => body + creditCodeCheck(body));

describe("unified social credit code (GB 32100)", () => {
  it.each(VALID)("accepts %s", (code) => {
    expect(parseCreditCode(code)).toEqual({ ok: true, value: code, faults: [] });
  });

  it("accepts an agency's code likewise", () => {
    expect(parseAgencyCode("11310000MB1A00001C").ok).toBe(true);
  });

  it("computes the check characters of the worked examples", () => {
    expect(creditCodeCheck("91350100M000100Y4")).toBe("3");
    expect(creditCodeCheck("11100000000013338")).toBe("W");
    expect(["00001333", "MB032716", "M000100Y"].map(orgCodeCheck)).toEqual(["8", "9", "4"]);
  });

  it("writes X for an organisation code's check value of ten and 0 for eleven", () => {
    expect(orgCodeCheck("M0001TGQ")).toBe("X");
    expect(orgCodeCheck("00000000")).toBe("0");
  });

  it.each([
    ["91350100M0001TGQXM", "1"],
    ["91350211M0000XUF46", "R"],
  ])(
    "refuses the early code %s when issuing and keeps it with a warning on import",
    (code, check) => {
      expect(creditCodeCheck(code)).toBe(check);
      expect(codesOf(parseCreditCode(code))).toEqual(["CREDIT_CODE_CHECK_DIGIT"]);
      expect(parseCreditCode(code, "warn")).toEqual({
        ok: true,
        value: code,
        faults: [{ code: "CREDIT_CODE_CHECK_DIGIT", severity: "warning" }],
      });
    },
  );

  it.each([
    "",
    "1131000MB1A00001C",
    "11310000MB1A00001CC",
    "11310000MB1A0000IC",
    "1131000AMB1A00001C",
  ])("says CREDIT_CODE_SHAPE for %j in both modes", (code) => {
    expect(codesOf(parseCreditCode(code))).toEqual(["CREDIT_CODE_SHAPE"]);
    expect(parseCreditCode(code, "warn").ok).toBe(false);
  });

  it("says CREDIT_CODE_REGION for a region that is in no province", () => {
    const body = "11990000MB1A00001";
    expect(codesOf(parseCreditCode(body + creditCodeCheck(body)))).toEqual(["CREDIT_CODE_REGION"]);
  });

  it("says CREDIT_CODE_ORG_CHECK_DIGIT when only the organisation code is wrong", () => {
    const body = "11310000MB1A00002";
    const code = body + creditCodeCheck(body);
    expect(codesOf(parseCreditCode(code))).toEqual(["CREDIT_CODE_ORG_CHECK_DIGIT"]);
  });

  it("says LOWER_CASE when issuing and puts the letters right on import", () => {
    expect(codesOf(parseCreditCode("11310000mb1a00001c"))).toEqual(["LOWER_CASE"]);
    expect(parseCreditCode("11310000mb1a00001c", "warn")).toMatchObject({
      ok: true,
      value: "11310000MB1A00001C",
    });
  });

  it("says FULL_WIDTH for full-width characters, on import too", () => {
    expect(codesOf(parseCreditCode("１1310000MB1A00001C"))).toEqual(["FULL_WIDTH"]);
    expect(parseCreditCode("1131000０MB1A00001C", "warn").ok).toBe(false);
  });

  it("accepts every code made by its own rule", () => {
    fc.assert(fc.property(creditCode, (code) => parseCreditCode(code).ok));
  });

  it("detects a change of any one character", () => {
    fc.assert(
      fc.property(creditCode, fc.nat(17), character, (code, at, other) => {
        fc.pre(code[at] !== other);
        return !parseCreditCode(code.slice(0, at) + other + code.slice(at + 1)).ok;
      }),
    );
  });
});
