/** The ledger in numbers: sums that anyone can count after us. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { OVERVIEW_DAYS, overviewOf } from "../../src/app/overview.ts";
import type { Overview } from "../../src/app/overview.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import type { LedgerStory } from "../support/ledger-story.ts";
import {
  DAY,
  HANGZHOU,
  MARRIAGE,
  T0,
  UNENTITLED_TYPE,
  establish,
  tellUsualStory,
} from "../support/ledger-story.ts";

const primitives = await loadPrimitives();
const first = issueBatch(primitives, { seed: "a" });
const second = issueBatch(primitives, { seed: "b" });
const third = issueBatch(primitives, { seed: "c" });
/** 2026-01-31 23:59:59 in Beijing, where it is the day before in Greenwich, and a second later. */
const JANUARY_ENDS = Date.parse("2026-01-31T23:59:59+08:00") / 1000;

function anchored(): LedgerStory {
  const story = tellUsualStory(primitives);
  story.at(T0).anchor(first);
  story.at(JANUARY_ENDS).anchor(second);
  return story.at(JANUARY_ENDS + 1).anchor(third);
}

function overview(story: LedgerStory, now = JANUARY_ENDS + 1): Overview {
  return overviewOf(story.state, now);
}

function statusesOf(story: LedgerStory): Readonly<Record<string, number>> | undefined {
  return overview(story).types.find(({ type }) => type === MARRIAGE)?.statuses;
}

describe("the overview", () => {
  it("sums up what there is", () => {
    expect(overview(anchored()).totals).toEqual({
      ...{ agencies: 2, types: 2, batches: 3, certificates: 15, rules: 1 },
    });
  });

  it("counts agencies by province and status, those of the whole country by themselves", () => {
    const story = tellUsualStory(primitives);
    const national = { ...HANGZHOU, code: "11100000MB7654322X", region: "0", operator: "0x01" };
    establish(story, national);
    const change = { status: "suspended", effectiveFrom: T0 } as const;
    story.tell({ kind: "AgencyStatusChanged", agency: HANGZHOU.code, ...change });
    const none = { active: 0, suspended: 0, closed: 0 };
    expect(overview(story).regions).toEqual([
      { region: "0", regionName: { zh: "全国", en: "the whole country" }, ...none, active: 1 },
      { region: "330000", regionName: { zh: "浙江省", en: "Zhejiang" }, ...none, suspended: 1 },
      { region: "460000", regionName: { zh: "海南省", en: "Hainan" }, ...none, active: 1 },
    ]);
  });

  it("counts months and days by Beijing's midnight", () => {
    const { months, days } = overview(anchored());
    expect(months).toEqual([
      { period: "2026-01", batches: 2, certificates: 10 },
      { period: "2026-02", batches: 1, certificates: 5 },
    ]);
    expect(days.slice(-2)).toEqual([
      { period: "2026-01-31", batches: 1, certificates: 5 },
      { period: "2026-02-01", batches: 1, certificates: 5 },
    ]);
  });

  it("tells every one of the last days, also those without anything", () => {
    const { days } = overview(anchored());
    expect(days).toHaveLength(OVERVIEW_DAYS);
    expect(days[0]).toEqual({ period: "2026-01-02", batches: 0, certificates: 0 });
    expect(overview(anchored(), JANUARY_ENDS + DAY).days.at(-1)?.period).toBe("2026-02-01");
  });

  it("counts certificates by the status recorded last, a batch's before their own", () => {
    const story = anchored().setStatuses(first, [1, 2], 1).setStatus(first, 1, 0);
    story.setStatus(first, 3, 5).setStatus(second, 0, 5).setStatus(second, null, 4);
    expect(statusesOf(story)).toMatchObject({ active: 8, suspended: 1, revoked: 1, withdrawn: 5 });
    story.setStatus(second, null, 0);
    expect(statusesOf(story)).toMatchObject({ active: 12, suspended: 1, revoked: 2, withdrawn: 0 });
  });

  it("is counted anew when a change comes, and only then", () => {
    const story = anchored();
    const before = overview(story);
    expect(overview(story)).toBe(before);
    story.setStatus(first, 4, 3);
    expect(statusesOf(story)).toMatchObject({ active: 14, cancelled: 1 });
    story.setStatus(first, 0, 3);
    expect(statusesOf(story)).toMatchObject({ active: 13, cancelled: 2 });
  });

  it("calls a status that no version of the protocol knows 'other'", () => {
    expect(statusesOf(anchored().setStatus(first, 0, 99))).toMatchObject({ active: 14, other: 1 });
  });

  it("names types as their latest version does, the most issued first", () => {
    const { types } = overview(anchored());
    expect(types.map(({ type }) => type)).toEqual([MARRIAGE, UNENTITLED_TYPE]);
    const name = { zh: "结婚证", en: "Marriage certificate" };
    expect(types[0]).toMatchObject({ name, batches: 3, certificates: 15 });
    expect(types[1]).toMatchObject({ batches: 0, certificates: 0 });
  });

  it("counts what was anchored of a type that nobody published, under its code", () => {
    const type = "111000000000199087003";
    const story = anchored().anchor(issueBatch(primitives, { seed: "d", type }));
    const told = overview(story).types.find((one) => one.type === type);
    expect(told).toMatchObject({ name: { zh: type, en: type }, batches: 1 });
  });

  it("counts rules until somebody ends them", () => {
    const story = tellUsualStory(primitives).addRule({ recognised: "310000" });
    expect(overview(story).totals.rules).toBe(2);
    expect(overview(story).types.map(({ rules }) => rules)).toEqual([2, 0]);
    story.tell({ kind: "RuleEnded", ruleId: 1 });
    expect(overview(story).totals.rules).toBe(1);
    expect(overview(story).types.map(({ rules }) => rules)).toEqual([1, 0]);
  });
});
