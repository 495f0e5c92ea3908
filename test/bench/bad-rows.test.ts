import { describe, expect, it } from "@jest/globals";
import { BadRows } from "../../bench/bad-rows.ts";
import { readCatalogueFiles } from "../../src/adapters/catalogue/read-catalogue.ts";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import { compileRecordValidator } from "../../src/core/catalogue/validate-record.ts";

const COUNT = 1000;
const TODAY = "2026-01-15";

async function spoilt(file: string) {
  const { types } = await readCatalogueFiles([`catalogue/${file}.json`]);
  const type = types[0] as (typeof types)[number];
  const bad = new BadRows(type, "test");
  const rows = [...bad.among(generateRecords(type, { count: COUNT, seed: "test", today: TODAY }))];
  return { type, rows, count: bad.count };
}

describe("rows made bad", () => {
  it.each(["real-estate-registration-proof", "business-licence"])(
    "are one in a hundred of %s, and each is at fault: by itself, or by a number that was there before",
    async (file) => {
      const { type, rows, count } = await spoilt(file);
      const validate = compileRecordValidator(type);
      const numbers = new Set<string>();
      const faulty = rows.filter((row) => {
        const number = row[type.numberClaim] ?? "";
        const isTwice = numbers.has(number);
        numbers.add(number);
        return isTwice || validate(row, { today: TODAY, mode: "strict" }).faults.length > 0;
      });
      expect(faulty).toHaveLength(COUNT / 100);
      expect(count).toBe(COUNT / 100);
    },
  );

  it("are the same in every run", async () => {
    const [once, again] = await Promise.all([
      spoilt("real-estate-registration-proof"),
      spoilt("real-estate-registration-proof"),
    ]);
    expect(once.rows).toEqual(again.rows);
  });
});
