import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  addYears,
  beijingDayEnd,
  beijingDayStart,
  dateOfDay,
  dayOfDate,
  isCalendarDate,
} from "../../../src/core/identifiers/calendar-date.ts";

describe("calendar date", () => {
  it.each(["2024-02-29", "2000-02-29", "1800-01-01", "2999-12-31"])("accepts %s", (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });

  it.each([
    ...["2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00"],
    ...["2024-2-9", "20240209", "1799-12-31", "3000-01-01", "2024-01-01T00:00:00Z", ""],
  ])("refuses %j", (date) => {
    expect(isCalendarDate(date)).toBe(false);
  });

  it("begins and ends a day in Beijing time", () => {
    expect(beijingDayStart("2026-01-01")).toBe(Date.parse("2026-01-01T00:00:00+08:00") / 1000);
    expect(beijingDayEnd("2026-01-01")).toBe(Date.parse("2026-01-01T23:59:59+08:00") / 1000);
  });

  it("adds years, and ends a leap day's term on 28 February", () => {
    expect(addYears("2026-05-01", 6)).toBe("2032-05-01");
    expect(addYears("2024-02-29", 4)).toBe("2028-02-29");
    expect(addYears("2024-02-29", 3)).toBe("2027-02-28");
  });

  it("turns days into dates and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_000, max: 376_000 }), (day) => {
        return dayOfDate(dateOfDay(day)) === day && isCalendarDate(dateOfDay(day));
      }),
    );
  });
});
