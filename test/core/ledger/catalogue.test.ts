import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { findTypeVersion } from "../../../src/core/ledger/catalogue.ts";
import { ZERO_HASH } from "../../../src/core/ledger/state.ts";
import { MARRIAGE, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();

describe("a certificate type", () => {
  it("keeps all its versions", () => {
    const { state } = tellUsualStory(primitives).tell({
      kind: "TypePublished",
      type: MARRIAGE,
      region: "0",
      version: 2,
      number: 1,
      schemaHash: ZERO_HASH,
      name: "结婚证（2026版）",
      nameEn: "",
      alwaysDisclosed: [],
      uri: "",
    });
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

  it("that nobody published is not retired", () => {
    const { state } = tellUsualStory(primitives).tell({ kind: "TypeRetired", type: "nothing" });
    expect(state.types.has("nothing")).toBe(false);
  });
});
