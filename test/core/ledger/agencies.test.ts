import { laidOpen } from "../../support/laid-open.ts";
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  actingAgency,
  entitlementOf,
  findAgency,
  successorOf,
} from "../../../src/core/ledger/agencies.ts";
import { isOperatorOf } from "../../../src/core/ledger/operators.ts";
import type { Agency } from "../../../src/core/ledger/state.ts";
import type { LedgerStory } from "../../support/ledger-story.ts";
import {
  AUTHORITY,
  DAY,
  HANGZHOU,
  MARRIAGE,
  NOW,
  SANYA,
  T0,
  UNENTITLED_TYPE,
  YEAR,
  establish,
  tellUsualStory,
} from "../../support/ledger-story.ts";

/** A third office, with which the others merge. */
const THIRD = { ...HANGZHOU, code: "11330000MB7654321H", operator: `0x${"53".repeat(20)}` };
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
    const agency = state.agencies.get(SANYA.code);
    expect(agency).toMatchObject({ status: "closed", statusSince: NOW });
    expect(agency?.statuses).toEqual([
      { status: "active", effectiveFrom: T0 - YEAR, recordedAt: T0 - YEAR },
      { status: "closed", effectiveFrom: NOW, recordedAt: T0 },
    ]);
  });

  it("is known from the second it was registered on", () => {
    const { state } = tellUsualStory(primitives);
    expect(findAgency(state, SANYA.code, T0 - YEAR - 1)).toBeNull();
    expect(findAgency(state, SANYA.code, T0 - YEAR)?.name).toBe("三亚市民政局");
    expect(findAgency(state, "nobody", NOW)).toBeNull();
  });

  it("that nobody registered changes nothing but the count of events", () => {
    const before = tellUsualStory(primitives).state;
    const story = tellUsualStory(primitives).tell({
      kind: "EntitlementGranted",
      agency: "nobody",
      type: MARRIAGE,
      validFrom: T0,
      validUntil: null,
      assurance: 4,
    });
    before.sequences.AgencyRegistry += 1;
    before.last = story.state.last;
    expect(laidOpen(story.state)).toEqual(laidOpen(before));
  });
});

