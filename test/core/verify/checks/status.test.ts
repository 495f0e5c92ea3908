import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { CounterRequest } from "../../../../src/core/verify/case.ts";
import type { LedgerStory } from "../../../support/ledger-story.ts";
import { DAY, NOW, T0 } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import type { UsualCase } from "../../../support/usual-case.ts";
import { BEARER, KEYED, STRICT, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();

/** The verdict once the registry says something more of the usual batch. */
function verdictAfter(
  happens: (story: LedgerStory, batch: UsualCase["batch"]) => void,
  request: CounterRequest = STRICT,
  asOf = NOW,
) {
  const { story, batch, judge, signed } = usualCase(primitives);
  happens(story.at(T0 + 10 * DAY), batch);
  return judge(signed(), request, story.view(asOf));
}

const CODES: [string, number][] = [
  ["SUSPENDED", 1],
  ["SUPERSEDED", 2],
  ["CANCELLED", 3],
  ["WITHDRAWN", 4],
  ["REVOKED", 5],
  ["TRANSFERRED", 6],
  ["OTHER_STATUS", 15],
  ["OTHER_STATUS", 7],
];

describe("the status check", () => {
  it.each(CODES)(
    "says %s for a certificate of status %i, authentic but not usable",
    (code, status) => {
      const verdict = verdictAfter((story, batch) => story.setStatus(batch, KEYED, status));
      expect(outcomesOf(verdict)).toEqual(allPassBut({ status: code }));
      expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
      expect(detailOf(verdict, "status")).toBe(
        "the certificate, from 2026-01-11T00:00:00Z, reason 7",
      );
    },
  );

  it.each(CODES)("says %s for a batch of status %i, and that it is the batch's", (code, status) => {
    const verdict = verdictAfter((story, batch) => story.setStatus(batch, null, status));
    expect(outcomesOf(verdict)).toEqual(allPassBut({ status: code }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(detailOf(verdict, "status")).toContain("the batch, from");
  });

  it("leaves the other certificates of the batch alone", () => {
    const verdict = verdictAfter((story, batch) => story.setStatus(batch, BEARER, 5));
    expect(verdict.verdict).toBe("accepted");
  });

  it("takes several of a batch in one event, and leaves those between them alone", () => {
    const revoked = verdictAfter((story, batch) => story.setStatuses(batch, [0, KEYED, 4], 5));
    expect(outcomesOf(revoked)).toEqual(allPassBut({ status: "REVOKED" }));
    const between = verdictAfter((story, batch) => story.setStatuses(batch, [0, 2], 5));
    expect(between.verdict).toBe("accepted");
  });

  it("names the batch's status before the certificate's own", () => {
    const verdict = verdictAfter((story, batch) => {
      story.setStatus(batch, KEYED, 5).setStatus(batch, null, 1);
    });
    expect(outcomesOf(verdict).status).toBe("SUSPENDED");
  });

  it("falls back to the certificate's own status once its batch is active again", () => {
    const verdict = verdictAfter((story, batch) => {
      story.setStatus(batch, KEYED, 5).setStatus(batch, null, 1).setStatus(batch, null, 0);
    });
    expect(outcomesOf(verdict).status).toBe("REVOKED");
  });

  it("accepts again once a suspension is lifted", () => {
    const verdict = verdictAfter((story, batch) => {
      story
        .setStatus(batch, KEYED, 1)
        .at(T0 + 11 * DAY)
        .setStatus(batch, KEYED, 0);
    });
    expect(outcomesOf(verdict)).toEqual(allPassBut({}));
  });

  it("accepts until the day a status takes effect, and refuses from its first second", () => {
    const cancelled = (story: LedgerStory, batch: UsualCase["batch"]): void => {
      story.setStatus(batch, KEYED, 3, NOW + DAY);
    };
    expect(verdictAfter(cancelled).verdict).toBe("accepted");
    const eve = { ...STRICT, at: NOW + DAY - 1 };
    expect(outcomesOf(verdictAfter(cancelled, eve)).status).toBe("pass");
    const day = { ...STRICT, at: NOW + DAY };
    expect(outcomesOf(verdictAfter(cancelled, day)).status).toBe("CANCELLED");
  });

  it("withdraws from the day of issue where that is the effective date", () => {
    const withdrawn = (story: LedgerStory, batch: UsualCase["batch"]): void => {
      story.at(T0 + 50 * DAY).setStatus(batch, KEYED, 4, T0);
    };
    const early = { ...STRICT, at: T0 + DAY };
    expect(outcomesOf(verdictAfter(withdrawn, early)).status).toBe("WITHDRAWN");
  });

  it("answers 'was it valid then, as known then?' without what was recorded later", () => {
    const recordedAt = T0 + 50 * DAY;
    const withdrawn = (story: LedgerStory, batch: UsualCase["batch"]): void => {
      story.at(recordedAt).setStatus(batch, KEYED, 4, T0);
    };
    const asKnown = (asKnownAt: number) => {
      return outcomesOf(verdictAfter(withdrawn, { ...STRICT, at: T0 + DAY, asKnownAt })).status;
    };
    expect(asKnown(recordedAt - 1)).toBe("pass");
    expect(asKnown(recordedAt)).toBe("WITHDRAWN");
  });

  it("keeps 'revoked' where an older view learns of a suspension that begins later", () => {
    const verdict = verdictAfter((story, batch) => {
      story.setStatus(batch, KEYED, 1, T0 + 5 * DAY).setStatus(batch, KEYED, 5, T0 + 3 * DAY);
    });
    expect(outcomesOf(verdict).status).toBe("REVOKED");
  });

  it("says can't tell for a revoked certificate on an old view, with REVOKED as last known", () => {
    const revoked = (story: LedgerStory, batch: UsualCase["batch"]): void => {
      story.setStatus(batch, KEYED, 5);
    };
    const verdict = verdictAfter(revoked, STRICT, NOW - 7200);
    expect(outcomesOf(verdict).status).toBe("unknown: CHAIN_STALE");
    expect(detailOf(verdict, "status")).toContain("last known: REVOKED");
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
  });
});
