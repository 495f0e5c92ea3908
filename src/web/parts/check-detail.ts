/** What a check adds to its words (since when, how old, by which rule), as a page says it: the core tells it in English. */
import type { CheckCode } from "../../core/verify/codes.ts";
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
  grant: { zh: "代亮只限：{items}", en: "It is for {items}" },
  audience: { zh: "这是出示给“{name}”的", en: "It is for ‘{name}’" },
  ahead: { zh: "快了 {time}", en: "{time} ahead" },
  past: { zh: "{time}前已失效", en: "It ended {time} ago" },
  missing: { zh: "缺少：{claims}", en: "Missing: {claims}" },
} as const;

type Names = ReadonlyMap<string, Words>;
type Telling = readonly [form: RegExp, say: (found: readonly string[]) => string];

const t = wordsOf(DETAIL_WORDS);

const WHEN: Telling = [/^(?:from|since) (\S+Z)$/, ([time]) => t("since", { time: clock(time) })];
const STATUS: Telling = [
  /^the \w+, from (\S+Z), reason (\d+)$/,
  ([time, reason = ""]) => t("status", { time: clock(time), reason }),
];
const RULE: Telling = [
  /^rule (\d+)(?:, )?(.*?)(?:: last confirmed .*)?$/s,
  ([id = "", basis = ""]) => (basis === "" ? t("rule", { id }) : t("basis", { id, basis })),
];
const AGE: Telling = [
  /^last confirmed (\d+) s ago/,
  ([age]) => t("age", { age: formatAge(Number(age)) }),
];
const UNREACHED: Telling = [/^this verifier has not reached the chain yet/, () => t("unreached")];

/** What the judge says with each code that it says something with (src/core/verify/checks). */
const TELLINGS: Partial<Record<CheckCode, readonly Telling[]>> = {
  ...{ NOT_YET_VALID: [WHEN], EXPIRED: [WHEN] },
  ...{ SUSPENDED: [STATUS], REVOKED: [STATUS], CANCELLED: [STATUS], WITHDRAWN: [STATUS] },
  ...{ SUPERSEDED: [STATUS], TRANSFERRED: [STATUS], OTHER_STATUS: [STATUS] },
  ...{ DENIED: [RULE], RECOGNITION_SUSPENDED: [RULE], RECOGNITION_EXPIRED: [RULE] },
  ...{ ASSURANCE_TOO_LOW: [RULE], CHAIN_STALE: [AGE, UNREACHED, RULE] },
  AUDIENCE_MISMATCH: [[/^it is for (.*)$/s, ([name = ""]) => t("audience", { name })]],
  GRANT_NOT_FOR_PURPOSE: [[/^it is for (.*)$/s, ([items = ""]) => t("grant", { items })]],
  CLOCK_SKEW: [[/^(\d+) s ahead$/, ([time]) => t("ahead", { time: formatDuration(Number(time)) })]],
  PRESENTATION_EXPIRED: [
    [/^(\d+) s ago$/, ([time]) => t("past", { time: formatDuration(Number(time)) })],
  ],
};

/**
 * @param names what the type's definition calls its claims
 * @returns null where there is nothing to say in the language that is set
 */
export function detailWords(
  code: CheckCode | undefined,
  detail: string,
  names: Names,
): string | null {
  if (code === "CLAIM_MISSING") return missing(detail, names);
  for (const [form, say] of code === undefined ? [] : (TELLINGS[code] ?? [])) {
    const found = form.exec(detail);
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
