import { describe, expect, it } from "@jest/globals";
import { RECORD_FAULTS } from "../../../src/core/catalogue/record-faults.ts";

describe("faults of records", () => {
  it.each(Object.entries(RECORD_FAULTS))(
    "%s has words and a remedy in both languages",
    (_, words) => {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.remedyZh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/^[\x20-\x7e]{10,}$/);
      expect(words.remedyEn).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
    },
  );
});
