import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { decideRecognition } from "../../../src/core/ledger/recognition.ts";
import { MARRIAGE, NOW, T0, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const question = { recognising: "330100", recognised: "460200", type: MARRIAGE, at: NOW };

describe("recognition rules", () => {
  it("are kept with the time they were recorded and the time they were ended", () => {
    const { state } = tellUsualStory(primitives).at(NOW).tell({ kind: "RuleEnded", ruleId: 1 });
    expect(state.rules.get(1)).toMatchObject({
      id: 1,
      recordedAt: expect.any(Number),
      endedAt: NOW,
    });
  });

  it("that nobody added are not ended", () => {
    const { state } = tellUsualStory(primitives).tell({ kind: "RuleEnded", ruleId: 42 });
    expect(state.rules.has(42)).toBe(false);
  });

  it("of a group follow the group as it was defined last", () => {
    const story = tellUsualStory(primitives);
    story.state.rules.clear();
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
