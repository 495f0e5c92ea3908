import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { LedgerStory, ToldEvent } from "../../../support/ledger-story.ts";
import {
  DAY,
  HANGZHOU,
  MARRIAGE,
  NOW,
  SANYA,
  T0,
  UNENTITLED_TYPE,
  YEAR,
} from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { STRICT, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
const operator = { agency: SANYA.code, account: SANYA.operator };

/** The verdict on a batch that was anchored after something else had happened. */
function verdictAfter(happens: (story: LedgerStory) => void) {
  const { story, batch, judge, signed } = usualCase(primitives, {}, { isAnchored: false });
  happens(story);
  story.at(T0 + 10 * DAY).anchor(batch);
  return judge(signed(), STRICT);
}

/** The verdict on a batch that was anchored before something else happened. */
function verdictBefore(happens: ToldEvent) {
  const { story, judge, signed } = usualCase(primitives);
  story.at(T0 + 20 * DAY).tell(happens);
  return judge(signed(), STRICT);
}

describe("the issuer check", () => {
  it("says AGENCY_UNKNOWN for an agency that nobody registered", () => {
    const agency = { ...SANYA, code: "91460200MA5TQ0000X" };
    const { judge, signed } = usualCase(primitives, { agency }, { isAnchored: false });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({
        anchor: "ROOT_NOT_ANCHORED",
        issuer: "AGENCY_UNKNOWN",
        status: "blocked",
        recognition: "blocked",
        disclosure: "blocked",
      }),
    );
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
    expect(detailOf(verdict, "issuer")).toBe(agency.code);
  });

  it.each<[string, (story: LedgerStory) => void]>([
    [
      "an agency suspended before",
      (story) =>
        story.tell({
          kind: "AgencyStatusChanged",
          agency: SANYA.code,
          status: "suspended",
          effectiveFrom: T0,
        }),
    ],
    [
      "an entitlement ended before",
      (story) => story.tell({ kind: "EntitlementEnded", agency: SANYA.code, type: MARRIAGE }),
    ],
    [
      "an entitlement that begins later",
      (story) =>
        story.tell({
          kind: "EntitlementGranted",
          agency: SANYA.code,
          type: MARRIAGE,
          validFrom: T0 + 11 * DAY,
          validUntil: null,
          assurance: 4,
        }),
    ],
    [
      "an entitlement that ran out that very second",
      (story) =>
        story.tell({
          kind: "EntitlementGranted",
          agency: SANYA.code,
          type: MARRIAGE,
          validFrom: T0,
          validUntil: T0 + 10 * DAY,
          assurance: 4,
        }),
    ],
    ["an operator removed before", (story) => story.tell({ kind: "OperatorRemoved", ...operator })],
    [
      "an operator of another agency",
      (story) =>
        story.tell({
          kind: "OperatorAdded",
          agency: HANGZHOU.code,
          account: SANYA.operator,
          validFrom: T0,
          validUntil: null,
        }),
    ],
  ])("says AGENCY_NOT_AUTHORISED for %s it anchored", (_, happens) => {
    const verdict = verdictAfter(happens);
    expect(outcomesOf(verdict)).toMatchObject({ issuer: "AGENCY_NOT_AUTHORISED", anchor: "pass" });
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says AGENCY_NOT_AUTHORISED for a type that the agency may not issue", () => {
    const type = UNENTITLED_TYPE;
    const { judge, signed, story } = usualCase(primitives, { type });
    story.addRule({ type, leastAssurance: 1 });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toMatchObject({
      issuer: "AGENCY_NOT_AUTHORISED",
      recognition: "ASSURANCE_TOO_LOW",
    });
    expect(detailOf(verdict, "issuer")).toBe(`${SANYA.code}, ${type}`);
  });

  it("says AGENCY_NOT_AUTHORISED for a schema version that nobody published", () => {
    const { judge, signed } = usualCase(primitives, { schemaVersion: 9 });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toMatchObject({ issuer: "AGENCY_NOT_AUTHORISED" });
    expect(verdict.certificate?.type).toBeNull();
  });

  it.each<[string, ToldEvent]>([
    [
      "the agency is closed",
      { kind: "AgencyStatusChanged", agency: SANYA.code, status: "closed", effectiveFrom: T0 },
    ],
    ["the entitlement ends", { kind: "EntitlementEnded", agency: SANYA.code, type: MARRIAGE }],
    ["the operator is removed", { kind: "OperatorRemoved", ...operator }],
    ["the type is retired", { kind: "TypeRetired", type: MARRIAGE }],
  ])("still accepts what was anchored before %s", (_, happens) => {
    expect(outcomesOf(verdictBefore(happens))).toEqual(allPassBut({}));
  });

  it("says ANCHOR_DISTRUSTED for what a stolen key anchored, from the second of the theft on", () => {
    const stolen = { kind: "OperatorDistrusted", ...operator } as const;
    const verdict = verdictBefore({ ...stolen, since: T0 });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ issuer: "ANCHOR_DISTRUSTED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
    expect(detailOf(verdict, "issuer")).toBe(SANYA.operator);
    expect(verdictBefore({ ...stolen, since: T0 + 1 }).verdict).toBe("accepted");
  });

  it("accepts again once the distrust is lifted, and tells both as known at each moment", () => {
    const { story, judge, signed } = usualCase(primitives);
    story.at(T0 + 20 * DAY).tell({ kind: "OperatorDistrusted", ...operator, since: T0 });
    story.at(T0 + 30 * DAY).tell({ kind: "OperatorDistrustLifted", ...operator });
    const asKnown = (day: number) =>
      outcomesOf(judge(signed(), { ...STRICT, asKnownAt: T0 + day * DAY })).issuer;
    expect([19, 20, 29, 30].map(asKnown)).toEqual([
      "pass",
      "ANCHOR_DISTRUSTED",
      "ANCHOR_DISTRUSTED",
      "pass",
    ]);
    expect(judge(signed(), STRICT).verdict).toBe("accepted");
  });

  it("says AGENCY_UNKNOWN where nobody knew of the agency then", () => {
    const { judge, signed } = usualCase(primitives);
    const asKnownAt = T0 - YEAR - 1;
    expect(outcomesOf(judge(signed(), { ...STRICT, asKnownAt }))).toMatchObject({
      anchor: "ROOT_NOT_ANCHORED",
      issuer: "AGENCY_UNKNOWN",
    });
  });

  it("accepts what a merged agency issued, and names the one that goes on, from the day of the merger", () => {
    const { story, judge, signed } = usualCase(primitives);
    expect(judge(signed(), STRICT).certificate?.successor).toBeNull();
    const merged = { kind: "AgencySucceeded", agency: SANYA.code } as const;
    story.at(NOW - DAY).tell({ ...merged, successor: HANGZHOU.code, effectiveFrom: NOW - 5 * DAY });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({}));
    expect(verdict.certificate).toMatchObject({
      agency: { code: SANYA.code, status: "closed" },
      successor: { code: HANGZHOU.code, name: HANGZHOU.name },
    });
    const before = judge(signed(), { ...STRICT, at: NOW - 5 * DAY - 1 });
    expect(before.certificate?.successor).toBeNull();
    const unknown = judge(signed(), { ...STRICT, asKnownAt: NOW - DAY - 1 });
    expect(unknown.certificate?.successor).toBeNull();
    expect(judge(signed(), STRICT, null).certificate?.successor).toBeNull();
  });

  it("says can't tell on an old view, and what was last known", () => {
    const { story, judge, signed } = usualCase(primitives);
    story.tell({ kind: "OperatorDistrusted", ...operator, since: T0 });
    const verdict = judge(signed(), STRICT, story.view(NOW - 7200));
    expect(outcomesOf(verdict).issuer).toBe("unknown: CHAIN_STALE");
    expect(detailOf(verdict, "issuer")).toContain("last known: ANCHOR_DISTRUSTED");
    expect(verdict.verdict).toBe("indeterminate");
  });
});
