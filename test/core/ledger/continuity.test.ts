import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { findDiscontinuity } from "../../../src/core/ledger/continuity.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { ZERO_HASH, emptyLedger } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { IDENTITY, MARRIAGE, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const batches = ["a", "b", "c"].map((seed) => issueBatch(primitives, { seed, size: 2 }));
const story = tellUsualStory(primitives);
for (const batch of batches) story.anchor(batch).setStatus(batch, 0, 1);
story.tell({ kind: "GroupDefined", group: "长三角", regions: ["330000"] });
story.tell({ kind: "RuleEnded", ruleId: 1 }).tell({ kind: "TypeRetired", type: MARRIAGE });

/** What a follower that reads these events finds first, and at which of them. */
function firstFault(events: readonly LedgerEvent[], identity = IDENTITY) {
  const state = emptyLedger(identity);
  for (const [at, event] of events.entries()) {
    const fault = findDiscontinuity(primitives.keccak256, state, event);
    if (fault !== null) return { at, ...fault };
    applyEvent(state, event);
  }
  return null;
}

const isNumbered = (event: LedgerEvent): boolean => "sequence" in event;
const { events } = story;
const anchors = events.flatMap((event, at) => (event.kind === "BatchAnchored" ? [at] : []));

describe("the chain's events", () => {
  it("follow each other without a gap", () => {
    expect(firstFault(events)).toBeNull();
  });

  it("show at once that a numbered one was left out", () => {
    for (const [at, event] of events.entries()) {
      const isLast = !events.slice(at + 1).some((later) => isSameLog(later, event));
      if (!isNumbered(event) || isLast) continue;
      const fault = firstFault(events.toSpliced(at, 1));
      expect(fault).toMatchObject({ what: "sequence" });
    }
  });

  it("show at once that a numbered one came twice, and which contract's", () => {
    for (const [at, event] of events.entries()) {
      if (!isNumbered(event)) continue;
      expect(firstFault(events.toSpliced(at, 0, event))).toMatchObject({
        at: at + 1,
        what: "sequence",
      });
    }
  });

  it("show that an anchor was altered, by the head", () => {
    for (const at of anchors) {
      const event = events[at] as LedgerEvent & { kind: "BatchAnchored" };
      const altered = events.with(at, { ...event, size: event.size + 1 });
      expect(firstFault(altered)).toMatchObject({
        at,
        what: "head",
        contract: "BatchAnchor",
        found: event.head,
      });
      const forged = events.with(at, { ...event, head: ZERO_HASH });
      expect(firstFault(forged)).toMatchObject({ at, what: "head", found: ZERO_HASH });
    }
  });

  it("show that they are another chain's, or another contract's", () => {
    expect(firstFault(events, { ...IDENTITY, chainId: 1 })).toMatchObject({
      at: anchors[0],
      what: "head",
    });
    const anchor = `0x${"00".repeat(20)}`;
    expect(firstFault(events, { ...IDENTITY, anchor })).toMatchObject({
      at: anchors[0],
      what: "head",
    });
  });

  it.each([
    ["AgencyRegistry", "AgencyRegistered"],
    ["CertificateCatalog", "TypePublished"],
    ["CertificateCatalog", "TypeRetired"],
    ["RecognitionPolicy", "RuleAdded"],
    ["RecognitionPolicy", "RuleEnded"],
    ["RecognitionPolicy", "GroupDefined"],
    ["BatchAnchor", "BatchAnchored"],
  ])("name the contract %s where a gap is before %s", (contract, kind) => {
    const event = events.find((one) => one.kind === kind) as LedgerEvent & { sequence: number };
    const late = { ...event, sequence: 99 } as LedgerEvent;
    const fault = findDiscontinuity(primitives.keccak256, emptyLedger(IDENTITY), late);
    expect(fault).toEqual({ what: "sequence", contract, expected: "1", found: "99" });
  });
});

/** Whether two events are numbered together. */
function isSameLog(one: LedgerEvent, other: LedgerEvent): boolean {
  const logOf = (event: LedgerEvent) => {
    const fault = findDiscontinuity(primitives.keccak256, emptyLedger(IDENTITY), {
      ...event,
      sequence: 99,
    } as LedgerEvent);
    return fault?.contract;
  };
  return isNumbered(one) && logOf(one) === logOf(other);
}
