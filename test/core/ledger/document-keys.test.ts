import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { trustedDocumentKeys } from "../../../src/core/ledger/document-keys.ts";
import type { LedgerStory, ToldEvent } from "../../support/ledger-story.ts";
import {
  DAY,
  NOW,
  SANYA,
  SANYA_KEY_ID,
  T0,
  YEAR,
  keyAdded,
  sanyaDocumentKey,
  tellUsualStory,
} from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const names = { agency: SANYA.code, keyId: SANYA_KEY_ID };
const told = (kind: "DocumentKeyEnded" | "DocumentKeyDistrusted" | "DocumentKeyDistrustLifted") =>
  ({ kind, ...names }) satisfies ToldEvent;

/** Whether Sanya's key is good for what it signed at that time, as known then. */
function isTrusted({ state }: LedgerStory, signedAt: number, asKnownAt = Infinity): boolean {
  const agency = state.agencies.get(SANYA.code) ?? null;
  return trustedDocumentKeys(agency, signedAt, asKnownAt).length === 1;
}

describe("a document key", () => {
  it("is good within its dates, and known from the second it was added on", () => {
    const story = tellUsualStory(primitives);
    expect(isTrusted(story, T0)).toBe(true);
    expect(isTrusted(story, T0 - YEAR - 1)).toBe(false);
    expect(isTrusted(story, T0, T0 - YEAR - 1)).toBe(false);
    expect(isTrusted(story, T0, T0 - YEAR)).toBe(true);
    expect(trustedDocumentKeys(null, T0, Infinity)).toEqual([]);
  });

  it("that is ended keeps what it signed before, and loses what it signs from then on", () => {
    const story = tellUsualStory(primitives).at(NOW).tell(told("DocumentKeyEnded"));
    expect(isTrusted(story, NOW - 1)).toBe(true);
    expect(isTrusted(story, NOW)).toBe(false);
    expect(isTrusted(story, NOW, NOW - 1)).toBe(true);
    expect(story.state.agencies.get(SANYA.code)?.documentKeys.get(SANYA_KEY_ID)).toMatchObject({
      validFrom: T0 - YEAR,
      validUntil: NOW,
      algorithm: "P-256",
    });
  });

  it("that is distrusted loses everything it ever signed, until that is lifted", () => {
    const story = tellUsualStory(primitives).at(NOW).tell(told("DocumentKeyDistrusted"));
    expect(isTrusted(story, T0)).toBe(false);
    expect(isTrusted(story, T0, NOW - 1)).toBe(true);
    story.at(NOW + DAY).tell(told("DocumentKeyDistrustLifted"));
    expect(isTrusted(story, T0)).toBe(true);
    expect(isTrusted(story, T0, NOW + DAY - 1)).toBe(false);
  });

  it("that was ended before it was distrusted is still ended when that is lifted", () => {
    const story = tellUsualStory(primitives).at(NOW).tell(told("DocumentKeyEnded"));
    story.tell(told("DocumentKeyDistrusted")).tell(told("DocumentKeyDistrustLifted"));
    expect([isTrusted(story, NOW - 1), isTrusted(story, NOW)]).toEqual([true, false]);
  });

  it("that a later generation adds again keeps its end, and signs on from its new dates", () => {
    const story = tellUsualStory(primitives).at(NOW).tell(told("DocumentKeyEnded"));
    const window = { validFrom: NOW + DAY, validUntil: NOW + 2 * DAY };
    story.at(NOW + DAY).tell(keyAdded(sanyaDocumentKey.publicKey, window));
    const times = [NOW - 1, NOW, NOW + DAY - 1, NOW + DAY, NOW + 2 * DAY];
    expect(times.map((time) => isTrusted(story, time))).toEqual([true, false, false, true, false]);
    expect(isTrusted(story, NOW + DAY, NOW)).toBe(false);
  });

  it("that a later generation adds again is as little trusted as it was", () => {
    const story = tellUsualStory(primitives).at(NOW).tell(told("DocumentKeyDistrusted"));
    story.at(NOW + DAY).tell(keyAdded(sanyaDocumentKey.publicKey));
    expect(isTrusted(story, T0)).toBe(false);
  });

  it("that nobody added is neither ended nor distrusted", () => {
    const story = tellUsualStory(primitives);
    const before = structuredClone([...story.state.agencies]);
    for (const kind of ["DocumentKeyEnded", "DocumentKeyDistrusted"] as const) {
      story.tell({ kind, agency: SANYA.code, keyId: "0x" });
    }
    expect([...story.state.agencies]).toEqual(before);
  });
});
