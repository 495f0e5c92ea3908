/** In which language a caller is answered: Chinese, unless English is asked for. */
import type { Context } from "koa";
import type { Language } from "../core/identifiers/region.ts";

const TAGS: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en" };

/** The better of the two for the request's Accept-Language (RFC 9110, 12.5.4). */
export function preferredLanguage(context: Pick<Context, "acceptsLanguages">): Language {
  return context.acceptsLanguages(["zh", "en"]) === "en" ? "en" : "zh";
}

export function languageTag(language: Language): string {
  return TAGS[language];
}
