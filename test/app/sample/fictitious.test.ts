import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  IDS_PER_BIRTH_DATE,
  fictitiousCitizenId,
  fictitiousCreditCode,
  fictitiousPhone,
  sexOfCitizenId,
} from "../../../src/app/sample/fictitious.ts";
import { DEMO_AGENCIES } from "../../../src/app/sample/demo-agencies.ts";
import { parseCitizenId } from "../../../src/core/identifiers/citizen-id.ts";
import { parseAgencyCode, parseCreditCode } from "../../../src/core/identifiers/credit-code.ts";
import {
  isFictitiousCitizenId,
  isFictitiousCreditCode,
  isFictitiousPhone,
} from "../../support/fictitious.ts";

describe("identifiers that belong to nobody", () => {
  it("are valid identity numbers with the city number 99, which no place has", () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), (n) => {
        const id = fictitiousCitizenId(n, "1990-02-28");
        expect(parseCitizenId(id, "2026-01-15").ok).toBe(true);
        expect(id.slice(2, 4)).toBe("99");
        expect(isFictitiousCitizenId(id)).toBe(true);
        expect(Number(id[16]) % 2 === 1 ? "男" : "女").toBe(sexOfCitizenId(n));
      }),
    );
  });

  it("are all different for one birth date, three million of them", () => {
    const step = 97;
    const sampled = Math.floor(IDS_PER_BIRTH_DATE / step);
    const ids = Array.from({ length: sampled }, (_, i) =>
      fictitiousCitizenId(i * step, "2000-01-01"),
    );
    expect(new Set(ids).size).toBe(sampled);
  });

  it("are valid credit codes of businesses that do not exist", () => {
    fc.assert(
      fc.property(fc.nat(31 ** 6 - 1), (n) => {
        const code = fictitiousCreditCode(n);
        expect(parseCreditCode(code).ok).toBe(true);
        expect(isFictitiousCreditCode(code)).toBe(true);
      }),
    );
  });

  it("are telephone numbers that begin with 154, which no operator has", () => {
    expect(fictitiousPhone(7)).toBe("15400000007");
    expect(isFictitiousPhone(fictitiousPhone(99_999_999))).toBe(true);
  });

  it.each(["11010519491231002X", "440524188001010014"])("tells the number %s from them", (id) => {
    expect(isFictitiousCitizenId(id)).toBe(false);
  });

  it("tells real telephone numbers and credit codes from them", () => {
    expect(isFictitiousPhone("13800138000")).toBe(false);
    expect(isFictitiousCreditCode("91350100M000100Y43")).toBe(false);
    expect(isFictitiousCreditCode("11100000MB03271699")).toBe(false);
  });

  it("include the codes of the demonstration agencies, which are valid", () => {
    for (const { code, region } of DEMO_AGENCIES) {
      expect(parseAgencyCode(code).ok).toBe(true);
      expect(code.slice(2, 8)).toBe(region);
      expect(isFictitiousCreditCode(code)).toBe(true);
    }
    expect(isFictitiousCreditCode("11100000MB1A90019A")).toBe(true);
  });
});
