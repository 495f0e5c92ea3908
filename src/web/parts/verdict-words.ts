/** A verdict in the words of a page: one of three, the first reason, and what to do. */
import type { Answer, AnswerCheck } from "../../app/answer.ts";
import type { VerdictWord } from "../../core/verify/verdict.ts";
import type { Words } from "../../core/words.ts";

/** An answer of the service or of the judge in the page: the parts that are shown. */
export type ShownAnswer = Pick<Answer, "verdict" | "checks" | "certificate" | "claims" | "ledger">;

export type PageWord = "valid" | "refused" | "unsure";

export interface PageVerdict {
  readonly word: PageWord;
  readonly words: Words;
  /** The first check that stands against it, or keeps it open; null where there is none. */
  readonly reason: Words | null;
  readonly remedy: Words | null;
}

export const PAGE_WORDS: Readonly<Record<PageWord, Words>> = {
  valid: { zh: "有效", en: "Valid" },
  refused: { zh: "不可用", en: "Not usable" },
  unsure: { zh: "暂时无法判断", en: "Can’t tell" },
};

const WORD_OF: Readonly<Record<VerdictWord, PageWord>> = {
  accepted: "valid",
  rejected: "refused",
  indeterminate: "unsure",
};

export function pageVerdict({
  verdict,
  checks,
}: Pick<ShownAnswer, "verdict" | "checks">): PageVerdict {
  const word = WORD_OF[verdict];
  const first = firstOf(checks, word);
  const [reason, remedy] = [first?.words ?? null, first?.remedy ?? null];
  return { word, words: PAGE_WORDS[word], reason, remedy };
}

function firstOf(checks: readonly AnswerCheck[], word: PageWord): AnswerCheck | undefined {
  if (word === "valid") return undefined;
  const result = word === "refused" ? "fail" : "unknown";
  return checks.find((check) => check.result === result);
}

/** Nobody proved to be the holder, or whom the holder let show it: the clerk compares the person. */
export function mustCompare({ checks }: Pick<ShownAnswer, "checks">): boolean {
  return checks.some(({ check, result }) => check === "holder" && result !== "pass");
}

export const VERDICT_PAGE = {
  verdict: { zh: "核验结论", en: "Verdict" },
  checks: { zh: "十项检查", en: "The ten checks" },
  todo: { zh: "怎么办", en: "What to do" },
  claims: { zh: "出示的信息", en: "What was shown" },
  noClaims: { zh: "没有出示证照信息", en: "No claims were shown" },
  type: { zh: "证照类型", en: "Type" },
  agency: { zh: "发证机关", en: "Issued by" },
  region: { zh: "发证地区", en: "Region" },
  validity: { zh: "有效期", en: "Validity" },
  successor: { zh: "现由该机关承接", en: "Its work goes on at" },
  from: { zh: "{from} 起，长期", en: "from {from}, without end" },
  span: { zh: "{from} 至 {to}", en: "{from} to {to}" },
  unknown: { zh: "链上没有记录", en: "not on the chain" },
  compare: { zh: "请核对本人", en: "Compare the person" },
  compareWhy: {
    zh: "未证明由持证人本人出示：请核对照片、姓名等与面前的人是否一致。",
    en: "It is not proven that its holder shows it: compare photo and name with the person before you.",
  },
  delegate: { zh: "代亮", en: "Shown for its holder" },
  delegateBy: {
    zh: "由 {name} 代为出示（{reason}），持证人：{grantor}",
    en: "Shown by {name} ({reason}) for {grantor}",
  },
  delegateFor: { zh: "可办事项：{matters}", en: "For: {matters}" },
  holder: { zh: "持证人", en: "the holder" },
  guardian: { zh: "监护人", en: "guardian" },
  relative: { zh: "亲友", en: "relative or friend" },
  agent: { zh: "代办人", en: "agent" },
  online: { zh: "由核验服务联网判断", en: "Judged by the service" },
  offline: { zh: "由本机凭离线信任包判断", en: "Judged on this device, on its trust pack" },
  asOf: {
    zh: "链上数据：{age}更新（区块 {block}）",
    en: "Chain data: {age} (block {block})",
  },
  noData: { zh: "没有链上数据可凭", en: "There is nothing of the chain to judge on" },
  passed: { zh: "通过", en: "passed" },
  failed: { zh: "不通过", en: "failed" },
  open: { zh: "无法判断", en: "can't tell" },
  skipped: { zh: "未检查", en: "not checked" },
} as const;
