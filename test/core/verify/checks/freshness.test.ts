import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import {
  MAX_CLOCK_SKEW_SECONDS,
  MAX_PRESENTATION_SECONDS,
} from "../../../../src/core/verify/checks/freshness.ts";
import { NOW } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { CODE_SECONDS, fileOf } from "../../../support/present.ts";
import { seededBytes } from "../../../support/seeded.ts";
import { PLAIN, STRICT, usualCase } from "../../../support/usual-case.ts";

const usual = usualCase(await loadPrimitives());

describe("the freshness check", () => {
  it("says PRESENTATION_EXPIRED from the second a code ends, and how long ago", () => {
    const verdict = usual.judge(usual.signed(), { ...STRICT, now: NOW + CODE_SECONDS });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ freshness: "PRESENTATION_EXPIRED" }));
    expect(detailOf(verdict, "freshness")).toBe("0 s ago");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("says CLOCK_SKEW, not forged, for a code from the future", () => {
    const now = NOW - MAX_CLOCK_SKEW_SECONDS - 1;
    const verdict = usual.judge(usual.signed(), { ...STRICT, now });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ freshness: "CLOCK_SKEW" }));
    expect(detailOf(verdict, "freshness")).toBe("31 s ahead");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("is exact second by second, for phones from 120 s behind to 120 s ahead", () => {
    const given = usual.signed();
    for (let ahead = -120; ahead <= 120; ahead++) {
      const verdict = usual.judge(given, { ...STRICT, now: NOW - ahead });
      const isLate = ahead <= -CODE_SECONDS;
      const expected = isLate ? "PRESENTATION_EXPIRED" : ahead > 30 ? "CLOCK_SKEW" : "pass";
      expect([ahead, outcomesOf(verdict).freshness]).toEqual([ahead, expected]);
    }
  });

  it("lets no signed code live longer than five minutes, whatever it says of itself", () => {
    const given = usual.signed({ expiresAt: Number.MAX_SAFE_INTEGER });
    const last = NOW + MAX_PRESENTATION_SECONDS - 1;
    expect(outcomesOf(usual.judge(given, { ...STRICT, now: last })).freshness).toBe("pass");
    expect(outcomesOf(usual.judge(given, { ...STRICT, now: last + 1 })).freshness).toBe(
      "PRESENTATION_EXPIRED",
    );
  });

  it("is judged for when it was shown, where that was not now", () => {
    const given = usual.signed();
    const now = NOW + CODE_SECONDS + 100;
    const at = (shownAt: number) => outcomesOf(usual.judge(given, { ...STRICT, now, shownAt }));
    expect(at(NOW + CODE_SECONDS - 1)).toEqual(allPassBut({}));
    expect(at(NOW + CODE_SECONDS).freshness).toBe("PRESENTATION_EXPIRED");
    expect(at(NOW - MAX_CLOCK_SKEW_SECONDS - 1).freshness).toBe("CLOCK_SKEW");
  });

  it("keeps to the dates that a printed code gives itself, without the five minutes", () => {
    const given = usual.printed({ issuedAt: NOW, expiresAt: NOW + 5000 });
    const at = (now: number) => outcomesOf(usual.judge(given, { ...PLAIN, now })).freshness;
    expect(at(NOW + 4999)).toBe("pass");
    expect(at(NOW + 5000)).toBe("PRESENTATION_EXPIRED");
  });

  it.each([
    ["another challenge", usual.signed({ nonce: seededBytes("other", 16) })],
    ["only the beginning of it", usual.signed({ nonce: STRICT.nonce?.slice(0, 15) as Uint8Array })],
    ["no challenge", usual.printed()],
    ["nothing at all, being a file", fileOf(usual.keyed)],
  ])("says NONCE_MISMATCH for what answers %s", (_, given) => {
    const verdict = usual.judge(given, { ...STRICT, requiresHolder: false });
    expect(outcomesOf(verdict).freshness).toBe("NONCE_MISMATCH");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("lets a counter that asks no challenge take a code that answers one", () => {
    const { nonce: _, ...request } = STRICT;
    expect(outcomesOf(usual.judge(usual.signed(), request))).toEqual(allPassBut({}));
  });

  it("says AUDIENCE_MISMATCH for a code made for another counter", () => {
    const verdict = usual.judge(usual.signed({ audience: "宁波市1号窗口" }), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ freshness: "AUDIENCE_MISMATCH" }));
    expect(detailOf(verdict, "freshness")).toBe("it is for 宁波市1号窗口");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("says AUDIENCE_MISMATCH at a counter that does not say who it is", () => {
    const verdict = usual.judge(usual.signed(), PLAIN);
    expect(outcomesOf(verdict).freshness).toBe("AUDIENCE_MISMATCH");
  });

  it("says REPLAYED for a code that was used before", () => {
    const verdict = usual.judge(usual.signed(), { ...STRICT, isReplayed: true });
    expect(outcomesOf(verdict)).toEqual(allPassBut({ freshness: "REPLAYED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("asks nothing of a printed code without times", () => {
    expect(outcomesOf(usual.judge(usual.printed(), PLAIN)).freshness).toBe("not asked");
  });
});
