import { describe, expect, it } from "@jest/globals";
import { malformed } from "../../../src/core/encoding/format-error.ts";

describe("a format error", () => {
  it("names code, place and reason", () => {
    const error = malformed("claims[3].salt", "16 bytes expected");
    expect(error).toMatchObject({ code: "MALFORMED", where: "claims[3].salt" });
    expect(error.message).toBe("claims[3].salt: 16 bytes expected");
  });

  it("quotes little of what it was given, however long that is", () => {
    const long = "证".repeat(100_000);
    expect(malformed(long, long).message.length).toBeLessThan(300);
    expect(malformed(long, "").where.length).toBeLessThan(200);
  });
});
