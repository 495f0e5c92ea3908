import { describe, expect, it } from "@jest/globals";
import { codesOf } from "../../../src/core/identifiers/checked.ts";
import { PROVINCES } from "../../../src/core/identifiers/provinces.ts";
import type { RegionCode } from "../../../src/core/identifiers/region.ts";
import {
  NATIONAL,
  ancestryOf,
  isRegionWithin,
  parentRegion,
  parseRegion,
  regionLevel,
  regionName,
} from "../../../src/core/identifiers/region.ts";

const region = (code: string) => code as RegionCode;

describe("region code (GB/T 2260)", () => {
  it.each(["0", "460000", "460200", "460201", "330103", "429004", "710000"])(
    "accepts %s",
    (code) => {
      expect(parseRegion(code)).toEqual({ ok: true, value: code, faults: [] });
    },
  );

  it.each(["", "46", "46020", "4602001", "46020A", "４60200"])(
    "says REGION_SHAPE for %j",
    (code) => {
      expect(codesOf(parseRegion(code))).toEqual(["REGION_SHAPE"]);
    },
  );

  it.each(["000000", "999999", "470000"])("says REGION_UNKNOWN for %s, on import too", (code) => {
    expect(codesOf(parseRegion(code))).toEqual(["REGION_UNKNOWN"]);
    expect(parseRegion(code, "warn").ok).toBe(false);
  });

  it("knows 34 provinces, each with a code of its own and both names", () => {
    expect(new Set(PROVINCES.map(({ code }) => code)).size).toBe(34);
    expect(PROVINCES.every(({ zh, en }) => zh !== "" && en !== "")).toBe(true);
  });

  it("goes up from county to city to province to the whole country", () => {
    expect(parentRegion(region("460201"))).toBe("460200");
    expect(parentRegion(region("460200"))).toBe("460000");
    expect(parentRegion(region("460000"))).toBe("0");
    expect(parentRegion(NATIONAL)).toBeNull();
  });

  it("puts an old county code without a city directly below its province", () => {
    expect(parentRegion(region("460001"))).toBe("460000");
  });

  it.each([
    ["460201", "460201"],
    ["460201", "460200"],
    ["460201", "460000"],
    ["460201", "0"],
    ["0", "0"],
    ["460000", "460000"],
  ])("finds %s within %s", (inner, outer) => {
    expect(isRegionWithin(inner, outer)).toBe(true);
  });

  it.each([
    ["460200", "460201"],
    ["460000", "460200"],
    ["0", "460000"],
    ["440300", "460000"],
    ["450100", "451000"],
  ])("does not find %s within %s", (inner, outer) => {
    expect(isRegionWithin(inner, outer)).toBe(false);
  });

  it("lists a region and all above it", () => {
    expect(ancestryOf("460201")).toEqual(["460201", "460200", "460000", "0"]);
    expect(ancestryOf("0")).toEqual(["0"]);
  });

  it("counts levels from the country, 0, to the county, 3", () => {
    expect(["0", "460000", "460200", "461000", "460201"].map(regionLevel)).toEqual([0, 1, 2, 2, 3]);
  });

  it("names provinces and the whole country in both languages", () => {
    expect(regionName(region("460000"), "zh")).toBe("海南省");
    expect(regionName(region("460000"), "en")).toBe("Hainan");
    expect(regionName(NATIONAL, "zh")).toBe("全国");
    expect(regionName(NATIONAL, "en")).toBe("the whole country");
  });

  it("names a place it does not know by the nearest one above and the code", () => {
    expect(regionName(region("460201"), "zh")).toBe("海南省（460201）");
    expect(regionName(region("460200"), "en")).toBe("Hainan (460200)");
    expect(regionName(region("990000"), "zh")).toBe("全国（990000）");
  });

  it("takes names below the provinces from a table when one is given", () => {
    const names = new Map([["460200", "三亚市"]]);
    expect(regionName(region("460200"), "zh", names)).toBe("三亚市");
    expect(regionName(region("460299"), "zh", names)).toBe("三亚市（460299）");
  });
});
