import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { batchKey, emptyLedger, isInWindow } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { AUTHORITY, IDENTITY, SANYA, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();

describe("the reducer", () => {
  it("makes the same state from the same events, whoever replays them", () => {
    const batch = issueBatch(primitives);
    const story = tellUsualStory(primitives).anchor(batch).setStatus(batch, 2, 1);
    story.setStatus(batch, null, 5);
    story.setStatuses(batch, [0, 3], 1);
    story.tell({ kind: "AuthorityDismissed", region: "0", account: AUTHORITY });
    const replayed = emptyLedger(IDENTITY);
    for (const event of structuredClone(story.events)) applyEvent(replayed, event);
    expect(replayed).toEqual(story.state);
  });

  it("counts the events of each contract that numbers them", () => {
    const { state } = tellUsualStory(primitives);
    expect(state.sequences).toEqual({
      AuthorityRegistry: 1,
      AgencyRegistry: 7,
      CertificateCatalog: 2,
      RecognitionPolicy: 1,
    });
    expect(state.sequence).toBe(0);
  });
});

describe("a window of time", () => {
  it("holds its first second and not its end", () => {
    const window = { validFrom: 10, validUntil: 20 };
    expect([9, 10, 19, 20].map((time) => isInWindow(window, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isInWindow({ validFrom: 10, validUntil: null }, Number.MAX_SAFE_INTEGER)).toBe(true);
  });
});

describe("a batch's key", () => {
  it("names agency and root, so that nobody can claim another's", () => {
    expect(batchKey(SANYA.code, "0x01")).toBe(`${SANYA.code}/0x01`);
  });
});
