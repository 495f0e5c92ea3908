/** The languages of the pages: how each is called by its own speakers, and which way it is written. */
export type Language = "zh-CN" | "zh-HK" | "en" | "bo" | "ug" | "ii";

interface LanguageForm {
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** Whose words are shown: one without its own is not offered, and would show Chinese ones. */
  readonly words: "own" | "Chinese";
}

export const LANGUAGES: Readonly<Record<Language, LanguageForm>> = {
  "zh-CN": { name: "简体中文", direction: "ltr", words: "own" },
  "zh-HK": { name: "繁體中文（香港）", direction: "ltr", words: "own" },
  en: { name: "English", direction: "ltr", words: "own" },
  bo: { name: "བོད་ཡིག", direction: "ltr", words: "Chinese" },
  ug: { name: "ئۇيغۇرچە", direction: "rtl", words: "Chinese" },
  ii: { name: "ꆈꌠꉙ", direction: "ltr", words: "Chinese" },
};

/** Those that have words of their own. */
export const OFFERED_LANGUAGES = (Object.keys(LANGUAGES) as readonly Language[]).filter(
  (name) => LANGUAGES[name].words === "own",
);

/** The language that the words really are in: what a screen reader must know to speak them (WCAG 3.1.1). */
export function languageOfWords(language: Language): Language {
  return LANGUAGES[language].words === "own" ? language : "zh-CN";
}

/** The language among those offered that a visitor wants, by their browser's list; Chinese where none is. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted.map((one) => one.toLowerCase())) {
    if (/^zh-(hk|mo|tw|hant)/.test(tag)) return "zh-HK";
    const found = OFFERED_LANGUAGES.find((name) => familyOf(tag) === familyOf(name));
    if (found !== undefined) return found;
  }
  return "zh-CN";
}

function familyOf(tag: string): string | undefined {
  return tag.toLowerCase().split("-")[0];
}
