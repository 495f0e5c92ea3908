/** Chinese in the traditional form that Hong Kong writes, by OpenCC's tables of phrases and characters. */
import { Converter } from "opencc-js/cn2t";

/**
 * What its tables take for something else: a watch is wound (上鍊), hair is changed (換髮); here things are put on
 * the chain, and certificates issued anew; a rule names (指明了) and is not plain to see (明瞭). Hong Kong writes 啟.
 */
const CORRECTIONS = [
  ["鍊", "鏈"],
  ["換髮", "換發"],
  ["啓", "啟"],
  ["指明瞭", "指明了"],
  ["過沖突", "過衝突"],
] as const;

/** Words come from registries and the chain's names: more different ones than this are not to be kept. */
const MAX_KEPT = 10_000;

const kept = new Map<string, string>();
type Convert = (text: string) => string;
/** Its own types lead nowhere under this resolution of modules. */
const makeConverter = Converter as unknown as (options: { from: string; to: string }) => Convert;

/** Made when it is first needed: reading its tables takes some tenths of a second. */
let convert: Convert | undefined;

export function inTraditional(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const converted = convertedText(text);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(text, converted);
  return converted;
}

function convertedText(text: string): string {
  const openCc = (convert ??= makeConverter({ from: "cn", to: "hk" }));
  return CORRECTIONS.reduce(
    (corrected, [wrong, right]) => corrected.replaceAll(wrong, right),
    openCc(text),
  );
}