describe("the succession of an agency", () => {
  const [first, second, third] = [SANYA.code, HANGZHOU.code, THIRD.code];

  /** Sanya's office goes into Hangzhou's on day 1, and Hangzhou's into a third on day 3. */
  function merged(): LedgerStory {
    const story = tellUsualStory(primitives);
    establish(story, THIRD);
    const succession = { kind: "AgencySucceeded" } as const;
    story.at(T0 + DAY).tell({
      ...{ ...succession, agency: first, successor: second },
      effectiveFrom: T0 + 2 * DAY,
    });
    return story.at(T0 + 3 * DAY).tell({
      ...{ ...succession, agency: second, successor: third },
      effectiveFrom: T0 + 3 * DAY,
    });
  }
  const agencyIn = ({ state }: LedgerStory, code: string): Agency =>
    state.agencies.get(code) as Agency;

  it("closes it, and names who goes on, in one event", () => {
    const agency = agencyIn(merged(), first);
    expect(agency).toMatchObject({ status: "closed", statusSince: T0 + 2 * DAY });
    const recordedAt = T0 + DAY;
    expect(agency.successor).toEqual({ agency: second, effectiveFrom: T0 + 2 * DAY, recordedAt });
  });

  it("of one that was closed before leaves it closed since then", () => {
    const story = tellUsualStory(primitives);
    const closed = { agency: first, status: "closed", effectiveFrom: T0 } as const;
    story.tell({ kind: "AgencyStatusChanged", ...closed }).at(NOW);
    const named = { agency: first, successor: second, effectiveFrom: NOW };
    story.tell({ kind: "AgencySucceeded", ...named });
    expect(agencyIn(story, first)).toMatchObject({ status: "closed", statusSince: T0 });
    expect(agencyIn(story, first).statuses).toHaveLength(2);
  });

  it("leads to the last of those who go on, in effect by then and known by then", () => {
    const story = merged();
    const ask = (at: number, asKnownAt = NOW): string | undefined =>
      successorOf(story.state, agencyIn(story, first), at, asKnownAt)?.code;
    expect(ask(T0 + DAY)).toBeUndefined();
    expect(ask(T0 + 2 * DAY)).toBe(second);
    expect(ask(T0 + 3 * DAY)).toBe(third);
    expect(ask(NOW, T0 + DAY - 1)).toBeUndefined();
    expect(ask(NOW, T0 + DAY)).toBe(second);
    expect(ask(NOW, T0 + 3 * DAY)).toBe(third);
    expect(successorOf(story.state, agencyIn(story, third), NOW, NOW)).toBeNull();
  });

  it("hands its open matters to the first that is not closed, or to nobody", () => {
    const story = merged();
    const acting = (code: string): string => actingAgency(story.state, agencyIn(story, code)).code;
    expect([first, second, third].map(acting)).toEqual([third, third, third]);
    const closed = { agency: third, status: "closed", effectiveFrom: NOW } as const;
    story.tell({ kind: "AgencyStatusChanged", ...closed });
    expect([first, third].map(acting)).toEqual([third, third]);
  });

  it("that names an agency nobody registered leads nowhere", () => {
    const story = tellUsualStory(primitives);
    const named = { agency: first, successor: "nobody", effectiveFrom: T0 };
    story.tell({ kind: "AgencySucceeded", ...named });
    expect(successorOf(story.state, agencyIn(story, first), NOW, NOW)).toBeNull();
    expect(actingAgency(story.state, agencyIn(story, first)).code).toBe(first);
  });

  it("to one that was registered afterwards is known from then on", () => {
    const story = tellUsualStory(primitives).at(T0);
    const named = { agency: first, successor: third, effectiveFrom: T0 };
    story.tell({ kind: "AgencySucceeded", ...named });
    establish(story.at(T0 + DAY), THIRD);
    const ask = (asKnownAt: number): string | undefined =>
      successorOf(story.state, agencyIn(story, first), NOW, asKnownAt)?.code;
    expect(ask(T0 + DAY - 1)).toBeUndefined();
    expect(ask(T0 + DAY)).toBe(third);
  });

  it("stands as first named, and one that goes in a circle ends", () => {
    const story = tellUsualStory(primitives);
    for (const [agency, successor] of [
      [first, second],
      [second, first],
      [first, "nobody"],
    ] as const) {
      story.tell({ kind: "AgencySucceeded", agency, successor, effectiveFrom: T0 });
    }
    expect(successorOf(story.state, agencyIn(story, first), NOW, NOW)?.code).toBe(second);
    expect(actingAgency(story.state, agencyIn(story, second)).code).toBe(first);
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

  it("does nothing more from the second it is distrusted on, and a lift does not bring it back", () => {
    const story = tellUsualStory(primitives).at(NOW);
    story.tell({ kind: "OperatorDistrusted", ...operator, since: NOW - DAY });
    const isOne = (time: number): boolean =>
      isOperatorOf(story.state.operators.get(SANYA.operator), SANYA.code, time);
    expect([isOne(NOW - 1), isOne(NOW)]).toEqual([true, false]);
    story.at(NOW + DAY).tell({ kind: "OperatorDistrustLifted", ...operator });
    expect(isOne(NOW + DAY)).toBe(false);
  });

  it("whose window has ended is not given a longer one by its removal", () => {
    const window = { validFrom: T0, validUntil: T0 + DAY };
    const story = tellUsualStory(primitives).tell({
      kind: "OperatorAdded",
      ...operator,
      ...window,
    });
    story.at(NOW).tell({ kind: "OperatorRemoved", ...operator });
    expect(story.state.operators.get(SANYA.operator)).toMatchObject(window);
  });

  it("keeps the history of its trust when it is added again, the earliest theft said first", () => {
    const story = tellUsualStory(primitives).at(NOW);
    for (const since of [T0 + 5 * DAY, T0 + 3 * DAY, T0 + 9 * DAY]) {
      story.tell({ kind: "OperatorDistrusted", ...operator, since });
    }
    story.tell({ kind: "OperatorDistrustLifted", ...operator });
    story.tell({ kind: "OperatorDistrusted", ...operator, since: T0 + 7 * DAY });
    story.tell({ kind: "OperatorAdded", ...operator, validFrom: NOW, validUntil: null });
    const times = [5, 3, 3, null, 7].map((days) => days && T0 + days * DAY);
    expect(story.state.operators.get(SANYA.operator)).toEqual({
      agency: SANYA.code,
      validFrom: NOW,
      validUntil: null,
      trust: times.map((since) => ({ since, recordedAt: NOW })),
    });
  });

  it("that nobody added is neither removed nor distrusted", () => {
    const story = tellUsualStory(primitives);
    story.tell({ kind: "OperatorRemoved", agency: SANYA.code, account: "0x" });
    story.tell({ kind: "OperatorDistrusted", agency: SANYA.code, account: "0x", since: T0 });
    story.tell({ kind: "OperatorDistrustLifted", agency: SANYA.code, account: "0x" });
    expect(story.state.operators.has("0x")).toBe(false);
  });
});
