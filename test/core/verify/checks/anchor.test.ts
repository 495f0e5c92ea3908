import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import { applyEvent } from "../../../../src/core/ledger/reduce.ts";
import { batchKey, emptyLedger } from "../../../../src/core/ledger/state.ts";
import { DAY, HANGZHOU, NEXT_IDENTITY, NOW, SANYA, T0 } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { fileOf, jsonOf } from "../../../support/present.ts";
import { PLAIN, STRICT, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const unanchored = usualCase(primitives, {}, { isAnchored: false });
const unsigned = { holder: "not asked", freshness: "not asked" };
/** What builds on the chain's record of the batch. */
const blocked = {
  issuer: "blocked",
  status: "blocked",
  recognition: "blocked",
  disclosure: "blocked",
};

describe("the anchor check", () => {
  it("says ROOT_NOT_ANCHORED for a batch that is not on the chain", () => {
    const verdict = unanchored.judge(unanchored.signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ ...blocked, anchor: "ROOT_NOT_ANCHORED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says ROOT_NOT_ANCHORED for a root that another agency anchored", () => {
    const { story, batch, judge, signed } = usualCase(primitives, {}, { isAnchored: false });
    story.anchor(batch, { agency: HANGZHOU.code, operator: HANGZHOU.operator });
    expect(outcomesOf(judge(signed(), STRICT)).anchor).toBe("ROOT_NOT_ANCHORED");
  });

  it("says can't tell, ANCHOR_NOT_FINAL, for a batch in a block that is not final yet", () => {
    const view = unanchored.story.view(NOW, [batchKey(SANYA.code, unanchored.batch.root)]);
    const verdict = unanchored.judge(unanchored.signed(), STRICT, view);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...blocked, anchor: "unknown: ANCHOR_NOT_FINAL" }),
    );
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
  });

  it("says can't tell, OUTSIDE_PACK, for a batch of an agency whose batches a trust pack left out", () => {
    const coverage = { without: new Set([SANYA.code]), type: null, batch: null };
    const view = { ...unanchored.story.view(), coverage };
    const verdict = unanchored.judge(unanchored.signed(), STRICT, view);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...blocked, anchor: "unknown: OUTSIDE_PACK" }),
    );
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
  });

  it("says can't tell too where the agency itself is not final yet", () => {
    const { story, batch, judge, signed } = usualCase(primitives, {}, { isAnchored: false });
    story.state.agencies.clear();
    const verdict = judge(signed(), STRICT, story.view(NOW, [batchKey(SANYA.code, batch.root)]));
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...blocked, anchor: "unknown: ANCHOR_NOT_FINAL" }),
    );
    expect(verdict.verdict).toBe("indeterminate");
  });

  it("says can't tell, CHAIN_STALE, not forged, when the node cannot be reached", () => {
    const verdict = usual.judge(usual.signed(), STRICT, null);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ ...blocked, anchor: "unknown: CHAIN_STALE" }));
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
    expect(detailOf(verdict, "anchor")).toContain("has not reached the chain yet");
  });

  it("says can't tell, CHAIN_STALE, one second after the view's greatest age, and how old it is", () => {
    const fresh = usual.story.view(NOW - STRICT.maxLedgerAge);
    expect(usual.judge(usual.signed(), STRICT, fresh).verdict).toBe("accepted");
    const stale = usual.story.view(NOW - STRICT.maxLedgerAge - 1);
    const verdict = usual.judge(usual.signed(), STRICT, stale);
    const unknown = "unknown: CHAIN_STALE";
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ anchor: unknown, issuer: unknown, status: unknown, recognition: unknown }),
    );
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
    expect(detailOf(verdict, "anchor")).toContain("3601 s ago");
    expect(detailOf(verdict, "status")).toContain("last known: pass");
  });

  it("says can't tell for a batch that an old view does not know", () => {
    const stale = unanchored.story.view(NOW - 7200);
    const verdict = unanchored.judge(unanchored.signed(), STRICT, stale);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ ...blocked, anchor: "unknown: CHAIN_STALE" }));
    expect(verdict.verdict).toBe("indeterminate");
  });

  it.each([
    ["chain", { chainId: 1 }],
    ["contract", { anchor: `0x${"b2".repeat(20)}` }],
  ])("says WRONG_CHAIN for a file of another %s", (_, changes) => {
    const certificate = jsonOf(usual.bearer);
    Object.assign(certificate.batch, changes);
    const verdict = usual.judge({ certificate }, PLAIN);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ ...unsigned, anchor: "WRONG_CHAIN" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("passes a file that names the deployment this one goes on from", () => {
    const given = fileOf(usual.bearer);
    const { events } = usual.story;
    const state = emptyLedger(NEXT_IDENTITY);
    for (const event of events) applyEvent(state, event);
    const view = { ...usual.story.view(), state };
    expect(outcomesOf(usual.judge(given, PLAIN, view))).toEqual(allPassBut(unsigned));
    const own = jsonOf(usual.bearer);
    Object.assign(own.batch, { anchor: NEXT_IDENTITY.anchor });
    expect(outcomesOf(usual.judge({ certificate: own }, PLAIN, view)).anchor).toBe("pass");
    Object.assign(own.batch, { chainId: 1 });
    expect(outcomesOf(usual.judge({ certificate: own }, PLAIN, view)).anchor).toBe("WRONG_CHAIN");
  });

  it("says can't tell, CHAIN_STALE, once its own deployment was frozen, and who goes on", () => {
    const { story, judge, signed } = usualCase(primitives);
    story.at(NOW - DAY).freeze();
    const verdict = judge(signed(), STRICT);
    const unknown = "unknown: CHAIN_STALE";
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ anchor: unknown, issuer: unknown, status: unknown, recognition: unknown }),
    );
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: null, usable: null });
    expect(detailOf(verdict, "anchor")).toBe(
      `this ledger was frozen on 2026-04-10T00:00:00Z; directory ${NEXT_IDENTITY.directory} goes on`,
    );
    expect(judge(signed(), { ...STRICT, asKnownAt: NOW - DAY - 1 }).verdict).toBe("accepted");
  });

  it("says ROOT_NOT_ANCHORED where the batch was anchored after what was known then", () => {
    const { story, batch, judge, signed } = usualCase(primitives, {}, { isAnchored: false });
    story.at(T0 + DAY).anchor(batch);
    const asKnown = (asKnownAt: number) => judge(signed(), { ...STRICT, asKnownAt });
    expect(outcomesOf(asKnown(T0 + DAY - 1))).toEqual(
      allPassBut({ ...blocked, anchor: "ROOT_NOT_ANCHORED" }),
    );
    expect(asKnown(T0 + DAY).verdict).toBe("accepted");
  });

  it("says ROOT_NOT_ANCHORED for a batch not final yet, where a time before is asked about", () => {
    const view = unanchored.story.view(NOW, [batchKey(SANYA.code, unanchored.batch.root)]);
    const ask = (asKnownAt: number) =>
      outcomesOf(unanchored.judge(unanchored.signed(), { ...STRICT, asKnownAt }, view)).anchor;
    expect(ask(view.block.time - 1)).toBe("ROOT_NOT_ANCHORED");
    expect(ask(view.block.time)).toBe("unknown: ANCHOR_NOT_FINAL");
  });

  it("says can't tell for a file of this chain before the chain was reached", () => {
    const verdict = usual.judge(fileOf(usual.bearer), PLAIN, null);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...blocked, ...unsigned, anchor: "unknown: CHAIN_STALE" }),
    );
  });
});
