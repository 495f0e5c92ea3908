/** Nothing that somebody wrote into a certificate can hide, turn around or pile up on what a clerk reads. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isOdd, shownParts, shownText } from "../../src/web/parts/shown-text.ts";
import { cpuTimeOf } from "../support/cpu-time.ts";

describe("what can't be seen", () => {
  test.each([
    ["a mark that turns the direction", "a\u202eb", "a⟨U+202E⟩b"],
    ["isolates and embeddings", "\u2066x\u2069\u202a", "⟨U+2066⟩x⟨U+2069 U+202A⟩"],
    ["a space of no width", "张\u200b三", "张⟨U+200B⟩三"],
    ["control characters and line breaks", "a\u0000\n\tb", "a⟨U+0000 U+000A U+0009⟩b"],
    ["letters that leave a blank", "\u3164\u115f\u2800", "⟨U+3164 U+115F U+2800⟩"],
    ["spaces at an end", " 张三\u00a0", "⟨U+0020⟩张三⟨U+00A0⟩"],
    ["a lone half of a pair", "\ud800", "⟨U+D800⟩"],
    ["a mark with nothing below it", "\u0301a", "⟨U+0301⟩a"],
    ["a joiner between Latin letters", "a\u200db", "a⟨U+200D⟩b"],
    ["characters of private use and tags", "\ue000\u{e0041}", "⟨U+E000 U+E0041⟩"],
  ])("is told by its number: %s", (_, text, shown) => {
    expect(shownText(text)).toBe(shown);
    expect(isOdd(text)).toBe(true);
  });

  test("is counted where it is much", () => {
    expect(shownText(`王${"\u202e".repeat(5_000)}`)).toBe(
      "王⟨U+202E U+202E U+202E U+202E … ×5000⟩",
    );
    expect(shownText(`e${"\u0301".repeat(50)}`)).toMatch(/^e\u0301{6}⟨U\+0301 .*×44⟩$/);
  });
});

describe("what people write", () => {
  test.each([
    ["Chinese, with rare and variant characters", "𠮷野　葛\u{e0100}城"],
    ["Tibetan", "བོད་ཡིག་བསྒྲུབས"],
    ["Uyghur", "ئۇيغۇرچە"],
    ["Yi", "ꆈꌠꉙ"],
    ["Mongolian", "ᠮᠣᠩᠭᠣᠯ"],
    ["Persian, whose joiners matter", "می\u200cخواهم"],
    ["Devanagari", "क्\u200dष"],
    ["Vietnamese", "Nguyễn Thị Hương"],
    ["a family of emoji", "👨\u200d👩\u200d👧"],
    ["nothing", ""],
  ])("stays as it is: %s", (_, text) => {
    expect(shownText(text)).toBe(text);
    expect(isOdd(text)).toBe(false);
  });
});

test("whatever comes, no direction mark, control or lone half is left to be drawn", () => {
  const unit = fc.oneof(
    fc.constantFrom("\u202e", "\u200f", "\u0000", "\u0301", "a", "王", " "),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
      const shown = shownParts(units.join(""));
      expect(shown.map(({ text }) => text).join("")).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
  );
});

test("10,000 characters take no time", async () => {
  const milliseconds = await cpuTimeOf(() => {
    for (const text of ["\u202e\u0301", " ", "王", "\u0301"]) shownText(text.repeat(5_000));
  });
  expect(milliseconds).toBeLessThan(2_000);
});
