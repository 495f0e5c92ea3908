/** What a check adds to its words (since when, how old, by which rule), as a page says it: the core tells it in English. */
import type { Words } from "../../core/words.ts";
import { settings } from "../settings/settings.ts";
import { formatAge, formatDateTime, formatDuration, formatList } from "../words/format.ts";
import { inLanguage, wordsOf } from "../words/words.ts";

export const DETAIL_WORDS = {
  since: { zh: "自 {time} 起", en: "from {time} on" },
  status: { zh: "自 {time} 起，原因代码 {reason}", en: "from {time} on, reason {reason}" },
  age: { zh: "链上数据：{age}更新", en: "Chain data: {age}" },
  unreached: { zh: "尚未连接上链", en: "The chain was not reached yet" },
  rule: { zh: "依据第 {id} 号规则", en: "By rule {id}" },
  basis: { zh: "依据第 {id} 号规则（{basis}）", en: "By rule {id} ({basis})" },
  audience: { zh: "这是出示给“{name}”的", en: "It is for ‘{name}’" },
  ahead: { zh: "快了 {time}", en: "{time} ahead" },
  past: { zh: "{time}前已失效", en: "It ended {time} ago" },
  missing: { zh: "缺少：{claims}", en: "Missing: {claims}" },
} as const;

type Names = ReadonlyMap<string, Words>;
type Say = (found: readonly string[]) => string;

const t = wordsOf(DETAIL_WORDS);

const KNOWN: readonly (readonly [RegExp, Say])[] = [
  [/^(?:from|since) (\S+Z)$/, ([time]) => t("since", { time: clock(time) })],
  [
    /^the \w+, from (\S+Z), reason (\d+)$/,
    ([time, reason = ""]) => t("status", { time: clock(time), reason }),
  ],
  [/^last confirmed (\d+) s ago/, ([age]) => t("age", { age: formatAge(Number(age)) })],
  [/^this verifier has not reached the chain yet/, () => t("unreached")],
  [/^rule (\d+)(?:, )?$/, ([id = ""]) => t("rule", { id })],
  [
    /^rule (\d+), (.+?)(?:: last confirmed .*)?$/s,
    ([id = "", basis = ""]) => t("basis", { id, basis }),
  ],
  [/^it is for (.*)$/s, ([name = ""]) => t("audience", { name })],
  [/^(\d+) s ahead$/, ([time]) => t("ahead", { time: formatDuration(Number(time)) })],
  [/^(\d+) s ago$/, ([time]) => t("past", { time: formatDuration(Number(time)) })],
];

/**
 * @param names what the type's definition calls its claims
 * @returns null where there is nothing to say in the language that is set
 */
export function detailWords(code: string | undefined, detail: string, names: Names): string | null {
  if (code === "CLAIM_MISSING") return missing(detail, names);
  for (const [pattern, say] of KNOWN) {
    const found = pattern.exec(detail);
    if (found !== null) return say(found.slice(1));
  }
  return settings.language === "en" ? detail : null;
}

function missing(detail: string, names: Names): string {
  const called = detail.split(", ").map((name) => {
    const known = names.get(name);
    return known === undefined ? name : inLanguage(known);
  });
  return t("missing", { claims: formatList(called) });
}

function clock(instant = ""): string {
  return formatDateTime(Date.parse(instant) / 1000);
}
