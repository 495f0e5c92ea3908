import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { errorsPage } from "../../src/app/errors-page.ts";
import { ERRORS_PAGE } from "../../src/cli/errors-page.ts";
import { FINDINGS } from "../../src/core/audit/findings.ts";
import { RECORD_FAULTS } from "../../src/core/catalogue/record-faults.ts";
import { PROBLEMS } from "../../src/core/problem-codes.ts";
import { CODE_WORDS } from "../../src/core/verify/code-words.ts";

describe("docs/errors.md", () => {
  it("is what the code registries make; node scripts/errors-page.ts renews it", () => {
    expect(readFileSync(ERRORS_PAGE, "utf8")).toBe(errorsPage());
  });

  it("names every code of a verdict and of a problem", () => {
    const page = errorsPage();
    for (const code of [...Object.keys(CODE_WORDS), ...Object.keys(PROBLEMS)]) {
      expect(page).toContain(`| \`${code}\` |`);
    }
  });

  it("has words and a remedy in both languages for each of them", () => {
    for (const { words, remedy } of [...Object.values(CODE_WORDS), ...Object.values(PROBLEMS)]) {
      for (const text of [words.zh, remedy.zh]) expect(text).toMatch(/\p{Script=Han}/u);
      for (const text of [words.en, remedy.en]) expect(text).toMatch(/^[A-Za-z].*\.$/s);
    }
  });
});

describe("the code registries", () => {
  it("hold no code that is in no test", () => {
    const folder = join(import.meta.dirname, "..");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const tests = files.filter((file) => file.endsWith(".test.ts"));
    const text = tests.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const codes = [CODE_WORDS, PROBLEMS, RECORD_FAULTS, FINDINGS].flatMap(Object.keys);
    expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(text))).toEqual([]);
  });
});
