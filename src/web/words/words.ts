/**
 * The words of the pages. Each page has a table of its own in Chinese and English; traditional characters are
 * made from the Chinese ones; a table may have further languages, and what one lacks is shown in Chinese. A word
 * may hold {names} for which values are put.
 */
import type { Words } from "../../core/words.ts";
import { settings } from "../settings/settings.ts";
import { inTraditional } from "./traditional.ts";

/** A language with words of its own in some tables only. */
type Further = "bo" | "ug" | "ii";

export type PageWords = Words & Readonly<Partial<Record<Further, string>>>;

export type WordTable<Key extends string> = Readonly<Record<Key, PageWords>>;

type Values = Readonly<Record<string, string | number>>;

/** @returns the words of a table in the language that is set: reactive where it is called in a template. */
export function wordsOf<Key extends string>(
  table: WordTable<Key>,
): (key: Key, values?: Values) => string {
  return (key, values = {}) => fill(inLanguage(table[key]), values);
}

/** Words of any table, of the core or of a service, in the language that is set. */
export function inLanguage(words: PageWords): string {
  const { language } = settings;
  if (language === "en") return words.en;
  if (language === "zh-CN") return words.zh;
  return language === "zh-HK" ? inTraditional(words.zh) : (words[language] ?? words.zh);
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
