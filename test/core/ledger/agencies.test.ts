import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  entitlementOf,
  isAuthorityOver,
  isOperatorOf,
  trustedDocumentKeys,
} from "../../../src/core/ledger/agencies.ts";
import {
  AUTHORITY,
  DAY,
  HANGZHOU,
  MARRIAGE,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  T0,
  UNENTITLED_TYPE,
  YEAR,
  tellUsualStory,
} from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const operator = { agency: SANYA.code, account: SANYA.operator };

describe("an agency", () => {
  it("is registered active, with its region and name", () => {
    const { state } = tellUsualStory(primitives);
    expect(state.agencies.get(SANYA.code)).toMatchObject({
      region: "460200",
      name: "三亚市民政局",
      status: "active",
      statusSince: T0 - YEAR,
    });
  });

  it("changes its status from a day on", () => {
    const { state } = tellUsualStory(primitives).tell({
      kind: "AgencyStatusChanged",
      agency: SANYA.code,
      status: "closed",
      effectiveFrom: NOW,
    });
    expect(state.agencies.get(SANYA.code)).toMatchObject({ status: "closed", statusSince: NOW });
  });

  it("that nobody registered changes nothing but the count of events", () => {
    const { state } = tellUsualStory(primitives);
    const before = structuredClone(state);
    const story = tellUsualStory(primitives).tell({
      kind: "EntitlementGranted",
      agency: "nobody",
      type: MARRIAGE,
      validFrom: T0,
      validUntil: null,
      assurance: 4,
    });
    before.sequences.AgencyRegistry += 1;
    expect(story.state).toEqual(before);
  });
});

describe("an entitlement", () => {
  const { state } = tellUsualStory(primitives);
  const ask = (account: string, agency: string, type: string, time: number) =>
    entitlementOf(state, account, agency, type, time)?.assurance ?? null;

  it("holds for its agency's operator, its type and its time alone", () => {
    expect(ask(SANYA.operator, SANYA.code, MARRIAGE, T0)).toBe(4);
    expect(ask(HANGZHOU.operator, SANYA.code, MARRIAGE, T0)).toBeNull();
    expect(ask(AUTHORITY, SANYA.code, MARRIAGE, T0)).toBeNull();
    expect(ask(SANYA.operator, "nobody", MARRIAGE, T0)).toBeNull();
    expect(ask(SANYA.operator, SANYA.code, UNENTITLED_TYPE, T0)).toBeNull();
    expect(ask(SANYA.operator, SANYA.code, MARRIAGE, T0 - YEAR)).toBe(4);
    expect(ask(SANYA.operator, SANYA.code, MARRIAGE, T0 - YEAR - 1)).toBeNull();
  });
});

describe("an operator", () => {
  it("is one from its first second up to the second it is removed", () => {
    const story = tellUsualStory(primitives);
    story.at(NOW).tell({ kind: "OperatorRemoved", ...operator });
    const known = story.state.operators.get(SANYA.operator);
    expect(isOperatorOf(known, SANYA.code, NOW - 1)).toBe(true);
    expect(isOperatorOf(known, SANYA.code, NOW)).toBe(false);
    expect(isOperatorOf(known, HANGZHOU.code, NOW - 1)).toBe(false);
    expect(isOperatorOf(undefined, SANYA.code, NOW)).toBe(false);
  });

  it("stays distrusted from the earliest time that was ever said, even when added again", () => {
    const story = tellUsualStory(primitives);
    for (const since of [T0 + 5 * DAY, T0 + 3 * DAY, T0 + 9 * DAY]) {
      story.tell({ kind: "OperatorDistrusted", ...operator, since });
    }
    story.tell({ kind: "OperatorAdded", ...operator, validFrom: NOW, validUntil: null });
    expect(story.state.operators.get(SANYA.operator)).toEqual({
      agency: SANYA.code,
      validFrom: NOW,
      validUntil: null,
      distrustedSince: T0 + 3 * DAY,
    });
  });

  it("that nobody added is neither removed nor distrusted", () => {
    const story = tellUsualStory(primitives);
    story.tell({ kind: "OperatorRemoved", agency: SANYA.code, account: "0x" });
    story.tell({ kind: "OperatorDistrusted", agency: SANYA.code, account: "0x", since: T0 });
    expect(story.state.operators.has("0x")).toBe(false);
  });
});

describe("a document key", () => {
  it("is trusted until it is distrusted", () => {
    const story = tellUsualStory(primitives);
    expect(trustedDocumentKeys(story.state, SANYA.code).map(({ keyId }) => keyId)).toEqual([
      SANYA_KEY_ID,
    ]);
    story.tell({ kind: "DocumentKeyDistrusted", agency: SANYA.code, keyId: SANYA_KEY_ID });
    expect(trustedDocumentKeys(story.state, SANYA.code)).toEqual([]);
    expect(trustedDocumentKeys(story.state, "nobody")).toEqual([]);
  });
});

describe("an authority", () => {
  it("is one over the regions it was granted, from that time until it is revoked", () => {
    const story = tellUsualStory(primitives);
    const hainan = "0x01";
    story.tell({ kind: "AuthorityGranted", region: "460000", account: hainan, since: T0 });
    const isOver = (regions: string[], time = T0) =>
      isAuthorityOver(story.state, hainan, regions, time);
    expect(isOver(["460200", "460000", "0"])).toBe(true);
    expect(isOver(["330100", "330000", "0"])).toBe(false);
    expect(isOver(["460000"], T0 - 1)).toBe(false);
    expect(isAuthorityOver(story.state, AUTHORITY, ["0"], T0)).toBe(true);
    story.tell({ kind: "AuthorityRevoked", region: "460000", account: hainan });
    expect(isOver(["460000"])).toBe(false);
  });
});
