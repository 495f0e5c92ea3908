/** In which language a caller is answered: Chinese in one of its two scripts, unless English is asked for. */
import type { Context } from "koa";
import type { Words } from "../core/words.ts";
import { inTraditional } from "./traditional.ts";

export type AnswerLanguage = "zh-CN" | "zh-HK" | "en";

const TRADITIONAL = [
  ...["zh-HK", "zh-Hant", "zh-Hant-HK", "zh-MO", "zh-Hant-MO", "zh-TW", "zh-Hant-TW", "yue"],
];
const OFFERED = ["zh-CN", "zh", ...TRADITIONAL, "en"];

/** The best of the three for the request's Accept-Language (RFC 9110, 12.5.4). */
export function preferredLanguage(
  context: Pick<Context, "acceptsLanguages" | "headers">,
): AnswerLanguage {
  if (context.headers["accept-language"] === undefined) return "zh-CN";
  const preferred = context.acceptsLanguages(OFFERED);
  if (preferred === "en") return "en";
  return preferred !== false && TRADITIONAL.includes(preferred) ? "zh-HK" : "zh-CN";
}

/** What is said in that language. */
export function wordsIn(language: AnswerLanguage, { zh, en }: Words): string {
  if (language === "en") return en;
  return language === "zh-HK" ? inTraditional(zh) : zh;
}

/** The same value with the Chinese of all its words as the caller reads it. */
export function localised<T>(language: AnswerLanguage, value: T): T {
  return language === "zh-HK" ? (withTraditionalWords(value) as T) : value;
}

/** What holders, agencies and laws wrote stays as they wrote it: only `zh` beside `en` is the service's own. */
const AS_WRITTEN: ReadonlySet<string> = new Set(["claims", "detail"]);

function withTraditionalWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTraditionalWords);
  if (typeof value !== "object" || value === null) return value;
  const { zh, en } = value as Partial<Words>;
  if (typeof zh === "string" && typeof en === "string") return { ...value, zh: inTraditional(zh) };
  const members = Object.entries(value).map(([name, member]) => {
    return [name, AS_WRITTEN.has(name) ? (member as unknown) : withTraditionalWords(member)];
  });
  return Object.fromEntries(members) as unknown;
}
