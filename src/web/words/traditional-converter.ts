/** Chinese in traditional characters, by the table that vite/traditional-words.ts makes. */

export interface TraditionalWords {
  /** A simplified character and its traditional form, in turn. */
  readonly characters: string;
  /** What is not its characters one by one, as in 重复 and 答复. */
  readonly phrases: Readonly<Record<string, string>>;
}

/** Chinese characters and punctuation without anything else between them: what is converted as a whole. */
export const CHINESE_RUN = /[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’…—·]+/g;

export function converterOf({ characters, phrases }: TraditionalWords): (text: string) => string {
  const pairs = characters.match(/../gu) ?? [];
  const traditional = new Map(pairs.map((pair) => [pair.slice(0, 1), pair.slice(1)]));
  const longestFirst = Object.keys(phrases).sort((a, b) => b.length - a.length);
  const pattern = new RegExp([...longestFirst, "."].join("|"), "gsu");
  const convert = (found: string): string => phrases[found] ?? traditional.get(found) ?? found;
  return (text) => text.replace(pattern, convert);
}
