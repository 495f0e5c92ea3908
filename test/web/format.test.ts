/** Dates, numbers and codes as each language writes them, on days of Beijing. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { settings } from "../../src/web/settings/settings.ts";
import {
  formatAge,
  formatBytes,
  formatCode,
  formatDate,
  formatDateTime,
  formatDay,
  formatDaysFrom,
  formatDuration,
  formatList,
  formatNumber,
  formatPercent,
  formatTime,
} from "../../src/web/words/format.ts";
import type { Language } from "../../src/web/words/languages.ts";

/** 2026-03-01T16:30:05Z: already the second of March in Beijing. */
const EVENING = 1_772_382_605;
const DAY = 86_400;

function inLanguage<T>(language: Language, format: () => T): T {
  settings.language = language;
  return format();
}

afterEach(() => {
  settings.language = "zh-CN";
});

describe("dates", () => {
  test.each([
    ["zh-CN", "2026年1月9日"],
    ["zh-HK", "2026年1月9日"],
    ["en", "9 January 2026"],
  ] as const)("are written in %s as %s", (language, written) => {
    expect(inLanguage(language, () => formatDate("2026-01-09"))).toBe(written);
  });

  test("that are none stay as they are", () => {
    expect(formatDate("长期")).toBe("长期");
  });

  test("are Beijing's, wherever the device is", () => {
    expect(formatDay(EVENING)).toBe("2026年3月2日");
    expect(formatDateTime(EVENING)).toBe("2026年3月2日 00:30");
    expect(formatTime(EVENING)).toBe("00:30:05");
  });

  test.each([
    [0, "zh-CN", "今天"],
    [12, "zh-CN", "12天后"],
    [-1, "en", "yesterday"],
    [12, "en", "in 12 days"],
    [-95, "en", "3 months ago"],
    [800, "en", "in 2 years"],
  ] as const)("%i days away are said in %s as %s", (days, language, said) => {
    expect(inLanguage(language, () => formatDaysFrom(EVENING + days * DAY, EVENING))).toBe(said);
  });

  test("one second before midnight in Beijing are still today", () => {
    const midnight = Math.floor(EVENING / DAY) * DAY + 16 * 3600;
    expect(formatDaysFrom(midnight - 1, midnight)).toBe("昨天");
    expect(formatDaysFrom(midnight + DAY - 1, midnight)).toBe("今天");
  });
});

describe("numbers", () => {
  test.each([
    ["a number", () => formatNumber(40_000_000), "40,000,000"],
    ["a share", () => formatPercent(0.0123), "1.2%"],
    ["a size", () => formatBytes(1_234_567), "1.2 MB"],
    ["nothing", () => formatBytes(0), "0 byte"],
    ["an age", () => formatDuration(3 * 3600 + 59), "3 hours"],
    ["a moment", () => formatDuration(0), "0 seconds"],
    ["what is new", () => formatAge(59), "just now"],
    ["what is older", () => formatAge(125), "2 minutes ago"],
    ["a list", () => formatList(["a", "b", "c"]), "a, b and c"],
    ["a code", () => formatCode("0A1B2C3D4E"), "0A1B 2C3D 4E"],
    ["no code", () => formatCode(""), ""],
  ])("%s", (_, format, written) => {
    expect(inLanguage("en", format)).toBe(written);
  });

  test("and lists in Chinese", () => {
    expect([formatDuration(300), formatList(["甲", "乙", "丙"])]).toEqual(["5分钟", "甲、乙和丙"]);
    expect([formatAge(0), formatAge(2 * DAY)]).toEqual(["刚刚", "2天前"]);
  });

  test("in a language that the browser may not know are still numbers", () => {
    const written = (["bo", "ug", "ii"] as const).map((language) =>
      inLanguage(language, () => formatDate("2026-01-09")),
    );
    for (const one of written) expect(one).toMatch(/2026/);
  });
});
