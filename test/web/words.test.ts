/** Every word that a person reads is in a table, in Chinese and English; no component and no code holds its own. */
import { describe, expect, test } from "@jest/globals";
import { makeTraditionalWords } from "../../vite/traditional-words.ts";
import { inTraditional } from "../../src/http/traditional.ts";
import { converterOf } from "../../src/web/words/traditional-converter.ts";
import { findInCode, findInComponent, findWords } from "./word-places.ts";
import type { WordPair } from "./word-places.ts";

const { loose, pairs } = findWords();
const CHINESE = /[\u3400-\u9fff]/;

describe("the pages", () => {
  test("hold no words outside tables", () => {
    expect(loose).toEqual([]);
  });

  test("have tables at all", () => {
    expect(pairs.length).toBeGreaterThan(100);
  });

  test("say everything in Chinese and in English", () => {
    const isWhole = ({ texts }: WordPair): boolean =>
      [texts.get("zh"), texts.get("en")].every((text) => text !== undefined && text !== "");
    expect(pairs.filter((pair) => !isWhole(pair)).map(({ place }) => place)).toEqual([]);
  });

  test("put the same values into each language's words", () => {
    const valuesOf = (text: string): string => [...text.matchAll(/\{\w+\}/g)].flat().sort().join();
    const isSame = ({ texts }: WordPair): boolean =>
      new Set([...texts.values()].map(valuesOf)).size === 1;
    expect(pairs.filter((pair) => !isSame(pair)).map(({ place }) => place)).toEqual([]);
  });

  test("leave no Chinese in English words, but for what a Chinese code or seal says", () => {
    const mixed = pairs.filter(({ texts }) => CHINESE.test(texts.get("en") ?? ""));
    const isQuoting = ({ texts }: WordPair): boolean => texts.get("zh") === texts.get("en");
    expect(mixed.filter((pair) => !isQuoting(pair)).map(({ place }) => place)).toEqual([]);
  });
});

describe("the check", () => {
  const looseIn = (find: typeof findInCode, source: string): string[] => {
    const found = { loose: [] as string[], pairs: [] };
    find("x", source, found);
    return found.loose;
  };

  test.each([
    ["a text", "<template><p>有效</p></template>"],
    ["a name for screen readers", '<template><button aria-label="Close" /></template>'],
    ["an expression", "<template><p>{{ isGood ? '有效' : t('bad') }}</p></template>"],
    ["a bound attribute", "<template><p :title=\"'Ask the clerk'\" /></template>"],
    ["its script", '<script setup lang="ts">const a = "Try again later";</script>'],
  ])("finds words in %s of a component", (_, source) => {
    expect(looseIn(findInComponent, source)).toHaveLength(1);
  });

  test.each([
    ["Chinese", 'const word = "无效";'],
    ["an English sentence", "const said = `No code was ${found} in the picture`;"],
  ])("finds %s in code", (_, source) => {
    expect(looseIn(findInCode, source)).not.toEqual([]);
  });

  test("lets names, tables and what developers read alone", () => {
    const source =
      'const a = { zh: "有效", en: "It is good" }; throw new Error("no such page here");';
    expect(looseIn(findInCode, source)).toEqual([]);
    expect(
      looseIn(findInComponent, '<template><p class="row soft">{{ t("word") }} · 3</p></template>'),
    ).toEqual([]);
  });
});

describe("traditional characters", () => {
  const convert = converterOf(makeTraditionalWords());

  test("are the same in the pages as the service's, for every word of the pages", () => {
    const texts = pairs.flatMap(({ texts }) => texts.get("zh") ?? []);
    const runs = texts.flatMap((text) => text.split(/\{\w+\}/));
    expect(runs.map(convert)).toEqual(runs.map(inTraditional));
  });

  test.each([
    ["证照已注销，请到窗口换发", "證照已註銷，請到窗口換發"],
    ["规则指明了事项", "規則指明了事項"],
    ["A 类 upload 复制", "A 類 upload 複製"],
  ])("%s is %s", (simplified, traditional) => {
    expect(convert(simplified)).toBe(traditional);
  });
});
