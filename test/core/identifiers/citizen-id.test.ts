import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { dateOfDay, dayOfDate } from "../../../src/core/identifiers/calendar-date.ts";
import { codesOf } from "../../../src/core/identifiers/checked.ts";
import {
  citizenIdCheck,
  isCitizenId,
  parseCitizenId,
} from "../../../src/core/identifiers/citizen-id.ts";

const TODAY = "2026-01-15";

/** Valid numbers with a region part that is assigned to no place. */
const citizenId = fc
  .tuple(
    fc.constantFrom("119901", "469902", "519999"),
    fc.integer({ min: dayOfDate("1900-01-01"), max: dayOfDate(TODAY) }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([region, day, sequence]) => {
    const birth = dateOfDay(day).replaceAll("-", "");
    return region + birth + String(sequence).padStart(3, "0");
  })
  .map((body) => body + citizenIdCheck(body));

const withCheck = (body: string) => body + citizenIdCheck(body);

describe("citizen identity number (GB 11643)", () => {
  it.each(["11010519491231002X", "440524188001010014"])("accepts %s", (id) => {
    expect(parseCitizenId(id, TODAY)).toEqual({ ok: true, value: id, faults: [] });
  });

  it("accepts a retired region code, since old numbers keep theirs", () => {
    expect(parseCitizenId(withCheck("33010319900101001"), TODAY).ok).toBe(true);
  });

  it("accepts the region part 83 of residence permits of people from Taiwan", () => {
    expect(parseCitizenId(withCheck("83000019900101001"), TODAY).ok).toBe(true);
  });

  it.each([
    "",
    "1101051949123100",
    "11010519491231002A",
    "X1010519491231002X",
    "110105194912310021X",
  ])("says CITIZEN_ID_SHAPE for %j", (id) => {
    expect(codesOf(parseCitizenId(id, TODAY))).toEqual(["CITIZEN_ID_SHAPE"]);
  });

  it.each(["1101051949123100AX", "1101051949123100.X"])(
    "has digits only before its last character, as %j has not",
    (id) => {
      expect(codesOf(parseCitizenId(id, TODAY))).toContain("CITIZEN_ID_SHAPE");
      expect(isCitizenId(id, TODAY)).toBe(false);
    },
  );

  it("says CITIZEN_ID_CHECK_DIGIT, on import too", () => {
    expect(codesOf(parseCitizenId("110105194912310021", TODAY))).toEqual([
      "CITIZEN_ID_CHECK_DIGIT",
    ]);
    expect(parseCitizenId("110105194912310021", TODAY, "warn").ok).toBe(false);
  });

  it("says CITIZEN_ID_REGION for a province that does not exist", () => {
    expect(codesOf(parseCitizenId(withCheck("99999919900101001"), TODAY))).toEqual([
      "CITIZEN_ID_REGION",
    ]);
  });

  it.each(["20230229", "19901301", "17991231", "19900431"])(
    "says CITIZEN_ID_DATE for a birth date of %s",
    (birth) => {
      expect(codesOf(parseCitizenId(withCheck(`119901${birth}001`), TODAY))).toEqual([
        "CITIZEN_ID_DATE",
      ]);
    },
  );

  it("says CITIZEN_ID_FUTURE for a birth date after today, and accepts today's", () => {
    const tomorrow = withCheck("11990120260116001");
    expect(codesOf(parseCitizenId(tomorrow, TODAY))).toEqual(["CITIZEN_ID_FUTURE"]);
    expect(parseCitizenId(tomorrow, "2026-01-16").ok).toBe(true);
  });

  it("refuses 15 digits when issuing and keeps them with a warning on import", () => {
    expect(codesOf(parseCitizenId("110105491231002", TODAY))).toEqual(["CITIZEN_ID_15_DIGITS"]);
    expect(parseCitizenId("110105491231002", TODAY, "warn")).toEqual({
      ok: true,
      value: "110105491231002",
      faults: [{ code: "CITIZEN_ID_15_DIGITS", severity: "warning" }],
    });
  });

  it("still refuses 15 digits with a date that does not exist on import", () => {
    expect(codesOf(parseCitizenId("110105491331002", TODAY, "warn"))).toContain("CITIZEN_ID_DATE");
  });

  it("says LOWER_CASE for a small x when issuing and puts it right on import", () => {
    expect(codesOf(parseCitizenId("11010519491231002x", TODAY))).toEqual(["LOWER_CASE"]);
    expect(parseCitizenId("11010519491231002x", TODAY, "warn")).toMatchObject({
      value: "11010519491231002X",
    });
  });

  it("says FULL_WIDTH for full-width digits", () => {
    expect(codesOf(parseCitizenId("１１０１０５19491231002X", TODAY))).toEqual(["FULL_WIDTH"]);
  });

  it("accepts every number made by its own rule", () => {
    fc.assert(fc.property(citizenId, (id) => parseCitizenId(id, TODAY).ok));
  });

  it("detects a change of any one character", () => {
    const character = fc.constantFrom(..."0123456789X");
    fc.assert(
      fc.property(citizenId, fc.nat(17), character, (id, at, other) => {
        fc.pre(id[at] !== other);
        return !parseCitizenId(id.slice(0, at) + other + id.slice(at + 1), TODAY).ok;
      }),
    );
  });
});
