/** What a recognition rule says, in words. */
import type { RecognitionRule, RuleEffect } from "../core/ledger/events.ts";
import { NATIONAL } from "../core/identifiers/region.ts";
import type { Words } from "../core/words.ts";
import { regionWords } from "./answer.ts";

export const EFFECT_WORDS: Readonly<Record<RuleEffect, Words>> = {
  accept: { zh: "认可", en: "accepts" },
  conditional: { zh: "有条件认可", en: "accepts on a condition" },
  suspend: { zh: "暂停认可", en: "suspends acceptance of" },
  deny: { zh: "不予认可", en: "denies" },
};

/** Without its dates: 海南省认可上海市颁发的…. */
export function ruleWords(
  rule: Pick<RecognitionRule, "recognising" | "recognised" | "group" | "type" | "effect">,
): Words {
  const by = regionWords(rule.recognising);
  const from = issuerWords(rule);
  const effect = EFFECT_WORDS[rule.effect];
  return {
    zh: `${by.zh}${effect.zh}${from.zh}颁发的${rule.type ?? "各类证照"}`,
    en: `${by.en} ${effect.en} ${rule.type ?? "any type"} from ${from.en}`,
  };
}

/** Whose certificates a rule is about: a region's with all below it, a group's, or anyone's. */
export function issuerWords({
  group,
  recognised,
}: Pick<RecognitionRule, "recognised" | "group">): Words {
  if (group !== null) return { zh: group, en: group };
  return recognised === NATIONAL ? { zh: "任何地区", en: "any region" } : regionWords(recognised);
}
