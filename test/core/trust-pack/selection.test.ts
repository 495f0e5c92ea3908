import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { CertificateStatuses } from "../../../src/core/ledger/certificate-statuses.ts";
import type { Selection } from "../../../src/core/trust-pack/selection.ts";
import { coverageOf, governanceFor } from "../../../src/core/trust-pack/selection.ts";
import { withChangesSince } from "../../../src/core/trust-pack/statuses.ts";
import { batchKey } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { fetchedPack } from "../../support/fetched-pack.ts";
import type { IssuedBatch } from "../../support/issued-batch.ts";
import {
  DAY,
  HANGZHOU,
  MARRIAGE,
  NOW,
  SANYA,
  UNENTITLED_TYPE,
  tellUsualStory,
} from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const SANYAS = issueBatch(primitives);
const HANGZHOUS = issueBatch(primitives, { seed: "Hangzhou's", agency: HANGZHOU });
const ALL: Selection = { region: null, type: null, batch: null };
const of = ({ plan, root }: IssuedBatch): Selection => {
  return { region: null, type: null, batch: { agency: plan.agency.code, root } };
};
const keyOf = ({ plan, root }: IssuedBatch): string => batchKey(plan.agency.code, root);
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

  it("leaves out agencies that are recognised for other types only", () => {
    const story = tellUsualStory(primitives);
    const without = (type: string | null): ReadonlySet<string> =>
      coverageOf(story.state, { ...HANGZHOU_ONLY, type }).without;
    expect(without(null)).not.toContain(SANYA.code);
    expect(without(MARRIAGE)).not.toContain(SANYA.code);
    expect(without(UNENTITLED_TYPE)).toContain(SANYA.code);
    story.addRule({ type: null });
    expect(without(UNENTITLED_TYPE)).not.toContain(SANYA.code);
  });
});

describe("what a pack of one batch holds", () => {
  it("is no rule about another type, nor about others' certificates", () => {
    const story = tellUsualStory(primitives).anchor(SANYAS);
    story.addRule({ type: UNENTITLED_TYPE }).addRule({ recognised: "440000" });
    expect(story.state.rules.size).toBe(3);
    const { rules } = governanceFor(story.state, of(SANYAS));
    expect([...rules.values()].map(({ rule }) => rule)).toEqual([
      expect.objectContaining({ type: MARRIAGE, recognised: "460000" }),
    ]);
  });

  it("is the agency with whoever goes on with its work", () => {
    const story = tellUsualStory(primitives).anchor(SANYAS);
    const effectiveFrom = NOW;
    const merged = { agency: SANYA.code, successor: HANGZHOU.code, effectiveFrom };
    story.tell({ kind: "AgencySucceeded", ...merged });
    expect([...governanceFor(story.state, of(SANYAS)).agencies.keys()]).toEqual([
      SANYA.code,
      HANGZHOU.code,
    ]);
  });

  it("is the agency alone where the batch was never anchored, and nothing where nobody knows it", () => {
    const story = tellUsualStory(primitives);
    const { state } = fetchedPack(primitives, story.view(), of(SANYAS)).view;
    expect(state.anchors.size).toBe(0);
    expect([...state.agencies.keys()]).toEqual([SANYA.code]);
    const batch = { agency: "nobody", root: SANYAS.root };
    const none = governanceFor(story.state, { ...ALL, batch });
    expect([none.agencies.size, none.rules.size]).toEqual([0, 0]);
  });

  it("is the batch without an assurance, where its agency had no right to the type", () => {
    const batch = issueBatch(primitives, { type: UNENTITLED_TYPE });
    const view = tellUsualStory(primitives).anchor(batch).view();
    const [anchor] = fetchedPack(primitives, view, of(batch)).view.state.anchors.values();
    expect(anchor?.assurance).toBeNull();
    const entitled = tellUsualStory(primitives).anchor(SANYAS).view();
    const [other] = fetchedPack(primitives, entitled, of(SANYAS)).view.state.anchors.values();
    expect(other?.assurance).toBe(4);
  });

  it("is nothing of what other batches await", () => {
    const story = tellUsualStory(primitives).anchor(SANYAS);
    const view = story.view(NOW, [keyOf(SANYAS), keyOf(HANGZHOUS)]);
    expect([...fetchedPack(primitives, view, of(SANYAS)).view.pending]).toEqual([keyOf(SANYAS)]);
    expect(fetchedPack(primitives, view, ALL).view.pending.size).toBe(2);
  });
});

describe("a later pack", () => {
  it("brings the batches anchored since, which come after those that are held", () => {
    const story = tellUsualStory(primitives).anchor(SANYAS);
    const held = fetchedPack(primitives, story.view(), ALL);
    const view = story
      .at(NOW + DAY)
      .anchor(HANGZHOUS)
      .view();
    const { anchors } = fetchedPack(primitives, view, ALL, held).view.state;
    expect([...anchors.keys()]).toEqual([keyOf(SANYAS), keyOf(HANGZHOUS)]);
  });

  it("leaves out batches of which no status has changed since", () => {
    const story = tellUsualStory(primitives).anchor(SANYAS).anchor(HANGZHOUS);
    story.at(NOW).setStatus(SANYAS, 1, 5);
    const held = fetchedPack(primitives, story.at(NOW + 1).view(), ALL);
    story.at(NOW + DAY).setStatus(HANGZHOUS, 2, 1);
    const { statuses } = fetchedPack(primitives, story.view(), ALL, held).view.state;
    const counts = [...statuses].map(([key, { certificates }]) => [key, certificates.count]);
    expect(counts).toEqual([
      [keyOf(SANYAS), 1],
      [keyOf(HANGZHOUS), 1],
    ]);
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
