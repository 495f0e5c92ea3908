import { describe, expect, it } from "@jest/globals";
import { codesOf } from "../../../src/core/identifiers/checked.ts";
import { definingAuthorityOf, parseTypeCode } from "../../../src/core/identifiers/type-code.ts";

describe("certificate type code", () => {
  it.each([
    "11100000000013127D001",
    "11100000MB03271699022",
    "11100000000013338W032",
    "11100000000019713D079",
    "111000000000131433001",
    "11100000MB0341032Y002",
    "11100000000013661B006",
  ])("accepts %s", (code) => {
    expect(parseTypeCode(code)).toEqual({ ok: true, value: code, faults: [] });
  });

  it("names the authority that defines the type", () => {
    expect(definingAuthorityOf("11100000MB03271699022")).toBe("11100000MB03271699");
  });

  it.each(["", "11100000MB03271699", "11100000MB0327169902A", "11100000MB032716990011"])(
    "says TYPE_CODE_SHAPE for %j",
    (code) => {
      expect(codesOf(parseTypeCode(code))).toEqual(["TYPE_CODE_SHAPE"]);
    },
  );

  it("says TYPE_CODE_AUTHORITY for a wrong authority, and only warns on import", () => {
    expect(codesOf(parseTypeCode("11100000MB03271698001"))).toEqual(["TYPE_CODE_AUTHORITY"]);
    expect(parseTypeCode("11100000MB03271698001", "warn").ok).toBe(true);
  });
});
