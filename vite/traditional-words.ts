/**
 * The words of the pages in the traditional form that Hong Kong writes, converted when the pages are built: so
 * OpenCC, which is larger than all pages together, isn't shipped. The page gets one character for each that
 * differs, and whatever of its own words that would get wrong.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { inTraditional } from "../src/http/traditional.ts";
import { CHINESE_RUN, converterOf } from "../src/web/words/traditional-converter.ts";
import type { TraditionalWords } from "../src/web/words/traditional-converter.ts";

const MODULE = "virtual:traditional-words";
const SOURCE = join(import.meta.dirname, "..", "src");
/** What pages show words of. */
const FOLDERS = ["web", "core", "app"];
const WORDS = new Intl.Segmenter("zh", { granularity: "word" });
const [FIRST, LAST] = [0x4e00, 0x9fff];

export function traditionalWords(): Plugin {
  return {
    name: "liangzheng-traditional-words",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) => {
      return id === `\0${MODULE}`
        ? `export default ${JSON.stringify(makeTraditionalWords())}`
        : null;
    },
  };
}

export function makeTraditionalWords(): TraditionalWords {
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, i) => String.fromCharCode(FIRST + i));
  const differing = pairsOf(all).filter(([simplified, traditional]) => simplified !== traditional);
  const characters = differing.flat().join("");
  const runs = pairsOf([...runsOfSources()]);
  const words = pairsOf([...new Set(runs.flatMap(([run]) => wordsOf(run)))]);
  const phrases = wrongIn(words, converterOf({ characters, phrases: {} }));
  // And where a word alone is not what it is in its sentence.
  const sentences = wrongIn(runs, converterOf({ characters, phrases }));
  return { characters, phrases: { ...phrases, ...sentences } };
}

type Pair = readonly [simplified: string, traditional: string];

/** All at once, which is quicker. */
function pairsOf(texts: readonly string[]): Pair[] {
  const converted = inTraditional(texts.join("\n")).split("\n");
  return texts.map((text, i) => [text, converted[i] ?? text]);
}

function wrongIn(
  pairs: readonly Pair[],
  convert: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.filter(([simplified, traditional]) => convert(simplified) !== traditional),
  );
}

function wordsOf(run: string): string[] {
  return Array.from(WORDS.segment(run), ({ segment }) => segment);
}

function runsOfSources(): ReadonlySet<string> {
  return new Set(FOLDERS.flatMap((folder) => runsIn(join(SOURCE, folder))));
}

function runsIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  return files.flatMap(({ parentPath, name }) => {
    return readFileSync(join(parentPath, name), "utf8").match(CHINESE_RUN) ?? [];
  });
}
