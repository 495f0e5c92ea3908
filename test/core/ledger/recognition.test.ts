import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { decideRecognition } from "../../../src/core/ledger/recognition.ts";
import { ruleKey } from "../../../src/core/ledger/state.ts";
import { DAY, MARRIAGE, NOW, T0, YEAR, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const question = { recognising: "330100", recognised: "460200", type: MARRIAGE, at: NOW };

describe("recognition rules", () => {
  it("are kept with the time they were recorded and the time they were ended", () => {
    const { state } = tellUsualStory(primitives).at(NOW).tell({ kind: "RuleEnded", ruleId: 1 });
    expect(state.rules.get(ruleKey(0, 1))).toMatchObject({
      id: 1,
      recordedAt: expect.any(Number),
      endedAt: NOW,
    });
  });

  it("that were ended stay ended as they were, whoever says it again", () => {
    const story = tellUsualStory(primitives).at(NOW).tell({ kind: "RuleEnded", ruleId: 1 });
    story.at(NOW + DAY).tell({ kind: "RuleEnded", ruleId: 1 });
    expect(story.state.rules.get(ruleKey(0, 1))?.endedAt).toBe(NOW);
  });

  it("that nobody added are not ended", () => {
    const { state } = tellUsualStory(primitives).tell({ kind: "RuleEnded", ruleId: 42 });
    expect(state.rules.has(ruleKey(0, 42))).toBe(false);
  });

  it("of a group follow the group as it was defined last", () => {
    const story = tellUsualStory(primitives);
    story.forgetRules();
    story.addRule({ group: "自贸港", recognised: "0" });
    expect(decideRecognition(story.state, question)).toEqual({ by: "nothing", expired: null });
    story.tell({ kind: "GroupDefined", group: "自贸港", regions: ["460000"] });
    expect(decideRecognition(story.state, question)).toMatchObject({
      by: "rule",
      record: { id: 1 },
    });
    story.tell({ kind: "GroupDefined", group: "自贸港", regions: [] });
    expect(decideRecognition(story.state, question)).toEqual({ by: "nothing", expired: null });
  });

  it("of a group follow the group as it was defined at the time asked about, as far as was known", () => {
    const story = tellUsualStory(primitives);
    story.forgetRules();
    story.addRule({ group: "自贸港", recognised: "0" });
    const define = (day: number, regions: string[]): void => {
      story.at(T0 + day * DAY).tell({ kind: "GroupDefined", group: "自贸港", regions });
    };
    define(1, ["460000"]);
    define(3, ["440000"]);
    const ask = (day: number, known = 9) =>
      decideRecognition(story.state, { ...question, at: T0 + day * DAY }, T0 + known * DAY).by;
    expect([0, 1, 2, 3].map((day) => ask(day))).toEqual(["nothing", "rule", "rule", "nothing"]);
    expect([ask(3, 2), ask(3, 0)]).toEqual(["rule", "nothing"]);
  });

  it("that were recorded later, or ended later, are as they were known then", () => {
    const { state } = tellUsualStory(primitives).at(NOW).tell({ kind: "RuleEnded", ruleId: 1 });
    const ask = (asKnownAt: number) => decideRecognition(state, question, asKnownAt).by;
    expect([T0 - YEAR - 1, T0 - YEAR, NOW - 1, NOW].map(ask)).toEqual([
      "nothing",
      "rule",
      "rule",
      "nothing",
    ]);
  });

  it("of a past day decide when an auditor asks about that day", () => {
    const { state } = tellUsualStory(primitives).at(NOW).tell({ kind: "RuleEnded", ruleId: 1 });
    expect(decideRecognition(state, { ...question, at: NOW - 1 }).by).toBe("rule");
    expect(decideRecognition(state, question)).toEqual({ by: "nothing", expired: null });
    expect(decideRecognition(state, { ...question, at: T0 - 1 }).by).toBe("nothing");
  });

  it("are not asked where a region meets its own certificates", () => {
    const { state } = tellUsualStory(primitives);
    expect(decideRecognition(state, { ...question, recognising: "460200" })).toEqual({ by: "own" });
  });
});
