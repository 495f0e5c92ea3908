import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { findTypeVersion } from "../../../src/core/ledger/catalogue.ts";
import { MARRIAGE, NOW, T0, publishType, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();

describe("a certificate type", () => {
  it("keeps all its versions", () => {
    const story = tellUsualStory(primitives);
    publishType(story, MARRIAGE, { version: 2, name: "结婚证（2026版）" });
    const { state } = story;
    expect(findTypeVersion(state, MARRIAGE, 1)?.name).toBe("结婚证");
    expect(findTypeVersion(state, MARRIAGE, 2)?.name).toBe("结婚证（2026版）");
    expect(findTypeVersion(state, MARRIAGE, 3)).toBeUndefined();
    expect(findTypeVersion(state, "nothing", 1)).toBeUndefined();
  });

  it("is retired, with its versions still known", () => {
    const { state } = tellUsualStory(primitives).tell({ kind: "TypeRetired", type: MARRIAGE });
    expect(state.types.get(MARRIAGE)?.isRetired).toBe(true);
    expect(findTypeVersion(state, MARRIAGE, 1)).toBeDefined();
  });

  it("is known from the second it was published on, as far as anyone asks what was known", () => {
    const story = tellUsualStory(primitives).at(NOW);
    publishType(story, MARRIAGE, { version: 2 });
    expect(findTypeVersion(story.state, MARRIAGE, 2, NOW - 1)).toBeUndefined();
    expect(findTypeVersion(story.state, MARRIAGE, 2, NOW)).toBeDefined();
  });

  it("that is published again after a migration stands as it was first, and is in use again", () => {
    const story = tellUsualStory(primitives).tell({ kind: "TypeRetired", type: MARRIAGE });
    publishType(story.at(NOW), MARRIAGE, { name: "别的名称", alwaysDisclosed: [] });
    expect(findTypeVersion(story.state, MARRIAGE, 1, T0)).toMatchObject({ name: "结婚证" });
    expect(story.state.types.get(MARRIAGE)).toMatchObject({ isRetired: false, region: "0" });
  });

  it("that nobody published is not retired", () => {
    const { state } = tellUsualStory(primitives).tell({ kind: "TypeRetired", type: "nothing" });
    expect(state.types.has("nothing")).toBe(false);
  });
});
