import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { CertificateStatuses } from "../../../src/core/ledger/certificate-statuses.ts";
import { coverageOf } from "../../../src/core/trust-pack/selection.ts";
import { withChangesSince } from "../../../src/core/trust-pack/statuses.ts";
import { HANGZHOU, NOW, SANYA, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const HANGZHOU_ONLY = { region: HANGZHOU.region, type: null, batch: null };

describe("what a pack for a region covers", () => {
  it("takes a group's regions in from the time the group was defined so", () => {
    const story = tellUsualStory(primitives);
    story.forgetRules();
    story.at(NOW - 10).addRule({ recognising: HANGZHOU.region, recognised: "any", group: "琼杭" });
    story.at(NOW).tell({
      kind: "GroupDefined",
      group: "琼杭",
      regions: [SANYA.region],
    });
    expect(coverageOf(story.state, HANGZHOU_ONLY).without).not.toContain(SANYA.code);
    expect(coverageOf(story.state, HANGZHOU_ONLY, NOW).without).toContain(SANYA.code);
  });
});

describe("changes of statuses that a later pack brings", () => {
  const change = (status: number, recordedAt: number) => {
    return { status, reason: 0, effectiveFrom: recordedAt, recordedAt };
  };

  it("take the place of what was recorded in that time, and leave what was before", () => {
    const [before, later] = [new CertificateStatuses(), new CertificateStatuses()];
    before.add(1, change(1, NOW - 10));
    before.add(2, change(1, NOW));
    later.add(2, change(5, NOW));
    const joined = withChangesSince(
      { whole: [change(1, NOW - 10), change(1, NOW)], certificates: before },
      { whole: [], certificates: later },
      NOW,
    );
    expect(joined.whole).toEqual([change(1, NOW - 10)]);
    expect([...joined.certificates.all()]).toEqual([
      [1, [change(1, NOW - 10)]],
      [2, [change(5, NOW)]],
    ]);
  });
});
