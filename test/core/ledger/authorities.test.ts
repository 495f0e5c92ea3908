import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { isAuthorityOver } from "../../../src/core/ledger/authorities.ts";
import { AUTHORITY, T0, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const HAINAN = "0x01";
const appointed = { kind: "AuthorityAppointed", region: "460000", account: HAINAN } as const;

describe("an authority", () => {
  it("is one over the regions it was appointed for, from the time that takes effect", () => {
    const story = tellUsualStory(primitives).tell({ ...appointed, effectiveFrom: T0 });
    const isOver = (regions: string[], time = T0) =>
      isAuthorityOver(story.state, HAINAN, regions, time);
    expect(isOver(["460200", "460000", "0"])).toBe(true);
    expect(isOver(["330100", "330000", "0"])).toBe(false);
    expect(isOver(["460000"], T0 - 1)).toBe(false);
    expect(isAuthorityOver(story.state, AUTHORITY, ["0"], T0)).toBe(true);
  });

  it("is one no more from the event that dismisses it, whether it had begun or not", () => {
    const story = tellUsualStory(primitives).tell({ ...appointed, effectiveFrom: T0 + 5 });
    story.tell({ kind: "AuthorityDismissed", region: "460000", account: HAINAN });
    expect(isAuthorityOver(story.state, HAINAN, ["460000"], T0 + 5)).toBe(false);
    story.tell({ kind: "AuthorityDismissed", region: "110000", account: HAINAN });
    expect(isAuthorityOver(story.state, AUTHORITY, ["0"], T0)).toBe(true);
  });
});
