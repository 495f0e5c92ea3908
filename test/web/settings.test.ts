/** What is kept of a visitor's wishes, and what the pages make of it in each language. */
import { afterEach, describe, expect, test } from "@jest/globals";
import { settings, settingsFrom } from "../../src/web/settings/settings.ts";
import { sentencesOf } from "../../src/web/settings/read-aloud.ts";
import { languageOfWords, preferredLanguage } from "../../src/web/words/languages.ts";
import { inLanguage, wordsOf } from "../../src/web/words/words.ts";

afterEach(() => {
  settings.language = "zh-CN";
});

describe("settings", () => {
  const usual = { isElder: false, theme: "system", region: "", hasSound: true };

  test("are as most want them on the first visit, in the browser's language", () => {
    expect(settingsFrom(null, ["fr", "en-US"])).toEqual({ ...usual, language: "en" });
  });

  test("come back as they were kept", () => {
    const kept = {
      language: "ug",
      isElder: true,
      theme: "dark",
      region: "330100",
      hasSound: false,
    };
    expect(settingsFrom(JSON.stringify(kept), ["en"])).toEqual(kept);
  });

  test.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a text", '"dark"'],
    [
      "values that are none of ours",
      '{"language":"constructor","isElder":1,"theme":"pink","region":"x"}',
    ],
  ])("are as on the first visit where %s is kept", (_, text) => {
    expect(settingsFrom(text, [])).toEqual({ ...usual, language: "zh-CN" });
  });

  test.each([
    [["zh-TW", "en"], "zh-HK"],
    [["zh-Hant-MO"], "zh-HK"],
    [["zh"], "zh-CN"],
    [["bo-CN", "en"], "en"],
    [["fr", "de"], "zh-CN"],
  ] as const)("of a browser that prefers %j begin in %s", (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});

describe("words", () => {
  const TABLE = {
    left: { zh: "还剩 {days} 天", en: "{days} days left", ug: "{days} كۈن" },
    none: { zh: "没有", en: "None" },
  };

  test.each([
    ["zh-CN", "还剩 3 天", "没有"],
    ["en", "3 days left", "None"],
    ["ug", "3 كۈن", "没有"],
    ["ii", "还剩 3 天", "没有"],
  ] as const)("in %s are %s and %s: a language's own, or Chinese", (language, left, none) => {
    settings.language = language;
    const t = wordsOf(TABLE);
    expect([t("left", { days: 3 }), t("none")]).toEqual([left, none]);
  });

  test("keep what was put in as it is, even where it looks like a place for more", () => {
    expect(wordsOf(TABLE)("left", { days: "{days}" })).toBe("还剩 {days} 天");
    expect(inLanguage(TABLE.none)).toBe("没有");
  });

  test("of a language without its own are told to screen readers as Chinese", () => {
    expect([languageOfWords("bo"), languageOfWords("zh-HK")]).toEqual(["zh-CN", "zh-HK"]);
  });
});

describe("reading aloud", () => {
  test("stops after each sentence", () => {
    expect(sentencesOf("有效。请收好！ It holds until 2030. ")).toEqual([
      "有效。",
      "请收好！",
      "It holds until 2030.",
    ]);
  });

  test("cuts what is too long for some voices, and loses nothing", () => {
    const long = "证".repeat(1_000);
    const parts = sentencesOf(long);
    expect([parts.join(""), Math.max(...parts.map(({ length }) => length))]).toEqual([long, 180]);
  });
});
