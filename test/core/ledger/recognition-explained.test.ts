/** Why a rule decides, and on which point each other one that applies gave way. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { RecognitionRule } from "../../../src/core/ledger/events.ts";
import {
  RANK_POINT_WORDS,
  RULE_OUTCOME_WORDS,
  consideredWords,
} from "../../../src/core/ledger/recognition-words.ts";
import { explainRecognition } from "../../../src/core/ledger/recognition.ts";
import type { ConsideredRule, RankPoint } from "../../../src/core/ledger/recognition.ts";
import { MARRIAGE, NOW, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const question = { recognising: "330100", recognised: "460200", type: MARRIAGE, at: NOW };
const ITEM = "户口迁移";

const BROAD = { recognising: "330000", recognised: "460000", type: null };

function explained(
  rules: readonly Partial<RecognitionRule>[],
  asked: Partial<typeof question> & { serviceItem?: string } = {},
): readonly ConsideredRule[] {
  const story = tellUsualStory(primitives);
  story.forgetRules();
  for (const rule of rules) story.addRule({ group: null, ...BROAD, ...rule });
  return explainRecognition(story.state, { ...question, ...asked }).considered;
}

describe("an explanation", () => {
  it.each<[RankPoint, Partial<RecognitionRule>, Partial<RecognitionRule>]>([
    ["nationalDeny", {}, { recognising: "0", effect: "deny" }],
    ["recognisingRegion", {}, { recognising: "330100", recognised: "0" }],
    ["issuerRegion", { type: MARRIAGE }, { recognised: "460200" }],
    ["type", { serviceItems: [ITEM] }, { type: MARRIAGE }],
    ["serviceItem", { effect: "deny" }, { serviceItems: [ITEM] }],
    ["effect", {}, { effect: "suspend" }],
    ["later", {}, {}],
  ])("says that a rule gave way on %s", (point, losing, deciding) => {
    const considered = explained([losing, deciding], { serviceItem: ITEM });
    expect(considered.map(({ outcome, lostOn }) => [outcome, lostOn])).toEqual([
      ["outranked", point],
      ["decides", null],
    ]);
  });

  it("says that a region's own certificates need no rule, so that none decides", () => {
    const [only] = explained([{ recognised: "330000" }], { recognised: "330100" });
    expect(only).toMatchObject({ outcome: "outranked", lostOn: "own" });
  });

  it("names no point for a rule that does not apply", () => {
    const [other] = explained([{ recognising: "320000" }]);
    expect(other).toMatchObject({ outcome: "otherRecognisingRegion", lostOn: null });
  });

  it("has words in both languages for each outcome and each point", () => {
    for (const words of [RULE_OUTCOME_WORDS, RANK_POINT_WORDS].flatMap(Object.values)) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/\.$/);
    }
    const [losing, deciding] = explained([{}, { effect: "deny" }]) as [
      ConsideredRule,
      ConsideredRule,
    ];
    expect(consideredWords(losing).en).toMatch(/^It applies, but .*stricter/);
    expect(consideredWords(deciding).zh).toBe("由本规则决定");
  });
});
