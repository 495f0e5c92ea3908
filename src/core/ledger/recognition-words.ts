/** What a person reads of how a recognition rule stood to a decision. */
import type { Words } from "../words.ts";
import type { ConsideredRule, RankPoint, RuleOutcome } from "./recognition.ts";

export const RULE_OUTCOME_WORDS: Readonly<Record<RuleOutcome, Words>> = {
  decides: { zh: "由本规则决定", en: "This rule decides." },
  outranked: { zh: "适用，但未起决定作用", en: "It applies, but another comes before it." },
  otherRecognisingRegion: {
    zh: "不适用于该窗口所在地区",
    en: "It speaks for another region than the counter's.",
  },
  otherIssuerRegion: {
    zh: "不涉及该发证机关所在地区",
    en: "It is about other issuing regions.",
  },
  otherType: { zh: "适用于其他证照类型", en: "It is about another certificate type." },
  otherServiceItem: { zh: "仅适用于其他事项", en: "It holds for other service items alone." },
  notYetInForce: { zh: "当时尚未生效", en: "It was not in force yet." },
  runOut: { zh: "当时已到期", en: "Its days had run out." },
  ended: { zh: "当时已被终止", en: "It had been ended." },
  notYetRecorded: {
    zh: "当时尚未上链，不为人知",
    en: "Nobody knew of it yet: it was recorded later.",
  },
};

/** Why a rule that applies gave way, as the end of a sentence. */
export const RANK_POINT_WORDS: Readonly<Record<RankPoint, Words>> = {
  nationalDeny: { zh: "全国性的不予认可始终优先", en: "a national denial always holds." },
  own: {
    zh: "属本地区（或上下级）机关颁发，无需规则",
    en: "a region's own certificates need no rule.",
  },
  recognisingRegion: {
    zh: "决定的规则由更近的下级地区作出",
    en: "the one that decides is of a region nearer to the counter.",
  },
  issuerRegion: {
    zh: "决定的规则所指的发证地区更具体",
    en: "the one that decides names the issuer's region more closely.",
  },
  type: { zh: "决定的规则指明了证照类型", en: "the one that decides names the type." },
  serviceItem: {
    zh: "决定的规则指明了事项",
    en: "the one that decides names the service item.",
  },
  effect: {
    zh: "同等具体时从严",
    en: "of equally specific ones the stricter decides.",
  },
  later: { zh: "同等的规则以后作出的为准", en: "of two equal ones the later decides." },
};

/** How a rule stood to the decision, and why. */
export function consideredWords({ outcome, lostOn }: ConsideredRule): Words {
  if (lostOn === null) return RULE_OUTCOME_WORDS[outcome];
  const why = RANK_POINT_WORDS[lostOn];
  return { zh: `适用，但${why.zh}`, en: `It applies, but ${why.en}` };
}
