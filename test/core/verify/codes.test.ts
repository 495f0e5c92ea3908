import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { CHECK_WORDS, CODE_WORDS } from "../../../src/core/verify/code-words.ts";
import { CHECK_NAMES } from "../../../src/core/verify/codes.ts";

const codes = Object.keys(CODE_WORDS);

describe("the codes of a verdict", () => {
  it.each(codes)("%s says what is wrong and what to do, in Chinese and English", (code) => {
    const { words, remedy } = CODE_WORDS[code as keyof typeof CODE_WORDS];
    for (const { zh, en } of [words, remedy]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/[.]$/);
    }
  });

  it("never call an outage a forgery", () => {
    for (const code of ["CHAIN_STALE", "ANCHOR_NOT_FINAL", "CLOCK_SKEW"] as const) {
      const { words, remedy } = CODE_WORDS[code];
      expect(JSON.stringify([words, remedy])).not.toMatch(/forge|伪造|altered|改动/);
    }
  });

  it("are each in the title of a test", () => {
    const folder = join(import.meta.dirname, "checks");
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const untested = codes.filter((code) => !sources.some((source) => hasTitleWith(source, code)));
    expect(untested).toEqual([]);
  });

  it("stand under checks that say what they ask and what their passing means", () => {
    expect(Object.keys(CHECK_WORDS)).toEqual(CHECK_NAMES);
  });
});

/** In a title itself, or the first column of a table of titles. */
function hasTitleWith(source: string, code: string): boolean {
  return new RegExp(`"says [^"]*\\b${code}\\b|\\["${code}",`).test(source);
}
